/** How long somebody stays out for the first time, ms; each further time it doubles. */
const FIRST = 10_000;
const LONGEST = 600_000;
/** Whoever has behaved for so long is a stranger again, ms. */
const FORGET = 600_000;
const MOST = 10_000;

interface Bar {
  readonly until: number;
  readonly times: number;
}

/** Who may not connect for a while, because the last transport had to be cut off. It outlives the peer itself. */
export class Bars {
  readonly #bars = new Map<string, Bar>();

  bar(peer: string, now: number): void {
    const times = (this.#bars.get(peer)?.times ?? 0) + 1;
    this.#bars.delete(peer);
    this.#bars.set(peer, { until: now + Math.min(LONGEST, FIRST * 2 ** (times - 1)), times });
    this.#forget(now);
  }

  /** How long it still lasts, ms; 0: the peer may come. */
  left(peer: string, now: number): number {
    return Math.max(0, (this.#bars.get(peer)?.until ?? 0) - now);
  }

  /** The oldest come first in the map. */
  #forget(now: number): void {
    for (const [peer, { until }] of this.#bars) {
      if (this.#bars.size <= MOST && now < until + FORGET) return;
      this.#bars.delete(peer);
    }
  }
}
