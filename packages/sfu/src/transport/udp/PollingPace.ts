/** ms */
const WINDOW = 50;
/**
 * Datagrams in a window from which on looking pays, and below which it does not. Of what is found by looking the time of
 * arrival is known less well, and browsers go by it: so small calls are left alone.
 */
const BUSY = 100;
const QUIET = 40;

/** When to wait for datagrams, and when to look for them instead. Pure: time is passed in, ms. */
export class PollingPace {
  #windowEnd = Number.NEGATIVE_INFINITY;
  #count = 0;

  /** Woken, while waiting, and found so many. True: look from now on. */
  onWakeUp(found: number, time: number): boolean {
    if (time >= this.#windowEnd) this.#begin(time);
    this.#count += found;
    if (this.#count < BUSY) return false;
    this.#begin(time);
    return true;
  }

  /** Looked, and found so many. False: wait from now on. */
  onLook(found: number, time: number): boolean {
    this.#count += found;
    if (time < this.#windowEnd) return true;
    const busy = this.#count >= QUIET;
    this.#begin(time);
    return busy;
  }

  #begin(time: number): void {
    this.#windowEnd = time + WINDOW;
    this.#count = 0;
  }
}
