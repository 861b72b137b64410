/** Hands on what it is given in that order, also what takes a while; at once where nothing is waited for. */
export class InOrder<T> {
  readonly #tell: (value: T) => void;
  #last: Promise<void> | null = null;

  constructor(tell: (value: T) => void) {
    this.#tell = tell;
  }

  /** Null, and what fails, is nothing. */
  next(value: T | Promise<T | null>): void {
    if (this.#last === null && !(value instanceof Promise)) {
      this.#tell(value);
      return;
    }
    const known = Promise.resolve(value).catch(() => null);
    const last = (this.#last ?? Promise.resolve()).then(async () => {
      const told = await known;
      if (told !== null) this.#tell(told);
      if (this.#last === last) this.#last = null;
    });
    this.#last = last;
  }
}
