import type { RateLimitOptions } from './RateLimit.ts';

/** What arrives may be so many times what is let through, for a while: bursts, and what the kernel held back. */
const TOLERANCE = 3;
const WINDOW = 1_000;
/** Windows in a row that are over it: a burst of two seconds touches three. */
const PATIENCE = 4;

/**
 * Tells a flood from a burst. The limits drop what is too much, but every packet costs its decryption before they see
 * it; so whoever sends more than three times the limit for four seconds on end is to be cut off. No browser does: its own
 * congestion control stays at what its encoders make.
 */
export class FloodGuard {
  readonly #bits: number;
  readonly #packets: number;
  #since = Number.NaN;
  #bitsNow = 0;
  #packetsNow = 0;
  #flooded = 0;

  constructor({ bitsPerSecond, packetsPerSecond }: Omit<RateLimitOptions, 'burst'>) {
    this.#bits = bitsPerSecond * TOLERANCE;
    this.#packets = packetsPerSecond * TOLERANCE;
  }

  /** To be told of each packet that arrives, dropped ones too. True: it is a flood. @param now ms, never going back */
  arrive(bytes: number, now: number): boolean {
    if (!(now - this.#since < WINDOW)) this.#roll(now);
    this.#bitsNow += bytes * 8;
    this.#packetsNow += 1;
    return this.#flooded >= PATIENCE;
  }

  #roll(now: number): void {
    const elapsed = now - this.#since;
    // A window in which nothing came, or one that was stretched by a pause, ends the row.
    const over =
      elapsed < 2 * WINDOW &&
      (this.#bitsNow * WINDOW > this.#bits * elapsed || this.#packetsNow * WINDOW > this.#packets * elapsed);
    this.#flooded = over ? this.#flooded + 1 : 0;
    this.#since = now;
    this.#bitsNow = 0;
    this.#packetsNow = 0;
  }
}
