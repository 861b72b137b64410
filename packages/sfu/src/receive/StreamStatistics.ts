import type { ReportBlock } from '../rtcp/reportBlock.ts';
import type { RtpPacket } from '../rtp/RtpPacket.ts';
import { SequenceUnwrapper, sequenceDistance } from '../rtp/serial.ts';

/** RFC 3550, A.1: a jump of this many numbers, or a packet this late, may be a restart of the sender. */
const MAX_DROPOUT = 3000;
const WINDOW = 1024;

/** Reception of one incoming SSRC: what is new, what is lost, how much it jitters (RFC 3550, A.1, A.3, A.8). */
export class StreamStatistics {
  readonly #clockRate: number;
  #unwrapper = new SequenceUnwrapper();
  /** The extended numbers last seen, each at its place modulo the window. */
  readonly #seen = new Float64Array(WINDOW).fill(-1);
  #base = 0;
  #highest = -1;
  #suspect = -1;
  #packets = 0;
  #repairedPackets = 0;
  #octets = 0;
  /** Of the present run of numbers: a restart begins a new one. */
  #received = 0;
  #lostBefore = 0;
  #expectedReported = 0;
  #receivedReported = 0;
  #transit = Number.NaN;
  #jitter = 0;
  #reportMiddleNtp = 0;
  #reportArrival = 0;

  /** @param clockRate Hz */
  constructor(clockRate: number) {
    this.#clockRate = clockRate;
  }

  /** Packets taken in over all, repaired ones included; payload octets. */
  get packets(): number {
    return this.#packets;
  }

  get repairedPackets(): number {
    return this.#repairedPackets;
  }

  get octets(): number {
    return this.#octets;
  }

  /** Interarrival jitter, ms. */
  get jitter(): number {
    return (this.#jitter * 1000) / this.#clockRate;
  }

  /** Packets lost on the way, whether they were repaired afterwards or not. */
  get lost(): number {
    return this.#lostBefore + this.#expected - this.#received;
  }

  /** True when nothing newer than `packet` has come: it did not come late. */
  isNewest(packet: RtpPacket): boolean {
    return this.#highest >= 0 && packet.sequenceNumber === (this.#highest & 0xffff);
  }

  get #expected(): number {
    return this.#highest < 0 ? 0 : this.#highest - this.#base + 1;
  }

  /**
   * Takes in a packet. False: a duplicate (the original after its retransmission, for one), too old, or a lone number
   * far off, none of which is to be forwarded.
   */
  receive(packet: RtpPacket): boolean {
    const sequence = packet.sequenceNumber;
    const newest = this.#unwrapper.newest;
    if (newest !== null) {
      const ahead = sequenceDistance(newest & 0xffff, sequence);
      if (ahead > MAX_DROPOUT || ahead < -WINDOW) {
        // Two in a row are a sender that restarted (A.1); repaired packets are no sign of one.
        if (packet.repaired || sequence !== this.#suspect) {
          if (!packet.repaired) this.#suspect = (sequence + 1) & 0xffff;
          return false;
        }
        this.#restart();
      }
    }
    const first = this.#highest < 0;
    // One cycle up, so that packets from before the first one have positive numbers too.
    const extended = this.#unwrapper.unwrap(sequence) + 0x10000;
    const place = extended % WINDOW;
    if (this.#seen[place] === extended) return false;
    if (!first && extended <= this.#highest - WINDOW) return false;
    this.#seen[place] = extended;
    this.#suspect = -1;
    if (first) this.#base = extended;
    else if (extended < this.#base) this.#base = extended;
    if (extended > this.#highest) this.#highest = extended;
    this.#packets += 1;
    this.#octets += packet.payloadEnd - packet.payloadOffset;
    if (packet.repaired) this.#repairedPackets += 1;
    else {
      this.#received += 1;
      this.#updateJitter(packet);
    }
    return true;
  }

  #restart(): void {
    this.#lostBefore = this.lost;
    this.#unwrapper = new SequenceUnwrapper();
    this.#seen.fill(-1);
    this.#highest = -1;
    this.#received = 0;
    this.#expectedReported = 0;
    this.#receivedReported = 0;
    this.#transit = Number.NaN;
  }

  /** A.8, in floating point instead of its scaled integers. */
  #updateJitter(packet: RtpPacket): void {
    const transit = (packet.arrival * this.#clockRate) / 1000 - packet.timestamp;
    const difference = Math.abs(transit - this.#transit) % 0x1_0000_0000;
    this.#transit = transit;
    if (Number.isNaN(difference)) return;
    const nearest = Math.min(difference, 0x1_0000_0000 - difference);
    // A seek of the sender's clock is no jitter.
    if (nearest > 5 * this.#clockRate) return;
    this.#jitter += (nearest - this.#jitter) / 16;
  }

  /** @param middle see `middleNtp()`; @param arrival ms */
  onSenderReport(middle: number, arrival: number): void {
    this.#reportMiddleNtp = middle;
    this.#reportArrival = arrival;
  }

  /** The report block since the former call; null before the first packet (A.3). */
  reportBlock(ssrc: number, now: number): ReportBlock | null {
    if (this.#highest < 0) return null;
    const expected = this.#expected;
    const expectedNow = expected - this.#expectedReported;
    const lostNow = expectedNow - (this.#received - this.#receivedReported);
    this.#expectedReported = expected;
    this.#receivedReported = this.#received;
    const fraction = expectedNow <= 0 || lostNow <= 0 ? 0 : Math.floor((lostNow * 256) / expectedNow);
    const delay = this.#reportMiddleNtp === 0 ? 0 : ((now - this.#reportArrival) * 65_536) / 1000;
    return {
      ssrc,
      fractionLost: Math.min(255, fraction),
      cumulativeLost: Math.max(-0x800000, Math.min(0x7fffff, this.lost)),
      highestSequence: (this.#highest - 0x10000) >>> 0,
      jitter: Math.round(this.#jitter) >>> 0,
      lastSenderReport: this.#reportMiddleNtp,
      delaySinceLastSenderReport: Math.max(0, Math.round(delay)) >>> 0,
    };
  }
}
