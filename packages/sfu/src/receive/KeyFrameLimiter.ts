/** Between two requests for the same layer, ms. */
const INTERVAL = 1_000;

/**
 * Merges everybody's wishes for a key frame of one layer into at most one request a second, repeated until a key frame
 * has come. However often viewers switch or ask, the sender is not made to send key frames only.
 */
export class KeyFrameLimiter {
  #wanted = false;
  #askedAt = Number.NEGATIVE_INFINITY;

  get wanted(): boolean {
    return this.#wanted;
  }

  /** Somebody needs a key frame. */
  want(): void {
    this.#wanted = true;
  }

  /** The start of a key frame has come, or nobody needs one any more. */
  settle(): void {
    this.#wanted = false;
  }

  /** True: send a PLI now. To be asked right after `want` and again with each tick. */
  due(now: number): boolean {
    if (!this.#wanted || now - this.#askedAt < INTERVAL) return false;
    this.#askedAt = now;
    return true;
  }
}
