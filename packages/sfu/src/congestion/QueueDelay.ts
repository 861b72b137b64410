/** The shortest delay of this long, twice, is that of the empty path, ms. */
const BASE_WINDOW = 10_000;
/** The shortest delay of this long is that of a queue that stands, not of one that a key frame has made for itself, ms. */
const STANDING_WINDOW = 100;

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

/** How long packets wait in the path: the standing delay above the shortest that was seen lately. */
export class QueueDelay {
  readonly #base = new WindowedMinimum(BASE_WINDOW);
  readonly #standing = new WindowedMinimum(STANDING_WINDOW);

  add(sent: number, arrival: number): void {
    this.#base.add(arrival - sent, arrival);
    this.#standing.add(arrival - sent, arrival);
  }

  /** ms */
  get milliseconds(): number {
    const waiting = this.#standing.value - this.#base.value;
    return Number.isFinite(waiting) ? waiting : 0;
  }

  reset(): void {
    this.#base.reset();
    this.#standing.reset();
  }
}
