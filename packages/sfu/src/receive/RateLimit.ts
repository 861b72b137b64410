export interface RateLimitOptions {
  readonly bitsPerSecond: number;
  readonly packetsPerSecond: number;
  /** How much may come at once, ms of the rate: key frames are bursts. */
  readonly burst: number;
}

/** Two token buckets, of bits and of packets: what exceeds either is dropped and takes no token. */
export class RateLimit {
  readonly #options: RateLimitOptions;
  #bits: number;
  #packets: number;
  #filledAt = Number.NaN;
  #dropped = 0;

  constructor(options: RateLimitOptions) {
    this.#options = options;
    this.#bits = (options.bitsPerSecond * options.burst) / 1000;
    this.#packets = (options.packetsPerSecond * options.burst) / 1000;
  }

  get dropped(): number {
    return this.#dropped;
  }

  /** @param bytes of the packet; @param now ms, never going back */
  allow(bytes: number, now: number): boolean {
    this.#fill(now);
    const bits = bytes * 8;
    if (this.#bits < bits || this.#packets < 1) {
      this.#dropped += 1;
      return false;
    }
    this.#bits -= bits;
    this.#packets -= 1;
    return true;
  }

  #fill(now: number): void {
    const { bitsPerSecond, packetsPerSecond, burst } = this.#options;
    const elapsed = now - this.#filledAt;
    this.#filledAt = now;
    if (!(elapsed > 0)) return;
    this.#bits = Math.min((bitsPerSecond * burst) / 1000, this.#bits + (bitsPerSecond * elapsed) / 1000);
    this.#packets = Math.min(
      (packetsPerSecond * burst) / 1000,
      this.#packets + (packetsPerSecond * elapsed) / 1000,
    );
  }
}
