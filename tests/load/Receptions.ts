import { NackGenerator } from '../../packages/sfu/src/receive/NackGenerator.ts';
import { StreamStatistics } from '../../packages/sfu/src/receive/StreamStatistics.ts';
import { TransportFeedbackRecorder } from '../../packages/sfu/src/receive/TransportFeedbackRecorder.ts';
import { writeNack } from '../../packages/sfu/src/rtcp/nack.ts';
import { writeReceiverReport } from '../../packages/sfu/src/rtcp/receiverReport.ts';
import { ExtensionTable } from '../../packages/sfu/src/rtp/HeaderExtensions.ts';
import { parseRtp } from '../../packages/sfu/src/rtp/parseRtp.ts';
import { EXTENSIONS, PAYLOAD_TYPES } from '../../packages/sfu/src/testing/writeOffer.ts';
import { age, clock } from './clock.ts';

const feedbackInterval = 60;
const nackInterval = 20;
const reportInterval = 1_000;
/** Delays that are kept for the report. */
const mostDelays = 50_000;
const table = new ExtensionTable(EXTENSIONS);
const ssrcOfOurs = 1;
const videoClockRate = 90_000;

interface Reception {
  readonly statistics: StreamStatistics;
  readonly nacks: NackGenerator | null;
}

export interface Received {
  readonly packets: number;
  /** That came neither at first nor as a retransmission. */
  readonly lost: number;
  readonly delays: readonly number[];
}

/** All that one participant gets: counted, reported, and asked for again where it is missing, as a browser does. */
export class Receptions implements Disposable {
  readonly #send: (packet: Uint8Array) => void;
  readonly #onFirst: () => void;
  readonly #streams = new Map<number, Reception>();
  readonly #feedback = new TransportFeedbackRecorder(ssrcOfOurs);
  readonly #timers: readonly NodeJS.Timeout[];
  #delays: number[] = [];
  #packets = 0;
  #expectedBefore = 0;
  #heard = false;

  constructor(send: (packet: Uint8Array) => void, onFirst: () => void) {
    this.#send = send;
    this.#onFirst = onFirst;
    this.#timers = [
      setInterval(() => this.#tellArrivals(), feedbackInterval),
      setInterval(() => this.#askAgain(), nackInterval),
      setInterval(() => this.#report(), reportInterval),
    ];
  }

  receive(bytes: Buffer): void {
    const time = clock();
    const packet = parseRtp(bytes, table, time);
    if (packet === null) return;
    if (packet.transportSequence >= 0) this.#feedback.record(packet.transportSequence, time);
    if (packet.isPadding) return;
    if (packet.payloadType === PAYLOAD_TYPES.rtx) this.#repair(bytes, packet.payloadOffset, time);
    else {
      this.#count(packet.ssrc, packet.payloadType === PAYLOAD_TYPES.vp8).statistics.receive(packet);
      this.#streams.get(packet.ssrc)?.nacks?.receive(packet.sequenceNumber, time);
      this.#packets += 1;
      if (this.#delays.length < mostDelays) this.#delays.push(age(bytes));
      if (!this.#heard) this.#onFirst();
      this.#heard = true;
    }
  }

  /** Since the one before. */
  take(): Received {
    let expected = 0;
    for (const { statistics } of this.#streams.values())
      expected += statistics.packets + Math.max(0, statistics.lost - statistics.repairedPackets);
    const lost = Math.max(0, expected - this.#expectedBefore - this.#packets);
    const received = { packets: this.#packets, lost, delays: this.#delays };
    this.#expectedBefore = expected;
    this.#packets = 0;
    this.#delays = [];
    return received;
  }

  [Symbol.dispose](): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  #count(ssrc: number, video: boolean): Reception {
    const known = this.#streams.get(ssrc);
    if (known !== undefined) return known;
    const reception = {
      statistics: new StreamStatistics(video ? videoClockRate : 48_000),
      nacks: video ? new NackGenerator() : null,
    };
    this.#streams.set(ssrc, reception);
    return reception;
  }

  /** RFC 4588: the number of the lost packet comes first. Its stream is the one that misses it. */
  #repair(bytes: Buffer, offset: number, time: number): void {
    const sequence = bytes.readUInt16BE(offset);
    for (const { nacks, statistics } of this.#streams.values()) {
      if (nacks === null || nacks.missing === 0) continue;
      const before = nacks.missing;
      nacks.receive(sequence, time);
      if (nacks.missing === before) continue;
      const restored = parseRtp(bytes, table, time);
      if (restored === null) return;
      restored.sequenceNumber = sequence;
      restored.repaired = true;
      if (statistics.receive(restored)) this.#packets += 1;
      return;
    }
  }

  #tellArrivals(): void {
    const [ssrc = 1] = this.#streams.keys();
    for (const packet of this.#feedback.take(ssrc)) this.#send(packet);
  }

  #askAgain(): void {
    const time = clock();
    for (const [ssrc, { nacks }] of this.#streams) {
      const missing = nacks?.due(time, 10) ?? [];
      if (missing.length > 0) this.#send(writeNack(ssrcOfOurs, ssrc, missing));
    }
  }

  #report(): void {
    const time = clock();
    const blocks = [...this.#streams].flatMap(
      ([ssrc, { statistics }]) => statistics.reportBlock(ssrc, time) ?? [],
    );
    for (let at = 0; at < blocks.length; at += 31)
      this.#send(writeReceiverReport(ssrcOfOurs, blocks.slice(at, at + 31)));
  }
}
