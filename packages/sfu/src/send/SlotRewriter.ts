import type { StreamClock } from '../receive/StreamClock.ts';
import type { RtpPacket } from '../rtp/RtpPacket.ts';
import { sequenceDistance, timestampDistance } from '../rtp/serial.ts';
import { SequenceMap } from './SequenceMap.ts';
import { Vp8Map } from './Vp8Map.ts';

/** A step of the timestamp is never larger, so that serial arithmetic still knows the direction. */
const MAX_STEP = 0x3fffffff;
/** Capture times and arrival times that disagree by more than this: somebody's clock lies, ms. */
const MAX_DISAGREEMENT = 2_000;
/** The same at a switch, where one sender's lie would hold back the next one's picture by as much. */
const MAX_SHIFT = 500;

export interface SlotRewriterOptions {
  /** Hz */
  readonly clockRate: number;
  /** Ticks that a switch moves the timestamp on by at least: a frame for sound, a millisecond for video. */
  readonly minimumStep: number;
  /** Random (RFC 3550, section 5.1), passed in so that tests can choose. */
  readonly firstSequenceNumber: number;
  readonly firstTimestamp: number;
  readonly firstPictureId: number;
  readonly firstTl0PicIdx: number;
}

/**
 * Turns whatever a slot shows into one continuous RTP stream. `start` for the first packet of a source (a key frame for
 * video), `rewrite` for the others; both leave the outgoing numbers in the public fields.
 */
export class SlotRewriter {
  sequenceNumber = 0;
  timestamp = 0;
  /** −1 where the packet has none. */
  pictureId = -1;
  tl0PicIdx = -1;
  /** Of the Dependency Descriptor; 0 where the packet has none. */
  frameNumber = 0;
  /** The highest spatial layer that is forwarded; −1 where the stream is not described. */
  topLayer = -1;

  readonly #options: SlotRewriterOptions;
  readonly #sequences: SequenceMap;
  readonly #vp8: Vp8Map;
  #clock: StreamClock | null = null;
  #timestampOffset = 0;
  #frameOffset = 0;
  #highestFrame = 0;
  /** The newest frame sent: its timestamp in the source and outside, and when it came. */
  #sourceTimestamp = 0;
  #outTimestamp = 0;
  #arrival = Number.NaN;

  constructor(options: SlotRewriterOptions) {
    this.#options = options;
    this.#sequences = new SequenceMap(options.firstSequenceNumber);
    this.#vp8 = new Vp8Map(options.firstPictureId, options.firstTl0PicIdx);
  }

  /** @param clock of the new source; it aligns the timestamps when both sources have had sender reports */
  start(packet: RtpPacket, clock: StreamClock | null): void {
    const out = Number.isNaN(this.#arrival)
      ? this.#options.firstTimestamp
      : this.#outTimestamp + this.#step(packet, clock);
    this.#clock = clock;
    this.#timestampOffset = (out - packet.timestamp) | 0;
    this.#sourceTimestamp = packet.timestamp;
    this.#outTimestamp = out >>> 0;
    this.#arrival = packet.arrival;
    this.sequenceNumber = this.#sequences.begin(packet.sequenceNumber);
    this.timestamp = this.#outTimestamp;
    if (packet.vp8 !== null) this.#vp8.begin(packet.vp8);
    this.#takeVp8(packet);
    // Receivers take a structure with a lower frame number than the last one for an old one.
    if (packet.descriptor !== null)
      this.#frameOffset = this.#highestFrame + 1 - packet.descriptor.frameNumber;
    this.#takeFrame(packet);
  }

  /** Ticks from the newest frame sent to `packet`, the first of another source. */
  #step(packet: RtpPacket, clock: StreamClock | null): number {
    const byArrival = packet.arrival - this.#arrival;
    let elapsed = byArrival;
    if (clock !== null && this.#clock !== null) {
      const byCapture = clock.captureTime(packet.timestamp) - this.#clock.captureTime(this.#sourceTimestamp);
      if (Math.abs(byCapture - byArrival) <= MAX_SHIFT) elapsed = byCapture;
    }
    const ticks = Math.round((elapsed * this.#options.clockRate) / 1000);
    return Math.min(MAX_STEP, Math.max(this.#options.minimumStep, ticks));
  }

  /** False: not to be forwarded (a duplicate, too late, or from before the switch). */
  rewrite(packet: RtpPacket): boolean {
    const sequence = this.#sequences.map(packet.sequenceNumber);
    if (sequence < 0) return false;
    this.sequenceNumber = sequence;
    this.timestamp = (packet.timestamp + this.#timestampOffset) >>> 0;
    if (timestampDistance(this.#outTimestamp, this.timestamp) > 0) {
      this.#outTimestamp = this.timestamp;
      this.#sourceTimestamp = packet.timestamp;
      this.#arrival = packet.arrival;
    }
    if (packet.vp8 !== null) this.#vp8.map(packet.vp8);
    this.#takeVp8(packet);
    this.#takeFrame(packet);
    return true;
  }

  #takeFrame({ descriptor }: RtpPacket): void {
    if (descriptor === null) {
      this.frameNumber = 0;
      return;
    }
    this.frameNumber = (descriptor.frameNumber + this.#frameOffset) & 0xffff;
    if (sequenceDistance(this.#highestFrame, this.frameNumber) > 0) this.#highestFrame = this.frameNumber;
  }

  #takeVp8(packet: RtpPacket): void {
    this.pictureId = packet.vp8 === null ? -1 : this.#vp8.pictureId;
    this.tl0PicIdx = packet.vp8 === null ? -1 : this.#vp8.tl0PicIdx;
  }

  /**
   * A packet of the current source that is left out on purpose: padding, or of a layer that is not forwarded. True when
   * its place has been kept free, because those after it came first: something must be sent in it, or it would be asked
   * for; its numbers are in the public fields.
   */
  skip(packet: RtpPacket): boolean {
    if (!this.#sequences.isLate(packet.sequenceNumber)) {
      this.#sequences.skip(packet.sequenceNumber);
      return false;
    }
    return this.rewrite(packet);
  }

  /**
   * The outgoing timestamp of the instant `time` (ms on the SFU's clock), for a sender report; null before the first
   * packet. From the source's sender reports, and by the time since the newest frame until one has come.
   */
  timestampAt(time: number): number | null {
    if (Number.isNaN(this.#arrival)) return null;
    const elapsed = ((time - this.#arrival) * this.#options.clockRate) / 1000;
    const byArrival = (this.#outTimestamp + Math.round(elapsed)) >>> 0;
    const source = this.#clock?.timestampAt(time) ?? Number.NaN;
    if (Number.isNaN(source)) return byArrival;
    const byCapture = (source + this.#timestampOffset) >>> 0;
    const disagreement = Math.abs(timestampDistance(byArrival, byCapture));
    return disagreement <= (MAX_DISAGREEMENT * this.#options.clockRate) / 1000 ? byCapture : byArrival;
  }
}
