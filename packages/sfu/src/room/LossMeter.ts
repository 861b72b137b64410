import type { ReportBlock } from '../rtcp/reportBlock.ts';
import { timestampDistance } from '../rtp/serial.ts';

/** A verdict needs this long, ms, and this many packets: one lost of four is chance, a hundred of four hundred is not. */
const INTERVAL = 2_000;
const FEWEST = 100;

interface Counts {
  readonly highest: number;
  readonly lost: number;
}

/** What of all that is sent to a receiver gets lost, from the report blocks on all slots together. */
export class LossMeter {
  readonly #last = new Map<number, Counts>();
  #expected = 0;
  #lost = 0;
  #since = Number.NaN;

  /** The share that was lost, 0 to 1, whenever enough has been counted; null otherwise. */
  onReport(block: ReportBlock, time: number): number | null {
    const former = this.#last.get(block.ssrc);
    this.#last.set(block.ssrc, { highest: block.highestSequence, lost: block.cumulativeLost });
    if (Number.isNaN(this.#since)) this.#since = time;
    if (former === undefined) return null;
    this.#expected += Math.max(0, timestampDistance(former.highest, block.highestSequence));
    this.#lost += Math.max(0, block.cumulativeLost - former.lost);
    if (time - this.#since < INTERVAL || this.#expected < FEWEST) return null;
    const fraction = Math.min(1, this.#lost / this.#expected);
    this.#expected = 0;
    this.#lost = 0;
    this.#since = time;
    return fraction;
  }
}
