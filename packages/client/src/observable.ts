/** A value that changes and says so. Made for `useSyncExternalStore`: `get` returns the same object until a change. */
export interface Observable<T> {
  get(): T;
  /** @returns the way to stop listening. */
  subscribe(listener: () => void): () => void;
}

export class State<T> implements Observable<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  // Bound, so that both can be handed to React as they are.
  readonly get = (): T => this.#value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener();
  }

  update(change: Partial<T>): void {
    this.set({ ...this.#value, ...change });
  }
}
