const SMOOTHING = 0.05;
const PROBE_SMOOTHING = 0.5;
/** The variance, in kbit/s for each kbit/s of the mean, stays in this range. */
const LEAST_VARIANCE = 0.4;
const MOST_VARIANCE = 2.5;

/** What the path carried each time that it was full, bit/s: mean and deviation. Near it the rate is raised with care. */
export class LinkCapacity {
  #mean = Number.NaN;
  #variance = LEAST_VARIANCE;

  get known(): boolean {
    return !Number.isNaN(this.#mean);
  }

  get mean(): number {
    return this.#mean * 1_000;
  }

  get upper(): number {
    return this.known ? (this.#mean + 3 * this.#deviation) * 1_000 : Number.POSITIVE_INFINITY;
  }

  get lower(): number {
    return this.known ? Math.max(0, this.#mean - 3 * this.#deviation) * 1_000 : 0;
  }

  onOveruse(acknowledged: number): void {
    this.#update(acknowledged / 1_000, SMOOTHING);
  }

  onProbe(bitrate: number): void {
    this.#update(bitrate / 1_000, PROBE_SMOOTHING);
  }

  /** The path has become another one. */
  reset(): void {
    this.#mean = Number.NaN;
  }

  get #deviation(): number {
    return Math.sqrt(this.#variance * this.#mean);
  }

  #update(sample: number, smoothing: number): void {
    this.#mean = this.known ? this.#mean + (sample - this.#mean) * smoothing : sample;
    const error = this.#mean - sample;
    const variance = (1 - smoothing) * this.#variance + (smoothing * error * error) / Math.max(this.#mean, 1);
    this.#variance = Math.min(MOST_VARIANCE, Math.max(LEAST_VARIANCE, variance));
  }
}
