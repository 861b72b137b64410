/** Right after the start nothing is held back, ms: whatever is proved then is news. */
const BEGINNING = 5_000;
/** What is more than before must have been there for so long, ms. */
const FIRST_HOLD = 3_000;
const LONGEST_HOLD = 48_000;
/** But whoever sees nothing of somebody waits no longer than this for the smallest picture, ms. */
const LONGEST_WITHOUT = 6_000;
/** A rise that was taken back within this time, ms, was a mistake: the next one waits twice as long. */
const TRIAL = 15_000;
/** With less than this share of what was spent right after a fall the path is another one: what was known is of no use. */
const CHANGED = 0.5;
const CHANGE_TIME = 3_000;
/** After this long without a fall the path counts as steady again, ms. */
const FORGET = 60_000;
/** The lowest bitrate is known for spans of this, ms. */
const SPAN = 500;
const SPANS = LONGEST_HOLD / SPAN + 1;

/** What one receiver's pictures may cost, bit/s. */
export interface Budget {
  /** What is shown already may go on within this. */
  readonly keep: number;
  /** A picture of whom nothing is shown may begin within this; never above `keep`. */
  readonly begin: number;
  /** Something better may be shown within this; never above `begin`. */
  readonly raise: number;
}

/**
 * Makes pictures calm on a path that is not: layers fall at once when they must, and rise only to what the path has
 * carried for a while; the longer, the more often a rise had to be taken back. No picture at all is never calm for long.
 */
export class SteadyBudget {
  readonly #lowest = new Float64Array(SPANS).fill(Number.POSITIVE_INFINITY);
  #span = Number.NaN;
  #startedAt = Number.NaN;
  #bitrate = 0;
  #hold = FIRST_HOLD;
  #raisedAt = Number.NEGATIVE_INFINITY;
  #fellAt = Number.NEGATIVE_INFINITY;
  /** What was spent before the last fall. */
  #former = 0;

  /** To be called at least every 500 ms. @param bitrate that may be sent now */
  update(bitrate: number, now: number): void {
    if (Number.isNaN(this.#startedAt)) this.#startedAt = now;
    if (now - this.#fellAt > FORGET) this.#hold = FIRST_HOLD;
    if (now - this.#fellAt < CHANGE_TIME && bitrate < this.#former * CHANGED) this.#hold = FIRST_HOLD;
    const span = Math.floor(now / SPAN);
    const passed = Number.isNaN(this.#span) ? 1 : Math.min(SPANS, span - this.#span);
    // Of a time without news the news after it is all that is known.
    for (let back = 0; back < passed; back++) this.#lowest[(span - back) % SPANS] = bitrate;
    this.#span = span;
    this.#lowest[span % SPANS] = Math.min(this.#lowest[span % SPANS] ?? bitrate, bitrate);
    this.#bitrate = bitrate;
  }

  /** False before the first update. */
  get isBegun(): boolean {
    return !Number.isNaN(this.#startedAt);
  }

  budget(now: number): Budget {
    const keep = this.#bitrate;
    if (now - this.#startedAt < BEGINNING) return { keep, begin: keep, raise: keep };
    const begin = this.#lowestFor(Math.min(this.#hold, LONGEST_WITHOUT));
    return { keep, begin, raise: this.#lowestFor(this.#hold) };
  }

  #lowestFor(ms: number): number {
    let lowest = this.#bitrate;
    for (let back = 0; back <= Math.ceil(ms / SPAN); back++)
      lowest = Math.min(lowest, this.#lowest[(this.#span - back + SPANS) % SPANS] ?? lowest);
    return lowest;
  }

  /** Something better is shown than before. What the beginning brings is no trial. */
  onRaise(now: number): void {
    if (now - this.#startedAt >= BEGINNING) this.#raisedAt = now;
  }

  /** Something had to be shown less well, or not at all, for want of room. @param spent bit/s until then */
  onFall(spent: number, now: number): void {
    if (now - this.#raisedAt < TRIAL && this.#hold < LONGEST_HOLD) this.#hold *= 2;
    this.#former = spent;
    this.#fellAt = now;
    this.#raisedAt = Number.NEGATIVE_INFINITY;
  }
}
