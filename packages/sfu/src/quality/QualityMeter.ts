import type { PeerQuality, QualityLevel } from '../control/statistics.ts';

/** What one second of a connection was like. */
export interface QualitySample {
  /** The share of what the peer sent that was lost on the way to us, 0 to 1. */
  readonly lossUp: number;
  /** The share of what the peer was sent that it has reported lost, 0 to 1. */
  readonly lossDown: number;
  /** ms; null while it is not known. */
  readonly roundTripTime: number | null;
  /** The share of the pictures shown that have less than their tile wants, because the path carries no more, 0 to 1. */
  readonly reduced: number;
  /** The share of those for which there is no room at all. */
  readonly starved: number;
}

export type Quality = Pick<PeerQuality, 'up' | 'down'>;

/** So many seconds in a row must be worse before it is called worse, and better before it is called better. */
const WORSE = 2;
const BETTER = 4;
const LEVELS: readonly QualityLevel[] = ['poor', 'fair', 'good'];

/**
 * How good a participant's connection is, in both directions, for others to see. It says a change only when it lasts, and
 * sooner that it is bad than that it is good again: a mark that flickers tells nobody anything.
 */
export class QualityMeter {
  readonly #up = new Steady();
  readonly #down = new Steady();

  get quality(): Quality {
    return { up: this.#up.level, down: this.#down.level };
  }

  /** To be called once a second. True when `quality` is another than before. */
  update(sample: QualitySample): boolean {
    const { lossUp, lossDown, roundTripTime, reduced, starved } = sample;
    const delay = roundTripTime ?? 0;
    const up = this.#up.update(levelOf(lossUp, delay));
    const down = this.#down.update(Math.min(levelOf(lossDown, delay), pictures(reduced, starved)));
    return up || down;
  }
}

/** Opus with in-band FEC hides 3 % well; at 10 % people notice. Talk gets awkward above 350 ms there and back. */
function levelOf(loss: number, delay: number): number {
  if (loss > 0.1 || delay > 700) return 0;
  return loss > 0.03 || delay > 350 ? 1 : 2;
}

/** A tile or two that are smaller than they could be disturb nobody. */
function pictures(reduced: number, starved: number): number {
  if (starved > 0.5) return 0;
  return starved > 0 || reduced > 0.5 ? 1 : 2;
}

/** A level, as an index of LEVELS, that goes along with what is measured only when that lasts. */
class Steady {
  #level = 2;
  /** How many seconds in a row were below the level, and above it. */
  #below = 0;
  #above = 0;

  get level(): QualityLevel {
    return LEVELS[this.#level] ?? 'good';
  }

  update(measured: number): boolean {
    this.#below = measured < this.#level ? this.#below + 1 : 0;
    this.#above = measured > this.#level ? this.#above + 1 : 0;
    if (this.#below < WORSE && this.#above < BETTER) return false;
    this.#level = measured;
    this.#below = 0;
    this.#above = 0;
    return true;
  }
}
