/** Work that nobody waits for. Disposing waits for all of it. */
export class Background implements AsyncDisposable {
  readonly #running = new Set<Promise<unknown>>();

  /** @param work must not reject */
  add(work: Promise<unknown>): void {
    this.#running.add(work);
    void work.finally(() => this.#running.delete(work));
  }

  /** Resolves when nothing of it runs any more. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled([...this.#running]);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.settled();
  }
}
