import { OPUS_CLOCK_RATE, VIDEO_CLOCK_RATE } from '../codec/opus.ts';
import { parseVp8 } from '../codec/vp8.ts';
import type { CameraLayer, LineUse } from '../control/media.ts';
import type { UpstreamStats } from '../control/stats.ts';
import { KeyFrameLimiter } from '../receive/KeyFrameLimiter.ts';
import { NackGenerator } from '../receive/NackGenerator.ts';
import { type SenderClock, StreamClock } from '../receive/StreamClock.ts';
import { StreamStatistics } from '../receive/StreamStatistics.ts';
import { writeNack } from '../rtcp/nack.ts';
import { middleNtp, ntpMilliseconds } from '../rtcp/ntp.ts';
import { writePictureLossIndication } from '../rtcp/pictureLossIndication.ts';
import type { ReportBlock } from '../rtcp/reportBlock.ts';
import type { SenderReport } from '../rtcp/senderReport.ts';
import type { RtpPacket } from '../rtp/RtpPacket.ts';
import { now } from './clock.ts';
import type { OutgoingSlot } from './OutgoingSlot.ts';
import { RateMeter } from './RateMeter.ts';

/** A stream without packets for so long has paused, ms. */
const PAUSE = 1_000;

export interface IncomingStreamOptions {
  readonly peerId: string;
  readonly use: LineUse;
  readonly kind: 'audio' | 'video';
  /** The simulcast layer; null where there is only one stream. */
  readonly rid: CameraLayer | null;
  readonly ssrc: number;
  readonly senderClock: SenderClock;
  /** The SSRC that our feedback comes from. */
  readonly feedbackSsrc: number;
  /** Sends RTCP to the peer. */
  readonly send: (packet: Uint8Array<ArrayBuffer>) => void;
}

/** One stream that a peer sends: its reception, and the slots that show it or wait for it. */
export class IncomingStream {
  readonly peerId: string;
  readonly use: LineUse;
  readonly rid: CameraLayer | null;
  readonly ssrc: number;
  readonly clock: StreamClock;
  readonly #options: IncomingStreamOptions;
  readonly #statistics: StreamStatistics;
  readonly #nacks: NackGenerator | null;
  readonly #keyFrames = new KeyFrameLimiter();
  readonly #rate = new RateMeter();
  readonly #subscribers: OutgoingSlot[] = [];
  #lastPacketAt = Number.NEGATIVE_INFINITY;
  #keyFrameCount = 0;
  #nackCount = 0;
  #keyFrameRequestCount = 0;

  constructor(options: IncomingStreamOptions) {
    this.#options = options;
    this.peerId = options.peerId;
    this.use = options.use;
    this.rid = options.rid;
    this.ssrc = options.ssrc;
    const clockRate = options.kind === 'video' ? VIDEO_CLOCK_RATE : OPUS_CLOCK_RATE;
    this.clock = new StreamClock(clockRate, options.senderClock);
    this.#statistics = new StreamStatistics(clockRate);
    this.#nacks = options.kind === 'video' ? new NackGenerator() : null;
  }

  /** When the last packet came, ms. */
  get lastPacketAt(): number {
    return this.#lastPacketAt;
  }

  /** bit/s over the last second. */
  bitrate(time: number): number {
    return this.#rate.bitrate(time);
  }

  /** Notes that a packet has come at `time`; true when it is the first one, or the first after a pause. */
  arrive(time: number): boolean {
    const paused = time - this.#lastPacketAt > PAUSE;
    this.#lastPacketAt = time;
    return paused;
  }

  subscribe(slot: OutgoingSlot): void {
    if (!this.#subscribers.includes(slot)) this.#subscribers.push(slot);
  }

  unsubscribe(slot: OutgoingSlot): void {
    const at = this.#subscribers.indexOf(slot);
    if (at >= 0) this.#subscribers.splice(at, 1);
  }

  /** To everybody who shows this stream or waits for it, unless it came already or cannot be read. */
  receive(packet: RtpPacket, sendTime: number): void {
    // First of all whether it belongs to the stream: one stray number would make everything else look lost.
    if (!this.#statistics.receive(packet)) return;
    this.#nacks?.receive(packet.sequenceNumber, packet.arrival);
    this.#rate.add(packet.payloadEnd, packet.arrival);
    if (this.#nacks !== null && !packet.isPadding) {
      packet.vp8 = parseVp8(packet.bytes, packet.payloadOffset, packet.payloadEnd);
      if (packet.vp8 === null) return;
      if (packet.vp8.keyFrame) this.#onKeyFrame(packet);
    }
    const slots = this.#subscribers;
    // A slot that takes over leaves other streams than this one: the list stays whole meanwhile.
    for (let index = 0; index < slots.length; index++) slots[index]?.forward(this, packet, sendTime);
  }

  onSenderReport(report: SenderReport, arrival: number): void {
    this.clock.onSenderReport(ntpMilliseconds(report.ntp), report.rtpTimestamp, arrival);
    this.#statistics.onSenderReport(middleNtp(report.ntp), arrival);
  }

  /** Somebody cannot go on, or not begin, without a key frame. */
  requestKeyFrame(): void {
    this.#keyFrames.want();
    this.#sendKeyFrameRequest(now());
  }

  reportBlock(time: number): ReportBlock | null {
    return this.#statistics.reportBlock(this.ssrc, time);
  }

  /** Asks for what is missing. */
  tick(time: number, roundTripTime: number): void {
    if (this.#nacks === null) return;
    const missing = this.#nacks.due(time, roundTripTime);
    if (missing.length > 0) {
      this.#nackCount += 1;
      this.#options.send(writeNack(this.#options.feedbackSsrc, this.ssrc, missing));
    }
    const broken = this.#nacks.takeKeyFrameNeed();
    if (this.#subscribers.length === 0) this.#keyFrames.settle();
    else if (broken) this.#keyFrames.want();
    this.#sendKeyFrameRequest(time);
  }

  /** It is over, or may not be forwarded any more: nobody shows it from now on. */
  release(): void {
    for (const slot of [...this.#subscribers]) slot.release(this);
  }

  stats(time: number): UpstreamStats {
    const statistics = this.#statistics;
    return {
      use: this.use,
      rid: this.rid,
      ssrc: this.ssrc,
      packets: statistics.packets,
      bytes: statistics.octets,
      packetsLost: statistics.lost,
      jitter: statistics.jitter,
      packetsRepaired: statistics.repairedPackets,
      keyFrames: this.#keyFrameCount,
      nacksSent: this.#nackCount,
      keyFrameRequestsSent: this.#keyFrameRequestCount,
      bitrate: this.#rate.bitrate(time),
    };
  }

  #onKeyFrame(packet: RtpPacket): void {
    this.#keyFrameCount += 1;
    this.#keyFrames.settle();
    this.#nacks?.onKeyFrame(packet.sequenceNumber);
  }

  #sendKeyFrameRequest(time: number): void {
    if (!this.#keyFrames.due(time)) return;
    this.#keyFrameRequestCount += 1;
    this.#options.send(writePictureLossIndication(this.#options.feedbackSsrc, this.ssrc));
  }
}
