const WINDOW = 1_000;

/** Bits per second over the last full second. */
export class RateMeter {
  #bytes = 0;
  #since = Number.NaN;
  #bitrate = 0;

  /** @param time ms */
  add(bytes: number, time: number): void {
    this.#roll(time);
    this.#bytes += bytes;
  }

  bitrate(time: number): number {
    this.#roll(time);
    return this.#bitrate;
  }

  #roll(time: number): void {
    const elapsed = time - this.#since;
    if (elapsed < WINDOW) return;
    // Over two windows the newest second had nothing in it.
    this.#bitrate = elapsed < 2 * WINDOW ? Math.round((this.#bytes * 8_000) / elapsed) : 0;
    this.#bytes = 0;
    this.#since = time;
  }
}
