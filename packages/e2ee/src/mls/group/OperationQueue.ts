/** Runs operations one after the other, in the order they were asked for; one that fails does not stop the next. */
export class OperationQueue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(operation: () => Promise<T>): Promise<T> {
    const running = this.#last.then(operation);
    this.#last = running.catch(() => undefined);
    return running;
  }
}
