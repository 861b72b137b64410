/** A list of listeners to one kind of event. A listener that throws does not keep the others from hearing. */
export class Listeners<T> {
  readonly #all = new Set<(event: T) => void>();

  /** @returns the way to stop listening. */
  add(listener: (event: T) => void): () => void {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  }

  emit(event: T): void {
    for (const listener of [...this.#all]) {
      try {
        listener(event);
      } catch (error) {
        reportError(error);
      }
    }
  }

  clear(): void {
    this.#all.clear();
  }
}
