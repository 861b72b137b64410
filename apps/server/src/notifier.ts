/** One kind of happening, told to those who listen. A listener that fails does not keep it from the others. */
export class Notifier<T> {
  readonly #listeners = new Set<(happening: T) => void>();
  readonly #onFault: (fault: unknown) => void;

  constructor(onFault: (fault: unknown) => void) {
    this.#onFault = onFault;
  }

  listen(listener: (happening: T) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  tell(happening: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(happening);
      } catch (fault) {
        this.#onFault(fault);
      }
    }
  }
}
