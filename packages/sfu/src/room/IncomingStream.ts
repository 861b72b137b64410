import { OPUS_CLOCK_RATE, VIDEO_CLOCK_RATE } from '../codec/opus.ts';
import type { CameraLayer, LineUse, VideoCodec } from '../control/media.ts';
import type { UpstreamStats } from '../control/stats.ts';
import { FrameReader } from '../receive/FrameReader.ts';
import { KeyFrameLimiter } from '../receive/KeyFrameLimiter.ts';
import { NackGenerator } from '../receive/NackGenerator.ts';
import { Overtakers } from '../receive/Overtakers.ts';
import { type SenderClock, StreamClock } from '../receive/StreamClock.ts';
import { StreamStatistics } from '../receive/StreamStatistics.ts';
import { writeNack } from '../rtcp/nack.ts';
import { middleNtp, ntpMilliseconds } from '../rtcp/ntp.ts';
import { writePictureLossIndication } from '../rtcp/pictureLossIndication.ts';
import type { ReportBlock } from '../rtcp/reportBlock.ts';
import type { SenderReport } from '../rtcp/senderReport.ts';
import type { RtpPacket } from '../rtp/RtpPacket.ts';
import { now } from './clock.ts';
import { CAMERA_LAYERS } from './layers.ts';
import type { OutgoingSlot } from './OutgoingSlot.ts';
import { RateMeter } from './RateMeter.ts';

/** Sound that comes later than this is not played any more, ms. */
const SOUND_MAX_AGE = 500;
/** A stream without packets for so long has paused, ms. */
const PAUSE = 1_000;

export interface IncomingStreamOptions {
  readonly peerId: string;
  readonly use: LineUse;
  readonly kind: 'audio' | 'video';
  /** The sender repeats what it is asked for. */
  readonly nack: boolean;
  /** The simulcast layer; null where there is only one stream. */
  readonly rid: CameraLayer | null;
  readonly ssrc: number;
  readonly senderClock: SenderClock;
  /** The SSRC that our feedback comes from. */
  readonly feedbackSsrc: number;
  /** Sends RTCP to the peer. */
  readonly send: (packet: Uint8Array<ArrayBuffer>) => void;
  /** It has begun, has come back after a pause, or has other layers than before. */
  readonly onChange: (stream: IncomingStream) => void;
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
  readonly #overtakers = new Overtakers();
  readonly #rate = new RateMeter();
  readonly #frames: FrameReader | null;
  /** By spatial layer: its decode target. */
  readonly #layers: { readonly rate: RateMeter; lastPacketAt: number }[] = [];
  readonly #subscribers: OutgoingSlot[] = [];
  #lastPacketAt = Number.NEGATIVE_INFINITY;
  /** The packet that is looked at now starts a key frame. */
  #isStarting = false;
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
    this.#nacks = options.nack
      ? new NackGenerator(options.kind === 'audio' ? SOUND_MAX_AGE : undefined)
      : null;
    this.#frames = options.kind === 'video' ? new FrameReader() : null;
  }

  /** When the last packet came, ms. */
  get lastPacketAt(): number {
    return this.#lastPacketAt;
  }

  /** bit/s over the last second. */
  bitrate(time: number): number {
    return this.#rate.bitrate(time);
  }

  /** The codec that it comes in; null before the first packet, and of sound. */
  get codec(): VideoCodec | null {
    const codec = this.#frames?.codec ?? null;
    return codec === 'opus' ? null : codec;
  }

  /** Spatial layers that come in this one stream. */
  get spatialLayers(): number {
    return this.#frames?.spatialLayers ?? 1;
  }

  /** The camera's layer that a spatial layer is: several begin with the smallest, one is what its rid says. */
  layerOf(spatialLayer: number): CameraLayer | null {
    return this.spatialLayers > 1 ? (CAMERA_LAYERS[spatialLayer] ?? null) : this.rid;
  }

  /** bit/s of all that a viewer of that spatial layer gets, and when the last packet of it came. */
  arrivalOf(spatialLayer: number, time: number): { bitrate: number; lastPacketAt: number } {
    if (this.spatialLayers === 1) return { bitrate: this.bitrate(time), lastPacketAt: this.#lastPacketAt };
    const layer = this.#layers[spatialLayer];
    return {
      bitrate: layer?.rate.bitrate(time) ?? 0,
      lastPacketAt: layer?.lastPacketAt ?? Number.NEGATIVE_INFINITY,
    };
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
    const { arrival } = packet;
    let changed = arrival - this.#lastPacketAt > PAUSE;
    this.#lastPacketAt = arrival;
    if (this.#frames === null) {
      if (changed) this.#options.onChange(this);
      this.#forward(packet, sendTime);
      return;
    }
    const { codec, spatialLayers } = this.#frames;
    const ready = this.#frames.read(packet);
    changed ||= codec !== this.#frames.codec || spatialLayers !== this.#frames.spatialLayers;
    for (const each of ready) {
      this.#meter(each);
      if (each.keyFrame) this.#onKeyFrame(each);
      if (changed) this.#announce(each.keyFrame);
      changed = false;
      this.#forward(each, sendTime);
      this.#overtakers.add(each, this.#keyFrames.wanted);
    }
    if (changed) this.#announce(false);
  }

  /** A slot that begins with this very packet needs no other key frame. */
  #announce(isKeyFrame: boolean): void {
    this.#isStarting = isKeyFrame;
    this.#options.onChange(this);
    this.#isStarting = false;
  }

  #meter(packet: RtpPacket): void {
    if (this.#frames === null || packet.descriptor === null) return;
    for (let layer = 0; layer < this.#frames.spatialLayers; layer++) {
      if (!this.#frames.isIn(packet, layer)) continue;
      const meter = this.#layers[layer] ?? { rate: new RateMeter(), lastPacketAt: 0 };
      this.#layers[layer] = meter;
      meter.rate.add(packet.payloadEnd, packet.arrival);
      meter.lastPacketAt = packet.arrival;
    }
  }

  #forward(packet: RtpPacket, sendTime: number): void {
    const slots = this.#subscribers;
    // A slot that takes over leaves other streams than this one: the list stays whole meanwhile.
    for (let index = 0; index < slots.length; index++) slots[index]?.forward(this, packet, sendTime);
  }

  onSenderReport(report: SenderReport, arrival: number): void {
    this.clock.onSenderReport(ntpMilliseconds(report.ntp), report.rtpTimestamp, arrival);
    this.#statistics.onSenderReport(middleNtp(report.ntp), arrival);
  }

  /** What came before the first packet of a key frame but belongs behind it, in order: a slot that begins there needs it. */
  behind(keyFrame: RtpPacket): readonly RtpPacket[] {
    return this.#overtakers.behind(keyFrame);
  }

  /** Somebody cannot go on, or not begin, without a key frame. */
  requestKeyFrame(): void {
    if (this.#isStarting) return;
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
    if (this.#frames === null) return;
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
