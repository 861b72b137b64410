const MILLISECONDS_PER_TICK = 0.25;
/** The receiver's clock and ours drift apart by less than this between two feedbacks, ms; more is a jump or a lie. */
const MAX_DISAGREEMENT = 5_000;

/**
 * The receiver's clock, from feedback: ticks of 250 µs that wrap after 2³² of them (24 bits of 64 ms), as milliseconds
 * that do not. A clock that jumps begins anew, and nothing may be compared across that.
 */
export class ArrivalClock {
  #ticks = Number.NaN;
  #now = Number.NaN;
  #epoch = 0;

  /** Counts up when the clock has jumped. */
  get epoch(): number {
    return this.#epoch;
  }

  /**
   * To be called for each feedback before its arrivals are read.
   * @param ticks of its first arrival
   * @param now ms on our clock
   */
  align(ticks: number, now: number): void {
    if (Number.isNaN(this.#ticks)) this.#ticks = ticks;
    else {
      const moved = ((ticks - (this.#ticks | 0)) | 0) * MILLISECONDS_PER_TICK;
      if (Math.abs(moved - (now - this.#now)) > MAX_DISAGREEMENT) {
        this.#epoch += 1;
        this.#ticks = ticks;
      } else this.#ticks += moved / MILLISECONDS_PER_TICK;
    }
    this.#now = now;
  }

  /** ms of an arrival of the feedback that was aligned last. */
  milliseconds(ticks: number): number {
    return (this.#ticks + ((ticks - (this.#ticks | 0)) | 0)) * MILLISECONDS_PER_TICK;
  }
}
