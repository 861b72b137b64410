import { writeTransportFeedback } from '../rtcp/transportFeedback.ts';
import { SequenceUnwrapper, sequenceDistance } from '../rtp/serial.ts';

/** Packets that are remembered: two seconds of 1,000 a second. */
const WINDOW = 2048;
/** Packets in one feedback: it must fit a datagram even when each needs two bytes of delta. */
const MAX_IN_FEEDBACK = 400;
/** Packets that come after they were reported lost, and this far behind, are reported again. */
const MAX_LATE = 500;

/**
 * Remembers when each packet of a transport came and reports it to the sender about every 50 to 100 ms
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01). Without it Chromium's send estimate decays.
 */
export class TransportFeedbackRecorder {
  readonly #senderSsrc: number;
  #unwrapper = new SequenceUnwrapper();
  /** Extended number and arrival in 250 µs ticks, at the number's place modulo the window. */
  readonly #sequences = new Float64Array(WINDOW).fill(Number.NaN);
  readonly #ticks = new Float64Array(WINDOW);
  #origin = Number.NaN;
  /** First number not reported yet. */
  #next = Number.NaN;
  #feedbackCount = 0;

  constructor(senderSsrc: number) {
    this.#senderSsrc = senderSsrc;
  }

  /**
   * @param transportSequence 16 bits
   * @param arrival ms
   */
  record(transportSequence: number, arrival: number): void {
    const newest = this.#unwrapper.newest;
    if (newest === null) this.#origin = arrival;
    else if (Math.abs(sequenceDistance(newest & 0xffff, transportSequence)) >= WINDOW) {
      // A jump over everything that is remembered: start anew there.
      this.#unwrapper = new SequenceUnwrapper();
      this.#sequences.fill(Number.NaN);
      this.#next = Number.NaN;
    }
    const extended = this.#unwrapper.unwrap(transportSequence) + 0x10000;
    const place = extended % WINDOW;
    if (this.#sequences[place] === extended) return;
    const late = this.#next - extended;
    if (late > MAX_LATE) return;
    if (late > 0 || Number.isNaN(this.#next)) this.#next = extended;
    this.#sequences[place] = extended;
    this.#ticks[place] = Math.max(0, Math.round((arrival - this.#origin) * 4));
  }

  /** Feedback on all that came since the last call, oldest first; empty when nothing did. */
  take(mediaSsrc: number): Uint8Array<ArrayBuffer>[] {
    const packets: Uint8Array<ArrayBuffer>[] = [];
    const newest = (this.#unwrapper.newest ?? Number.NaN) + 0x10000;
    // What is no longer remembered cannot be reported, however far a sender has jumped ahead.
    if (newest - this.#next >= WINDOW) this.#next = newest - WINDOW + 1;
    while (this.#next <= newest) {
      const arrivals = this.#arrivals(newest);
      const packet = this.#write(mediaSsrc, arrivals);
      this.#next += arrivals.length;
      if (packet !== null) packets.push(packet);
    }
    return packets;
  }

  /** As many as fit one feedback; it ends before an arrival too far from the one before it. */
  #arrivals(newest: number): (number | null)[] {
    const arrivals: (number | null)[] = [];
    const last = Math.min(newest, this.#next + MAX_IN_FEEDBACK - 1);
    let former = Number.NaN;
    for (let extended = this.#next; extended <= last; extended++) {
      const place = extended % WINDOW;
      const tick = this.#sequences[place] === extended ? (this.#ticks[place] ?? 0) : null;
      if (tick !== null) {
        if (Math.abs(tick - former) > 32_000) break;
        former = tick;
      }
      arrivals.push(tick);
    }
    return arrivals;
  }

  #write(mediaSsrc: number, arrivals: readonly (number | null)[]): Uint8Array<ArrayBuffer> | null {
    const packet = writeTransportFeedback({
      senderSsrc: this.#senderSsrc,
      mediaSsrc,
      baseSequence: this.#next & 0xffff,
      feedbackCount: this.#feedbackCount,
      arrivals,
    });
    if (packet !== null) this.#feedbackCount = (this.#feedbackCount + 1) & 0xff;
    return packet;
  }
}
