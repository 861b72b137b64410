import { randomInt } from 'node:crypto';
import { OPUS_CLOCK_RATE, OPUS_FRAME_TICKS, VIDEO_CLOCK_RATE } from '../codec/opus.ts';
import type { CameraLayer, LineUse, VideoCodec } from '../control/media.ts';
import type { SlotStats } from '../control/stats.ts';
import type { ReportBlock } from '../rtcp/reportBlock.ts';
import { DescribedExtensions } from '../rtp/DescribedExtensions.ts';
import type { RtpPacket } from '../rtp/RtpPacket.ts';
import type { SlotStreams } from '../sdp/answer.ts';
import type { NegotiatedLine } from '../sdp/negotiate.ts';
import { LayerSelection } from '../send/LayerSelection.ts';
import {
  type OutgoingStream,
  type PayloadTypes,
  payloadTypeOf,
  writeForwarded,
  writePlaceholder,
} from '../send/OutgoingStream.ts';
import { RetransmissionCache } from '../send/RetransmissionCache.ts';
import { RtxEncapsulation } from '../send/RtxEncapsulation.ts';
import { SenderReports } from '../send/SenderReports.ts';
import { SlotRewriter } from '../send/SlotRewriter.ts';
import { StreamSwitch } from '../send/StreamSwitch.ts';
import type { PacketBuffer } from '../transport/PacketBuffer.ts';
import type { IncomingStream } from './IncomingStream.ts';
import { SoundRepairs } from './SoundRepairs.ts';

/** Packets and ms that can be asked for again: a second of a 2.5 Mbit/s screen, some seconds of a tile. */
const CACHE = { packets: 512, age: 2_000 };

/** Bytes of padding of one packet: as many as RTP can say (RFC 3550, section 5.1). */
const PADDING = 255;

export interface SlotPorts {
  readonly buffer: PacketBuffer;
  readonly send: (packet: Buffer) => boolean;
  /** The same for what is sent once more under the numbers that it has. */
  readonly resend: (packet: Buffer) => boolean;
  /** The transport-wide sequence number of the packet that is sent next. */
  readonly transportSequence: () => number;
  /** Whether what is sent arrives anywhere. */
  readonly connected: () => boolean;
  /** The stream that is forwarded has become another one. */
  readonly onSwitch: () => void;
}

/** A decision about a video slot, which the next one sticks to where it can. */
export interface SlotChoice {
  readonly sender: string;
  /** The layer that the tile wants; null for a screen. */
  readonly layer: CameraLayer | null;
  /** Index of the layer that there was room for; −1: none. */
  readonly granted: number;
}

/**
 * One receive line of a viewer: a continuous RTP stream of our own, whatever it shows. It is subscribed to the stream
 * that it forwards and to the one that it waits for a key frame of, and to no other.
 */
export class OutgoingSlot {
  readonly line: NegotiatedLine;
  readonly streams: SlotStreams;
  /** Who the slot is for now, which is not yet who is seen in it: see `shown`. */
  assigned: string | null = null;
  /** What was decided for it last; null while it is for nobody. */
  choice: SlotChoice | null = null;
  readonly #ports: SlotPorts;
  readonly #media: OutgoingStream;
  readonly #rtx: RtxEncapsulation | null;
  readonly #rewriter: SlotRewriter;
  readonly #reports: SenderReports;
  readonly #cache: RetransmissionCache | null;
  /** Null for pictures. */
  readonly #sound: SoundRepairs | null;
  readonly #switch: StreamSwitch<IncomingStream>;
  readonly #layers = new LayerSelection();
  /** Of the stream that the slot is aimed at. */
  #wantedLayer = 0;
  readonly #subscriptions = new Set<IncomingStream>();
  /** What is forwarded tells its layers by the Dependency Descriptor. */
  #isDescribed = false;
  #bytes = 0;
  #retransmitted = 0;
  #nacks = 0;
  #keyFrameRequests = 0;
  #fractionLost = 0;

  constructor(line: NegotiatedLine, streams: SlotStreams, ports: SlotPorts) {
    this.line = line;
    this.streams = streams;
    this.#ports = ports;
    const video = line.kind === 'video';
    const { absoluteSendTime, transportSequence, dependencyDescriptor = 0 } = line.extensions;
    // The send time is for receivers that estimate by themselves.
    const timing =
      transportSequence === undefined && absoluteSendTime !== undefined ? { absoluteSendTime } : {};
    const numbering = transportSequence === undefined ? {} : { transportSequence };
    const extensions = DescribedExtensions.of({ ...timing, ...numbering }, dependencyDescriptor);
    const payloadTypes = payloadTypesOf(line, 'payloadType');
    const rtxPayloadTypes = payloadTypesOf(line, 'rtxPayloadType');
    this.#media = { ssrc: streams.ssrc, payloadTypes, extensions };
    this.#rtx =
      streams.rtxSsrc === null
        ? null
        : new RtxEncapsulation(
            { ssrc: streams.rtxSsrc, payloadTypes: rtxPayloadTypes, extensions },
            randomInt(0x8000),
          );
    this.#rewriter = new SlotRewriter({
      clockRate: video ? VIDEO_CLOCK_RATE : OPUS_CLOCK_RATE,
      minimumStep: video ? VIDEO_CLOCK_RATE / 1_000 : OPUS_FRAME_TICKS,
      // A start just below the wrap whose first packets get lost leaves the receiver a turn behind (RFC 3711, section 3.3.1).
      firstSequenceNumber: randomInt(0x8000),
      firstTimestamp: randomInt(0x7fff_ffff),
      firstPictureId: randomInt(0x8000),
      firstTl0PicIdx: randomInt(0x100),
    });
    this.#reports = new SenderReports(streams.ssrc);
    this.#cache = video ? new RetransmissionCache(CACHE.packets, CACHE.age) : null;
    this.#sound = video ? null : new SoundRepairs(ports.resend);
    this.#switch = new StreamSwitch(video);
  }

  get use(): LineUse {
    return this.line.use;
  }

  /** Sent so far, without retransmissions. */
  get packets(): number {
    return this.#reports.packets;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The stream that is forwarded now. */
  get current(): IncomingStream | null {
    return this.#switch.current;
  }

  get target(): IncomingStream | null {
    return this.#switch.target;
  }

  /** The stream whose key frame would complete a switch, be it to that stream or to another layer of it. */
  get awaiting(): IncomingStream | null {
    const { awaiting, current } = this.#switch;
    return awaiting ?? (this.#isDescribed && this.#layers.isWaiting ? current : null);
  }

  /** The layer of the camera that is seen; null while none is, and for a screen. */
  get layer(): CameraLayer | null {
    const { current } = this.#switch;
    if (current === null) return null;
    return this.#isDescribed ? current.layerOf(this.#layers.current) : current.rid;
  }

  /** Whether the viewer understands the codec. */
  takes(codec: VideoCodec | null): boolean {
    return codec === null || this.#media.payloadTypes[codec] !== undefined;
  }

  /** Whose picture or voice is in the slot: of the former one until the new one's key frame has come. */
  get shown(): { participantId: string | null; layer: CameraLayer | null } {
    const current = this.#switch.current;
    if (current !== null) return { participantId: current.peerId, layer: this.layer };
    return { participantId: this.assigned, layer: null };
  }

  /**
   * Shows another stream from its next key frame on, or another spatial layer of the same from where one may switch;
   * null ends what is shown at once.
   */
  aim(stream: IncomingStream | null, spatialLayer = 0): void {
    this.#wantedLayer = spatialLayer;
    // A key frame for a transport that is not there yet would be lost, and the next one is a second away.
    const target = this.#ports.connected() && this.takes(stream?.codec ?? null) ? stream : null;
    if (target !== this.#switch.target) {
      this.#switch.aim(target);
      this.#resubscribe();
    }
    if (target === this.#switch.current) this.#layers.wanted = spatialLayer;
    const { awaiting } = this;
    if (awaiting !== null && this.line.kind === 'video') awaiting.requestKeyFrame();
  }

  /** The stream has ended or may not be forwarded any more. */
  release(stream: IncomingStream): void {
    const wasShown = stream === this.#switch.current;
    this.#switch.release(stream);
    this.#resubscribe();
    if (!wasShown) return;
    // What may not be sent any more may not be sent again either.
    this.#cache?.clear();
    this.#sound?.clear();
    this.#ports.onSwitch();
  }

  /** One packet of a stream that the slot is subscribed to. */
  forward(stream: IncomingStream, packet: RtpPacket, sendTime: number): void {
    this.#forward(stream, packet, sendTime, false);
  }

  /** @param overtook it came before the packet that the slot has just begun with */
  #forward(stream: IncomingStream, packet: RtpPacket, sendTime: number, overtook: boolean): void {
    if (payloadTypeOf(this.#media.payloadTypes, packet.codec) === undefined) {
      // Its sender has gone over to a codec that this viewer does not understand.
      this.release(stream);
      return;
    }
    const decision = this.#switch.decide(stream, packet);
    if (decision === 'drop') return;
    const rewriter = this.#rewriter;
    const former = this.#layers.current;
    if (decision === 'start') this.#layers.restart(stream === this.#switch.target ? this.#wantedLayer : 0);
    const accepted = this.#accepts(packet);
    if (decision === 'start') rewriter.start(packet, stream.clock);
    else if (packet.isPadding || !accepted) {
      if (rewriter.skip(packet)) this.#fill(packet, sendTime);
      if (this.#isDescribed && this.#layers.isWaiting) stream.requestKeyFrame();
      return;
    } else if (!rewriter.rewrite(packet)) return;
    if (accepted) this.#send(packet, sendTime);
    // A key picture that sends none of its layers: the stream begins here all the same, but with nothing to see.
    else this.#fill(packet, sendTime);
    if (decision === 'start') {
      this.#resubscribe();
      // Among those there may be other beginnings, of a sender that means harm: each is looked at once.
      if (!overtook) for (const later of stream.behind(packet)) this.#forward(stream, later, sendTime, true);
    }
    if (decision === 'start' || this.#layers.current !== former) this.#ports.onSwitch();
  }

  #send(packet: RtpPacket, sendTime: number): void {
    const { buffer, send } = this.#ports;
    const transportSequence = this.#ports.transportSequence();
    const rewriter = this.#rewriter;
    const length = writeForwarded(buffer.bytes, this.#media, packet, rewriter, sendTime, transportSequence);
    if (length === 0 || !send(buffer.view(length))) return;
    this.#bytes += length;
    this.#reports.count(packet.payloadEnd - packet.payloadOffset);
    this.#cache?.store(packet, rewriter);
    this.#sound?.onSent(rewriter.sequenceNumber, buffer.view(length), packet.arrival);
  }

  /** See `SoundRepeats`. */
  onLoss(lost: number, repaired: boolean, time: number): void {
    this.#sound?.onLoss(lost, repaired, time);
  }

  /** Whether the packet is of the layers that are forwarded. */
  #accepts(packet: RtpPacket): boolean {
    const { descriptor } = packet;
    const rewriter = this.#rewriter;
    if (descriptor === null) {
      if (!packet.isPadding) {
        rewriter.topLayer = -1;
        this.#isDescribed = false;
      }
      return true;
    }
    this.#isDescribed = true;
    const accepted = this.#layers.accepts(descriptor);
    rewriter.topLayer = this.#layers.current;
    return accepted;
  }

  /** Takes the place of a packet that came late and is left out: nobody shall ask for it. */
  #fill(packet: RtpPacket, sendTime: number): void {
    const { buffer, send, transportSequence } = this.#ports;
    const sequence = transportSequence();
    const length = writePlaceholder(buffer.bytes, this.#media, packet, this.#rewriter, sendTime, sequence);
    if (length > 0) send(buffer.view(length));
  }

  /**
   * Sends again what the viewer has not got (RFC 4588).
   * @param most bytes, with `overhead` for each packet
   * @returns bytes, counted in the same way
   */
  retransmit(
    sequenceNumbers: readonly number[],
    now: number,
    roundTripTime: number,
    sendTime: number,
    most: number,
    overhead: number,
  ): number {
    this.#nacks += 1;
    if (this.#sound !== null) {
      this.#sound.onRequest(sequenceNumbers, now, roundTripTime);
      return 0;
    }
    let sent = 0;
    for (const sequenceNumber of sequenceNumbers) {
      if (sent >= most) break;
      const cached = this.#cache?.take(sequenceNumber, now, roundTripTime);
      if (!cached) continue;
      const { bytes } = this.#ports.buffer;
      const length =
        // Never under its own number: with another header it would break the nonce of AES-GCM (RFC 7714, section 8.1).
        this.#rtx?.write(bytes, cached, sendTime, this.#ports.transportSequence()) ?? 0;
      if (length === 0 || !this.#ports.send(this.#ports.buffer.view(length))) continue;
      this.#retransmitted += 1;
      sent += length + overhead;
    }
    return sent;
  }

  /** Sends a packet of padding on the retransmission stream; returns its length, 0 when it could not be sent. */
  pad(sendTime: number): number {
    const { buffer, send, transportSequence } = this.#ports;
    const length = this.#rtx?.writeProbe(buffer.bytes, PADDING, sendTime, transportSequence()) ?? 0;
    return length > 0 && send(buffer.view(length)) ? length : 0;
  }

  /** The viewer cannot decode what it has (PLI, FIR). */
  onKeyFrameRequest(): void {
    this.#keyFrameRequests += 1;
    this.#switch.current?.requestKeyFrame();
  }

  onReportBlock(block: ReportBlock): void {
    this.#fractionLost = block.fractionLost / 256;
  }

  /** A sender report of this instant; null before the first packet. */
  senderReport(now: number): Uint8Array<ArrayBuffer> | null {
    return this.#reports.report(this.#rewriter, now);
  }

  expire(now: number): void {
    this.#cache?.expire(now);
  }

  /** Leaves all streams. */
  close(): void {
    this.aim(null);
  }

  stats(): SlotStats {
    const { participantId, layer } = this.shown;
    return {
      mid: this.line.mid,
      use: this.use,
      participantId,
      layer,
      packets: this.#reports.packets,
      bytes: this.#bytes,
      packetsRetransmitted: this.#retransmitted + (this.#sound?.count ?? 0),
      nacksReceived: this.#nacks,
      keyFrameRequestsReceived: this.#keyFrameRequests,
      fractionLost: this.#fractionLost,
    };
  }

  #resubscribe(): void {
    const { current, target } = this.#switch;
    for (const stream of this.#subscriptions) {
      if (stream === current || stream === target) continue;
      this.#subscriptions.delete(stream);
      stream.unsubscribe(this);
    }
    for (const stream of [current, target]) {
      if (stream === null || this.#subscriptions.has(stream)) continue;
      this.#subscriptions.add(stream);
      stream.subscribe(this);
    }
  }
}

function payloadTypesOf(line: NegotiatedLine, which: 'payloadType' | 'rtxPayloadType'): PayloadTypes {
  const types: { -readonly [codec in keyof PayloadTypes]: number } = {};
  for (const codec of line.codecs) {
    const type = codec[which];
    if (type !== null) types[codec.name] = type;
  }
  return types;
}
