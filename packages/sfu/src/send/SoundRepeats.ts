/** Of the share of packets that a path loses. */
const NOTICEABLE = 0.02;
const HEAVY = 0.15;
/** Repeats go on this long after the last noticeable loss, ms: reports on sound come every five seconds. */
const HOLD = 10_000;

const NONE: readonly number[] = Object.freeze([]);
const ONE: readonly number[] = Object.freeze([1]);
/** Not next to each other: losses come in bursts. */
const TWO: readonly number[] = Object.freeze([1, 3]);

/**
 * Which packets of sound are sent a second time, to a receiver that loses some and does not ask for them (Firefox never
 * does; Chromium does). Of packets of which p is lost, p² is lost when they are sent twice.
 */
export class SoundRepeats {
  #level = 0;
  #noticedAt = Number.NEGATIVE_INFINITY;
  #asked = false;

  /** The receiver asks for what it lacks: only what it still loses then counts. */
  onRequest(): void {
    if (!this.#asked) this.#level = 0;
    this.#asked = true;
  }

  /**
   * @param lost the share of packets, 0 to 1, that the receiver says it has lost
   * @param repaired whether it has counted what was repeated as received: of reports of ours, not of the path
   */
  onLoss(lost: number, repaired: boolean, now: number): void {
    if (this.#asked && !repaired) return;
    // Of p lost on the path, p² or p³ is left.
    const onPath = repaired && this.#level > 0 ? lost ** (1 / (this.#level + 1)) : lost;
    const level = onPath >= HEAVY ? 2 : onPath >= NOTICEABLE ? 1 : 0;
    if (level > 0) this.#noticedAt = now;
    if (level > this.#level || now - this.#noticedAt > HOLD) this.#level = level;
  }

  /** How many packets back those lie that are sent again with the next one. */
  distances(): readonly number[] {
    return this.#level === 0 ? NONE : this.#level === 1 ? ONE : TWO;
  }
}
