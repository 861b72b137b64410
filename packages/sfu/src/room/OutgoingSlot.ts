import { randomInt } from 'node:crypto';
import { OPUS_CLOCK_RATE, OPUS_FRAME_TICKS, VIDEO_CLOCK_RATE } from '../codec/opus.ts';
import type { CameraLayer, LineUse } from '../control/media.ts';
import type { SlotStats } from '../control/stats.ts';
import type { ReportBlock } from '../rtcp/reportBlock.ts';
import { ExtensionTemplate } from '../rtp/ExtensionTemplate.ts';
import type { RtpPacket } from '../rtp/RtpPacket.ts';
import type { SlotStreams } from '../sdp/answer.ts';
import type { NegotiatedLine } from '../sdp/negotiate.ts';
import { type OutgoingStream, writeForwarded } from '../send/OutgoingStream.ts';
import { RetransmissionCache } from '../send/RetransmissionCache.ts';
import { RtxEncapsulation } from '../send/RtxEncapsulation.ts';
import { SenderReports } from '../send/SenderReports.ts';
import { SlotRewriter } from '../send/SlotRewriter.ts';
import { StreamSwitch } from '../send/StreamSwitch.ts';
import type { PacketBuffer } from '../transport/PacketBuffer.ts';
import type { IncomingStream } from './IncomingStream.ts';

/** Packets and ms that can be asked for again: a second of a 2.5 Mbit/s screen, some seconds of a tile. */
const CACHE = { packets: 512, age: 2_000 };

export interface SlotPorts {
  readonly buffer: PacketBuffer;
  readonly send: (packet: Buffer) => boolean;
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
  readonly #switch: StreamSwitch<IncomingStream>;
  readonly #subscriptions = new Set<IncomingStream>();
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
    const { absoluteSendTime } = line.extensions;
    const extensions = new ExtensionTemplate(absoluteSendTime === undefined ? {} : { absoluteSendTime });
    this.#media = { ssrc: streams.ssrc, payloadType: line.codec.payloadType, extensions };
    this.#rtx =
      streams.rtxSsrc === null || line.codec.rtxPayloadType === null
        ? null
        : new RtxEncapsulation(
            { ssrc: streams.rtxSsrc, payloadType: line.codec.rtxPayloadType, extensions },
            randomInt(0x10000),
          );
    this.#rewriter = new SlotRewriter({
      clockRate: video ? VIDEO_CLOCK_RATE : OPUS_CLOCK_RATE,
      minimumStep: video ? VIDEO_CLOCK_RATE / 1_000 : OPUS_FRAME_TICKS,
      firstSequenceNumber: randomInt(0x8000),
      firstTimestamp: randomInt(0x7fff_ffff),
      firstPictureId: randomInt(0x8000),
      firstTl0PicIdx: randomInt(0x100),
    });
    this.#reports = new SenderReports(streams.ssrc);
    this.#cache = video ? new RetransmissionCache(CACHE.packets, CACHE.age) : null;
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

  /** The stream whose key frame would complete a switch. */
  get awaiting(): IncomingStream | null {
    return this.#switch.awaiting;
  }

  /** Whose picture or voice is in the slot: of the former one until the new one's key frame has come. */
  get shown(): { participantId: string | null; layer: CameraLayer | null } {
    const current = this.#switch.current;
    if (current !== null) return { participantId: current.peerId, layer: current.rid };
    return { participantId: this.assigned, layer: null };
  }

  /** Shows another stream from its next key frame on; null ends what is shown at once. */
  aim(stream: IncomingStream | null): void {
    // A key frame for a transport that is not there yet would be lost, and the next one is a second away.
    const target = this.#ports.connected() ? stream : null;
    if (target === this.#switch.target) return;
    this.#switch.aim(target);
    this.#resubscribe();
    const { awaiting } = this.#switch;
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
    this.#ports.onSwitch();
  }

  /** One packet of a stream that the slot is subscribed to. */
  forward(stream: IncomingStream, packet: RtpPacket, sendTime: number): void {
    const decision = this.#switch.decide(stream, packet);
    if (decision === 'drop') return;
    const rewriter = this.#rewriter;
    if (decision === 'start') rewriter.start(packet, stream.clock);
    else if (packet.isPadding) {
      rewriter.skip(packet);
      return;
    } else if (!rewriter.rewrite(packet)) return;
    const { buffer, send } = this.#ports;
    const length = writeForwarded(buffer.bytes, this.#media, packet, rewriter, sendTime, 0);
    if (length > 0 && send(buffer.view(length))) {
      this.#bytes += length;
      this.#reports.count(packet.payloadEnd - packet.payloadOffset);
      this.#cache?.store(
        packet,
        rewriter.sequenceNumber,
        rewriter.timestamp,
        rewriter.pictureId,
        rewriter.tl0PicIdx,
      );
    }
    if (decision === 'start') {
      this.#resubscribe();
      this.#ports.onSwitch();
    }
  }

  /** Sends again what the viewer has not got (RFC 4588); returns the number of packets sent. */
  retransmit(
    sequenceNumbers: readonly number[],
    now: number,
    roundTripTime: number,
    sendTime: number,
    most: number,
  ): number {
    this.#nacks += 1;
    let sent = 0;
    for (const sequenceNumber of sequenceNumbers) {
      if (sent >= most) break;
      const cached = this.#cache?.take(sequenceNumber, now, roundTripTime);
      if (!cached) continue;
      const { bytes } = this.#ports.buffer;
      const length =
        this.#rtx?.write(bytes, cached, sendTime, 0) ??
        writeForwarded(bytes, this.#media, cached.packet, cached, sendTime, 0);
      if (length > 0 && this.#ports.send(this.#ports.buffer.view(length))) sent += 1;
    }
    this.#retransmitted += sent;
    return sent;
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
      packetsRetransmitted: this.#retransmitted,
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
