/** Groups that the line is laid through. */
const WINDOW = 20;
const SMOOTHING = 0.9;
/** A slope is believed fully after this many groups. */
const TRUSTED = 60;
const GAIN = 4;

/**
 * The trend of the one-way delay: a line by least squares through the smoothed delay of the last groups. Its slope is the
 * share by which more is sent than the path takes away.
 */
export class Trendline {
  readonly #arrivals = new Float64Array(WINDOW);
  readonly #smoothed = new Float64Array(WINDOW);
  #count = 0;
  #delay = 0;
  #average = 0;
  #trend = 0;
  #noise = 0;

  /** The slope, times the number of groups up to sixty, times four: what the detector compares with its threshold. */
  get trend(): number {
    return this.#trend;
  }

  /** How much the delay of single groups jumps about, ms. */
  get noise(): number {
    return this.#noise;
  }

  /**
   * @param variation of the delay since the group before, ms
   * @param arrival of the group, ms
   */
  add(variation: number, arrival: number): void {
    this.#delay += variation;
    this.#average = SMOOTHING * this.#average + (1 - SMOOTHING) * this.#delay;
    this.#noise += (Math.abs(variation) - this.#noise) * (1 / WINDOW);
    const at = this.#count % WINDOW;
    this.#arrivals[at] = arrival;
    this.#smoothed[at] = this.#average;
    this.#count += 1;
    if (this.#count >= WINDOW) this.#trend = Math.min(this.#count, TRUSTED) * this.#slope() * GAIN;
  }

  reset(): void {
    this.#count = 0;
    this.#delay = 0;
    this.#average = 0;
    this.#trend = 0;
  }

  #slope(): number {
    const arrivals = this.#arrivals;
    const smoothed = this.#smoothed;
    let meanArrival = 0;
    let meanDelay = 0;
    for (let index = 0; index < WINDOW; index++) {
      meanArrival += (arrivals[index] ?? 0) / WINDOW;
      meanDelay += (smoothed[index] ?? 0) / WINDOW;
    }
    let numerator = 0;
    let denominator = 0;
    for (let index = 0; index < WINDOW; index++) {
      const x = (arrivals[index] ?? 0) - meanArrival;
      numerator += x * ((smoothed[index] ?? 0) - meanDelay);
      denominator += x * x;
    }
    return denominator > 0 ? numerator / denominator : this.#trend / GAIN / TRUSTED;
  }
}
