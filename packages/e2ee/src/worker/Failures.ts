/** Nothing could be opened for so long, ms, while frames came: it is no passing thing. */
const PERSISTENT = 2_000;
/**
 * Frames of an epoch that we have no key of: those who send move to ours within a second of hearing of it, which takes a
 * slow machine a while when many come at once.
 */
const PERSISTENT_OF_OTHER_EPOCHS = 6_000;
const LEAST_FRAMES = 20;

/** Whether what comes cannot be opened for longer than a change of keys explains. */
export class Failures {
  #count = 0;
  #since = 0;
  #allOfOtherEpochs = true;
  #isPersistent = false;

  get isPersistent(): boolean {
    return this.#isPersistent;
  }

  succeeded(): void {
    this.#count = 0;
    this.#isPersistent = false;
  }

  /** We have no keys at all, which the group's own view says: nothing is wrong with what comes. */
  pause(): void {
    this.#count = 0;
  }

  failed(isOfOtherEpoch: boolean, now: number): void {
    if (this.#count === 0) {
      this.#since = now;
      this.#allOfOtherEpochs = true;
    }
    this.#count += 1;
    this.#allOfOtherEpochs &&= isOfOtherEpoch;
    const patience = this.#allOfOtherEpochs ? PERSISTENT_OF_OTHER_EPOCHS : PERSISTENT;
    if (this.#count >= LEAST_FRAMES && now - this.#since > patience) this.#isPersistent = true;
  }
}
