/** The shortest delay of this long, twice, is that of the empty path, ms. */
const BASE_WINDOW = 10_000;
/** The shortest delay of this long is that of a queue that stands, not of one that a key frame has made for itself, ms. */
const STANDING_WINDOW = 100;

/**
 * Nothing came for this long, ms: a radio that looked for another cell, or a machine that had other things to do. What was
 * held up then comes all at once.
 */
const HELD_UP = 60;
/** For about as long as that, ms, it is not taken for a queue; but not again sooner than this, ms. */
const SHORTEST_SETTLING = 100;
const LONGEST_SETTLING = 400;
const LEAST_BETWEEN = 500;

/** The smallest value of the last window or two. */
class WindowedMinimum {
  readonly #window: number;
  #since = Number.NEGATIVE_INFINITY;
  #current = Number.POSITIVE_INFINITY;
  #former = Number.POSITIVE_INFINITY;

  constructor(window: number) {
    this.#window = window;
  }

  add(value: number, time: number): void {
    if (time - this.#since > this.#window) {
      this.#former = time - this.#since > 2 * this.#window ? value : this.#current;
      this.#current = value;
      this.#since = time;
    } else if (value < this.#current) this.#current = value;
  }

  get value(): number {
    return Math.min(this.#current, this.#former);
  }

  reset(): void {
    this.#since = Number.NEGATIVE_INFINITY;
    this.#current = Number.POSITIVE_INFINITY;
    this.#former = Number.POSITIVE_INFINITY;
  }
}

/**
 * How long packets wait in the path: the standing delay above the shortest that was seen lately. A queue stands; what was
 * only held up has come a moment later, and says nothing of what the path carries.
 */
export class QueueDelay {
  readonly #base = new WindowedMinimum(BASE_WINDOW);
  readonly #standing = new WindowedMinimum(STANDING_WINDOW);
  #latest = Number.NaN;
  #settledAt = Number.NEGATIVE_INFINITY;

  add(sent: number, arrival: number): void {
    const gap = arrival - this.#latest;
    if (gap > HELD_UP && arrival - this.#settledAt > LEAST_BETWEEN)
      this.#settledAt = arrival + Math.min(LONGEST_SETTLING, Math.max(SHORTEST_SETTLING, gap));
    this.#latest = arrival;
    this.#base.add(arrival - sent, arrival);
    this.#standing.add(arrival - sent, arrival);
  }

  /** ms */
  get milliseconds(): number {
    const waiting = this.#standing.value - this.#base.value;
    if (this.#latest < this.#settledAt) return 0;
    return Number.isFinite(waiting) ? waiting : 0;
  }

  reset(): void {
    this.#base.reset();
    this.#standing.reset();
    this.#latest = Number.NaN;
    this.#settledAt = Number.NEGATIVE_INFINITY;
  }
}
