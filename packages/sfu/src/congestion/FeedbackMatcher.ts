import { MAX_REPORTED, type TransportFeedback } from '../rtcp/transportFeedback.ts';
import { ArrivalClock } from './ArrivalClock.ts';
import { MISSING, RECEIVED, type SentPackets } from './SentPackets.ts';

/** A packet that comes this much later than those sent after it is late and not lost, ms of send time. */
const REORDERING = 400;
/** Above any index of a feedback: arrival and index are sorted as one number. */
const INDEX_RANGE = 4096;

/** Written anew by each call; a process handles one feedback at a time. */
const keys = new Float64Array(MAX_REPORTED);
const numbers = new Float64Array(MAX_REPORTED);

/** Packets judged since the former feedback: each once, when it has come or may be counted as lost. */
export interface Verdicts {
  received: number;
  lost: number;
  bytes: number;
}

/**
 * Finds the packets that a feedback speaks of. It believes only what can be: packets that were sent, each received once,
 * and numbers that are still remembered. A packet that no feedback has spoken of is neither received nor lost: feedback
 * gets lost as well.
 */
export class FeedbackMatcher {
  readonly #sent: SentPackets;
  readonly #clock = new ArrivalClock();
  readonly verdicts: Verdicts = { received: 0, lost: 0, bytes: 0 };
  /** Newly received packets, in the order of arrival. */
  count = 0;
  /** First number that is not judged yet. */
  #judged = 0;
  /** Send time of the newest packet that was received, ms. */
  #newestSent = Number.NEGATIVE_INFINITY;

  constructor(sent: SentPackets) {
    this.#sent = sent;
  }

  /** Arrivals of different epochs cannot be compared. */
  get epoch(): number {
    return this.#clock.epoch;
  }

  match(feedback: TransportFeedback, now: number): void {
    const { baseSequence, arrivals } = feedback;
    const sent = this.#sent;
    this.count = 0;
    let aligned = false;
    for (let index = 0; index < arrivals.length && index < MAX_REPORTED; index++) {
      const number = sent.find((baseSequence + index) & 0xffff);
      if (number < 0) continue;
      const ticks = arrivals[index] ?? null;
      if (sent.state(number) === RECEIVED) continue;
      if (ticks === null) {
        sent.setState(number, MISSING);
        continue;
      }
      if (!aligned) this.#clock.align(ticks, now);
      aligned = true;
      sent.setState(number, RECEIVED);
      this.#newestSent = Math.max(this.#newestSent, sent.time(number));
      numbers[index] = number;
      // Quarter milliseconds are whole numbers: what is left of the division is the index.
      keys[this.count++] = this.#clock.milliseconds(ticks) * 4 * INDEX_RANGE + index;
    }
    keys.subarray(0, this.count).sort();
    this.#judge();
  }

  /** Number of the `index`th packet in the order of arrival. */
  number(index: number): number {
    const key = keys[index] ?? 0;
    return numbers[key - Math.floor(key / INDEX_RANGE) * INDEX_RANGE] ?? 0;
  }

  /** When it arrived, ms on the receiver's clock. */
  arrival(index: number): number {
    return Math.floor((keys[index] ?? 0) / INDEX_RANGE) / 4;
  }

  #judge(): void {
    const sent = this.#sent;
    const { verdicts } = this;
    verdicts.received = 0;
    verdicts.lost = 0;
    verdicts.bytes = 0;
    let number = Math.max(this.#judged, sent.oldest);
    for (; number < sent.next; number++) {
      if (sent.time(number) > this.#newestSent - REORDERING) break;
      const state = sent.state(number);
      if (state === RECEIVED) verdicts.received += 1;
      else if (state === MISSING) verdicts.lost += 1;
      else continue;
      verdicts.bytes += sent.size(number);
    }
    this.#judged = number;
  }
}
