import { MlsError } from '../mls/index.ts';

/** What is done one after the other, in the order in which it came. Once it is over, nothing more is done. */
export class Steps {
  #last: Promise<unknown> = Promise.resolve();
  #isOver = false;

  get isOver(): boolean {
    return this.#isOver;
  }

  /** A step that fails keeps none of the next ones from being done. @throws MlsError `closed` when it is over */
  do<T>(step: () => Promise<T>): Promise<T> {
    return this.#append(() => {
      if (this.#isOver) throw new MlsError('closed', 'the stay is over');
      return step();
    });
  }

  /** After the one that is being done. */
  endWith(step: () => Promise<void>): void {
    this.#isOver = true;
    void this.#append(step);
  }

  #append<T>(step: () => Promise<T>): Promise<T> {
    const done = this.#last.then(step);
    this.#last = done.catch(() => {});
    return done;
  }
}
