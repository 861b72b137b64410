/** Packets that are looked at, a power of two, and the time that they span at most, ms. */
const CAPACITY = 512;
const MASK = CAPACITY - 1;
const WINDOW = 500;
/** Fewer packets, or a shorter time, say nothing yet. */
const FEWEST = 10;
const SHORTEST = 100;

/**
 * What has arrived lately, bit/s. The bytes count over the longer one of the times in which they were sent and in which
 * they came: a queue that empties itself, or a receiver that lies about time, does not look like a faster path.
 */
export class AcknowledgedBitrate {
  readonly #sent = new Float64Array(CAPACITY);
  readonly #arrivals = new Float64Array(CAPACITY);
  readonly #sizes = new Uint16Array(CAPACITY);
  #count = 0;

  /** In the order of arrival. */
  add(sent: number, arrival: number, size: number): void {
    const at = this.#count & MASK;
    this.#sent[at] = sent;
    this.#arrivals[at] = arrival;
    this.#sizes[at] = size;
    this.#count += 1;
  }

  /** bit/s; null as long as too little has come. */
  get bitrate(): number | null {
    const newest = this.#arrivals[(this.#count - 1) & MASK] ?? 0;
    let bytes = 0;
    let firstSent = Number.POSITIVE_INFINITY;
    let lastSent = Number.NEGATIVE_INFINITY;
    let firstArrival = newest;
    let packets = 0;
    for (let back = 1; back <= Math.min(CAPACITY, this.#count); back++) {
      const at = (this.#count - back) & MASK;
      const arrival = this.#arrivals[at] ?? 0;
      if (newest - arrival > WINDOW) break;
      bytes += this.#sizes[at] ?? 0;
      firstSent = Math.min(firstSent, this.#sent[at] ?? 0);
      lastSent = Math.max(lastSent, this.#sent[at] ?? 0);
      firstArrival = Math.min(firstArrival, arrival);
      packets += 1;
    }
    const span = Math.max(newest - firstArrival, lastSent - firstSent);
    if (packets < FEWEST || span < SHORTEST) return null;
    // The first packet begins the span, and does not fill it.
    return (bytes * 8_000 * (packets - 1)) / packets / span;
  }

  reset(): void {
    this.#count = 0;
  }
}
