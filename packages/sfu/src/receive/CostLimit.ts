/** A token bucket of one second for work that costs unequally: so much at once, and so much a second after that. */
export class CostLimit {
  readonly #perSecond: number;
  readonly #most: number;
  #tokens: number;
  #filledAt = Number.NaN;

  /** @param most at once; as much as in a second unless told */
  constructor(perSecond: number, most = perSecond) {
    this.#perSecond = perSecond;
    this.#most = most;
    this.#tokens = most;
  }

  /** False: it is too much, and takes nothing. @param now ms, never going back */
  allow(cost: number, now: number): boolean {
    const elapsed = now - this.#filledAt;
    this.#filledAt = now;
    if (elapsed > 0) this.#tokens = Math.min(this.#most, this.#tokens + (this.#perSecond * elapsed) / 1_000);
    if (this.#tokens < cost) return false;
    this.#tokens -= cost;
    return true;
  }
}
