import { writeNack } from '../../src/rtcp/nack.ts';
import { writeReceiverEstimatedBitrate } from '../../src/rtcp/receiverEstimatedBitrate.ts';
import { writeReceiverReport } from '../../src/rtcp/receiverReport.ts';
import { isRtcp } from '../../src/rtp/parseRtp.ts';
import { PAYLOAD_TYPES } from '../../src/testing/writeOffer.ts';
import { clock, STAMP } from './Source.ts';
import { PACKET_BYTES } from './scenario.ts';
import type { Transport } from './Transport.ts';

/** What all sinks of the process have got since the last report. */
export class Tally {
  packets = 0;
  bytes = 0;
  readonly delays: number[] = [];
}

/**
 * A receiver that reports as browsers do: receiver reports and an estimate each second, and a NACK for one packet in a
 * hundred. The transport-wide feedback to our own server is the transport's.
 */
export class Sink {
  readonly #transport: Transport;
  readonly #tally: Tally;
  readonly #highest = new Map<number, number>();

  constructor(transport: Transport, tally: Tally) {
    this.#transport = transport;
    this.#tally = tally;
    transport.onPacket((packet) => this.#receive(packet));
    setInterval(() => this.#report(), 1_000);
  }

  #receive(bytes: Buffer): void {
    if (isRtcp(bytes)) return;
    // A probe, or a retransmission.
    if (bytes.length < PACKET_BYTES - 100 || (bytes.readUInt8(1) & 0x7f) === PAYLOAD_TYPES.rtx) return;
    const [sequenceNumber, ssrc] = [bytes.readUInt16BE(2), bytes.readUInt32BE(8)];
    this.#tally.packets += 1;
    this.#tally.bytes += bytes.length;
    this.#tally.delays.push(clock() - bytes.readDoubleBE(bytes.length - STAMP));
    this.#highest.set(ssrc, sequenceNumber);
    if (sequenceNumber % 100 === 0) this.#transport.send(writeNack(1, ssrc, [(sequenceNumber - 2) & 0xffff]));
  }

  #report(): void {
    const blocks = [...this.#highest].map(([ssrc, highestSequence]) => ({
      ...{ ssrc, fractionLost: 0, cumulativeLost: 0, highestSequence, jitter: 9 },
      ...{ lastSenderReport: 0, delaySinceLastSenderReport: 0 },
    }));
    if (blocks.length === 0) return;
    this.#transport.send(writeReceiverReport(1, blocks));
    this.#transport.send(writeReceiverEstimatedBitrate(1, 50_000_000, [...this.#highest.keys()]));
  }
}
