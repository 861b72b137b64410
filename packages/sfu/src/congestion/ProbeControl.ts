/** A probe tries so many times the estimate. */
const FACTOR = 2;
/** A probe that gets through with this share of its rate is followed by a larger one at once. */
const PASSED = 0.7;
/** After a probe that failed, ms; the first few are repeated sooner, since a call begins with them. */
const INTERVAL = 2_000;
const FIRST_INTERVAL = 1_000;
const FIRST_TRIES = 3;
/** After the queue was full, it must have had this long to run empty, ms. */
const CALM = 1_000;
/** More is wanted when the estimate is below so many times the demand. */
const ENOUGH = 1.15;

/**
 * When to probe, and how high. An SFU sends what its slots show and not what the path carries, so nothing but a probe can
 * tell whether the next layer fits: it is tried whenever more is wanted than is proved, and never beyond what is wanted.
 */
export class ProbeControl {
  #probedAt = Number.NEGATIVE_INFINITY;
  #climbing = true;
  #tries = 0;

  /**
   * The rate to try now, bit/s; 0: none.
   * @param demand bit/s that would be sent if the path carried everything
   * @param overusedAt when the path was full last, ms
   */
  next(estimate: number, demand: number, overusedAt: number, now: number): number {
    const enough = demand * ENOUGH;
    if (estimate >= enough || now - overusedAt < CALM) return 0;
    if (!this.#climbing && now - this.#probedAt < (this.#first ? FIRST_INTERVAL : INTERVAL)) return 0;
    this.#probedAt = now;
    this.#climbing = false;
    return Math.min(enough, estimate * FACTOR);
  }

  /** @param result bit/s that got through; null: not known */
  onResult(target: number, result: number | null): void {
    this.#climbing = result !== null && result >= target * PASSED;
    if (!this.#climbing) this.#tries += 1;
  }

  get #first(): boolean {
    return this.#tries < FIRST_TRIES;
  }
}
