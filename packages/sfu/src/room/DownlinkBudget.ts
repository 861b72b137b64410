/** After overuse nothing more is tried for this long, ms; each failed trial doubles it. */
const FIRST_HOLD = 5_000;
const LONGEST_HOLD = 60_000;
/** A trial that lives this long has succeeded, ms. */
const TRIAL = 10_000;
/** After this long without overuse the path counts as free again, ms. */
const FORGET = 60_000;
/** What a trial may spend, in what is sent now: one step of the layers' ladder is about three times. */
const TRIAL_FACTOR = 3.5;
/** Browsers' estimates fall by at least this on overuse; less is rounding. */
const FALL = 0.97;
/** An estimate below what is sent that has not risen for this long means overuse too, ms. */
const STUCK = 3_000;
/** A loss that is not chance any more. */
const HEAVY_LOSS = 0.1;
/**
 * Sound and one smallest picture. Never less: the estimate follows what is sent, so with no picture it would stay too
 * low for one for good, after an outage of seconds.
 */
const SMALLEST = 300_000;

/**
 * What may be sent to one receiver, from its REMB. Such an estimate is no measure of the path but of what is sent over
 * it: browsers keep it below 1.5 times of that, raise it by 8 % a second, and lower it only on overuse. So it is not
 * taken for a limit until it falls, or stays below what arrives without rising; then it is one, for a time, and after
 * that one step more is tried.
 */
export class DownlinkBudget {
  #estimate = Number.NaN;
  /** When the estimate last rose or was as high as what is sent. */
  #healthyAt = 0;
  #capacity = Number.POSITIVE_INFINITY;
  #overusedAt = Number.NEGATIVE_INFINITY;
  #hold = FIRST_HOLD;
  #sent = 0;

  /**
   * @param estimate of a REMB, bit/s
   * @param sent to this receiver during the last second, bit/s
   */
  onEstimate(estimate: number, sent: number, now: number): void {
    const former = this.#estimate;
    this.#estimate = estimate;
    this.#sent = sent;
    if (!(estimate <= former) || estimate >= sent * 0.9) this.#healthyAt = now;
    if (estimate < former * FALL) this.#overuse(Math.max(estimate, sent * 0.5), now);
    else if (now - this.#healthyAt > STUCK) {
      this.#healthyAt = now;
      this.#overuse(Math.max(estimate, sent * 0.8), now);
    }
  }

  /** @param fraction lost of a receiver report, 0 to 1; @param sent bit/s during the last second */
  onLoss(fraction: number, sent: number, now: number): void {
    this.#sent = sent;
    if (fraction > HEAVY_LOSS && now - this.#overusedAt > 1_000)
      this.#overuse(sent * (1 - fraction / 2), now);
  }

  #overuse(capacity: number, now: number): void {
    const sinceHold = now - (this.#overusedAt + this.#hold);
    if (sinceHold > FORGET) this.#hold = FIRST_HOLD;
    else if (sinceHold > 0 && sinceHold < TRIAL) this.#hold = Math.min(LONGEST_HOLD, this.#hold * 2);
    this.#overusedAt = now;
    this.#capacity = Math.max(SMALLEST, capacity);
  }

  /** bit/s that may be sent now; infinite as long as nothing speaks against it. */
  bitrate(now: number): number {
    const since = now - this.#overusedAt;
    if (since < this.#hold) return this.#capacity;
    if (since > this.#hold + FORGET || !Number.isFinite(this.#capacity)) return Number.POSITIVE_INFINITY;
    return Math.max(this.#capacity, this.#sent * TRIAL_FACTOR);
  }
}
