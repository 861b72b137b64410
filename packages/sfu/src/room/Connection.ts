import { randomBytes, randomInt } from 'node:crypto';
import type { CameraLayer } from '../control/media.ts';
import type { PeerStats } from '../control/stats.ts';
import { RateLimit } from '../receive/RateLimit.ts';
import { decapsulateRtx } from '../receive/rtxDecapsulation.ts';
import { type Binding, StreamBinder } from '../receive/StreamBinder.ts';
import { SenderClock } from '../receive/StreamClock.ts';
import { TransportFeedbackRecorder } from '../receive/TransportFeedbackRecorder.ts';
import { parseRtcp, type RtcpPacket } from '../rtcp/parseRtcp.ts';
import { absoluteSendTime } from '../rtp/ExtensionTemplate.ts';
import { type ExtensionIds, ExtensionTable } from '../rtp/HeaderExtensions.ts';
import { isRtcp, parseRtp } from '../rtp/parseRtp.ts';
import type { RtpPacket } from '../rtp/RtpPacket.ts';
import { type SlotStreams, writeAnswer } from '../sdp/answer.ts';
import { announcedCandidates } from '../sdp/candidates.ts';
import type { NegotiatedLine, Negotiation } from '../sdp/negotiate.ts';
import { RoundTripTime } from '../send/RoundTripTime.ts';
import type { FaultListener } from '../transport/guard.ts';
import { MediaTransport, type TransportState } from '../transport/MediaTransport.ts';
import type { PacketBuffer } from '../transport/PacketBuffer.ts';
import { now } from './clock.ts';
import { DownlinkBudget } from './DownlinkBudget.ts';
import { IncomingStream } from './IncomingStream.ts';
import { LossMeter } from './LossMeter.ts';
import { OutgoingSlot } from './OutgoingSlot.ts';
import type { Peer } from './Peer.ts';
import { RateMeter } from './RateMeter.ts';
import { sendReports } from './reports.ts';
import { type Source, sourceOf } from './sources.ts';

export interface ConnectionOptions {
  readonly udpPort: number;
  readonly bindAddress?: string | undefined;
  readonly announcedAddresses?: readonly string[] | undefined;
  readonly maxIncomingBitrate?: number | undefined;
}

export interface ConnectionPorts {
  readonly buffer: PacketBuffer;
  readonly onState: (connection: Connection, state: TransportState) => void;
  /** A stream has begun, or has come back after a pause. */
  readonly onStream: (stream: IncomingStream) => void;
  /** What a slot shows has changed. */
  readonly onSwitch: (connection: Connection) => void;
  readonly onAudioLevel: (peer: Peer, level: number, voice: boolean, time: number) => void;
  readonly onFault: FaultListener;
}

/** Above what a browser sends: 3 layers, a screen, two sounds, probes; packets of 100 bytes at least. */
const LIMIT = { bitsPerSecond: 8_000_000, packetsPerSecond: 3_000, burst: 500 };
/** RTCP that a peer may send, datagrams per second. */
const RTCP_PER_SECOND = 500;
/** Packets that are sent again for one peer in a second: at most this share of those of the second before, or so many. */
const RETRANSMITTED_SHARE = 0.3;
const LEAST_ALLOWANCE = 30;
const FEEDBACK_INTERVAL = 60;
const REPORT_INTERVAL = 1_000;

/** What a line carries towards us. */
interface Upstream {
  readonly line: NegotiatedLine;
  readonly source: Source;
}

/**
 * One transport of a peer with all its lines: packets in are bound, checked against what the peer may send, counted,
 * and handed to their stream; RTCP in is answered; slots go out.
 */
export class Connection implements Disposable {
  readonly peer: Peer;
  readonly negotiation: Negotiation;
  readonly slots: readonly OutgoingSlot[];
  /** What may be sent to this peer. */
  readonly budget = new DownlinkBudget();
  readonly #ports: ConnectionPorts;
  readonly #upstreams = new Map<string, Upstream>();
  readonly #slotsBySsrc = new Map<number, OutgoingSlot>();
  readonly #streams = new Map<Binding, IncomingStream>();
  readonly #binder: StreamBinder;
  readonly #extensions: ExtensionTable;
  readonly #limit: RateLimit;
  readonly #rtcpLimit = new RateLimit({
    bitsPerSecond: 2_000_000,
    packetsPerSecond: RTCP_PER_SECOND,
    burst: 1_000,
  });
  readonly #outgoing = new RateMeter();
  readonly #loss = new LossMeter();
  readonly #senderClock = new SenderClock();
  readonly #ssrc = randomInt(1, 0x1_0000_0000);
  readonly #feedback = new TransportFeedbackRecorder(this.#ssrc);
  readonly #roundTrip = new RoundTripTime();
  readonly #cname = randomBytes(9).toString('base64url');
  #transport: MediaTransport | null = null;
  #feedbackAt = 0;
  #reportAt = 0;
  /** Retransmissions that may still be sent in this second. */
  #allowance = LEAST_ALLOWANCE;
  #packetsAllowed = 0;
  #lastMediaSsrc = 0;
  #estimate: number | null = null;
  #packetsIn = 0;
  #bytesIn = 0;
  #packetsOut = 0;
  #bytesOut = 0;
  #bytesMetered = 0;
  readonly #dropped = { malformed: 0, forbidden: 0, unbound: 0, overLimit: 0 };

  private constructor(
    peer: Peer,
    negotiation: Negotiation,
    options: ConnectionOptions,
    ports: ConnectionPorts,
  ) {
    this.peer = peer;
    this.negotiation = negotiation;
    this.#ports = ports;
    this.#limit = new RateLimit({
      ...LIMIT,
      bitsPerSecond: options.maxIncomingBitrate ?? LIMIT.bitsPerSecond,
    });
    this.slots = this.#makeSlots();
    for (const line of negotiation.lines) {
      const source = sourceOf(line.use);
      if (source !== null) this.#upstreams.set(line.mid, { line, source });
    }
    this.#extensions = new ExtensionTable(extensionIds(negotiation.lines));
    this.#binder = new StreamBinder(
      [...this.#upstreams.values()].map(({ line }) => ({
        mid: line.mid,
        rids: line.rids,
        rtxPayloadTypes: line.codec.rtxPayloadType === null ? [] : [line.codec.rtxPayloadType],
      })),
    );
  }

  /** Opens the transport and writes the answer. The connection carries media once its state is `connected`. */
  static async open(
    peer: Peer,
    negotiation: Negotiation,
    options: ConnectionOptions,
    ports: ConnectionPorts,
  ): Promise<{ connection: Connection; answer: string }> {
    const connection = new Connection(peer, negotiation, options, ports);
    const transport = await MediaTransport.open({
      name: peer.id,
      udpPort: options.udpPort,
      ...(options.bindAddress === undefined ? {} : { bindAddress: options.bindAddress }),
      remote: negotiation.remote,
      onPacket: (packet) => connection.receive(packet),
      onState: (state) => ports.onState(connection, state),
      onFault: ports.onFault,
    });
    connection.#transport = transport;
    const { local } = transport;
    const answer = writeAnswer({
      negotiation,
      local,
      candidates: options.announcedAddresses?.length
        ? announcedCandidates(options.announcedAddresses, options.udpPort)
        : local.candidates,
      streams: new Map(connection.slots.map(({ line, streams }) => [line.mid, streams])),
      cname: connection.#cname,
      sessionId: randomInt(1, 2 ** 47),
    });
    return { connection, answer };
  }

  get connected(): boolean {
    return this.#transport?.state === 'connected';
  }

  get streams(): IterableIterator<IncomingStream> {
    return this.#streams.values();
  }

  /** One datagram from the peer, decrypted. */
  receive(bytes: Buffer): void {
    const time = now();
    this.#packetsIn += 1;
    this.#bytesIn += bytes.length;
    if (isRtcp(bytes)) this.#receiveRtcp(bytes, time);
    else this.#receiveRtp(bytes, time);
  }

  /** Everything that is not done for a packet as it comes. */
  tick(time: number): void {
    this.#meterMedia(time);
    for (const stream of this.#streams.values()) stream.tick(time, this.#roundTrip.milliseconds);
    if (time - this.#feedbackAt >= FEEDBACK_INTERVAL) {
      this.#feedbackAt = time;
      for (const packet of this.#feedback.take(this.#lastMediaSsrc)) this.#sendRtcp(packet);
    }
    if (time - this.#reportAt >= REPORT_INTERVAL) {
      this.#reportAt = time;
      this.#renewAllowance();
      for (const slot of this.slots) slot.expire(time);
      sendReports({
        streams: this.#streams.values(),
        slots: this.slots,
        ssrc: this.#ssrc,
        cname: this.#cname,
        time,
        send: (packet) => this.#sendRtcp(packet),
      });
    }
  }

  /** What slots send for the first time: repeating it is no measure of what the path is asked to carry. */
  #meterMedia(time: number): void {
    let bytes = 0;
    for (const slot of this.slots) bytes += slot.bytes;
    this.#outgoing.add(bytes - this.#bytesMetered, time);
    this.#bytesMetered = bytes;
  }

  /** On a path that is too narrow, retransmissions must not drive out what they repair. */
  #renewAllowance(): void {
    let packets = 0;
    for (const slot of this.slots) packets += slot.packets;
    this.#allowance = Math.max(LEAST_ALLOWANCE, (packets - this.#packetsAllowed) * RETRANSMITTED_SHARE);
    this.#packetsAllowed = packets;
  }

  /** Nobody shows this source any more: it is off, or not allowed. */
  releaseSource(source: Source): void {
    for (const stream of this.#streams.values()) if (sourceOf(stream.use) === source) stream.release();
  }

  [Symbol.dispose](): void {
    for (const stream of this.#streams.values()) stream.release();
    for (const slot of this.slots) slot.aim(null);
    this.#transport?.close();
  }

  stats(): Omit<PeerStats, 'peer'> {
    const time = now();
    return {
      transport: this.#transport?.state ?? 'none',
      packetsIn: this.#packetsIn,
      bytesIn: this.#bytesIn,
      packetsOut: this.#packetsOut,
      bytesOut: this.#bytesOut,
      dropped: { ...this.#dropped },
      roundTripTime: this.#roundTrip.measured ? this.#roundTrip.milliseconds : null,
      estimate: this.#estimate,
      upstream: [...this.#streams.values()].map((stream) => stream.stats(time)),
      slots: this.slots.map((slot) => slot.stats()),
    };
  }

  /** The order matters: nothing of a packet is used before it is known to be of something that may be sent. */
  #receiveRtp(bytes: Buffer, time: number): void {
    if (!this.#limit.allow(bytes.length, time)) {
      this.#dropped.overLimit += 1;
      return;
    }
    const packet = parseRtp(bytes, this.#extensions, time);
    if (packet === null) {
      this.#dropped.malformed += 1;
      return;
    }
    const binding = this.#binder.bind(packet);
    const upstream = binding === null ? undefined : this.#upstreams.get(binding.mid);
    if (binding === null || upstream === undefined) {
      this.#dropped.unbound += 1;
      return;
    }
    const { line, source } = upstream;
    if (!this.peer.isAllowed(source)) {
      this.#dropped.forbidden += 1;
      return;
    }
    // Reported even when the source is not on yet: the sender's estimate is of the path, not of our rules.
    if (packet.transportSequence >= 0) this.#feedback.record(packet.transportSequence, time);
    this.#lastMediaSsrc = binding.ssrc;
    if (!this.peer.isOn(source)) {
      this.#dropped.forbidden += 1;
      return;
    }
    const media = this.#mediaPacket(packet, binding, line);
    if (media === null) return;
    if (media.audioLevel >= 0 && source === 'microphone')
      this.#ports.onAudioLevel(this.peer, media.audioLevel, media.voice, time);
    const stream = this.#streamOf(binding, line);
    if (stream === null) return;
    if (stream.arrive(time)) this.#ports.onStream(stream);
    stream.receive(media, absoluteSendTime(time));
  }

  /** The packet itself, or the one that a retransmission carries; null for probes and wrong payload types. */
  #mediaPacket(packet: RtpPacket, binding: Binding, line: NegotiatedLine): RtpPacket | null {
    const { payloadType, rtxPayloadType } = line.codec;
    if (!binding.repair) {
      if (packet.payloadType === payloadType) return packet;
      this.#dropped.malformed += 1;
      return null;
    }
    const media = this.#binder.partner(binding);
    if (media === null || packet.payloadType !== rtxPayloadType) return null;
    return decapsulateRtx(packet, media.ssrc, payloadType);
  }

  #streamOf(binding: Binding, line: NegotiatedLine): IncomingStream | null {
    const media = binding.repair ? this.#binder.partner(binding) : binding;
    if (media === null) return null;
    const known = this.#streams.get(media);
    if (known !== undefined) return known;
    if (binding.repair) return null;
    for (const [other, stream] of this.#streams) {
      if (other.mid !== media.mid || other.rid !== media.rid) continue;
      this.#streams.delete(other);
      stream.release();
    }
    const stream = new IncomingStream({
      peerId: this.peer.id,
      use: line.use,
      kind: line.kind,
      rid: media.rid as CameraLayer | null,
      ssrc: media.ssrc,
      senderClock: this.#senderClock,
      feedbackSsrc: this.#ssrc,
      send: (packet) => this.#sendRtcp(packet),
    });
    this.#streams.set(media, stream);
    return stream;
  }

  #receiveRtcp(bytes: Buffer, time: number): void {
    if (!this.#rtcpLimit.allow(bytes.length, time)) {
      this.#dropped.overLimit += 1;
      return;
    }
    const packets = parseRtcp(bytes);
    if (packets === null) this.#dropped.malformed += 1;
    else for (const packet of packets) this.#onRtcp(packet, time);
  }

  #onRtcp(packet: RtcpPacket, time: number): void {
    switch (packet.type) {
      case 'sender-report': {
        const binding = this.#binder.get(packet.ssrc);
        if (binding !== null) this.#streams.get(binding)?.onSenderReport(packet, time);
        this.#onReportBlocks(packet.reports, time);
        return;
      }
      case 'receiver-report':
        this.#onReportBlocks(packet.reports, time);
        return;
      case 'nack':
        this.#onNack(packet.mediaSsrc, packet.sequenceNumbers, time);
        return;
      case 'picture-loss-indication':
        this.#slotsBySsrc.get(packet.mediaSsrc)?.onKeyFrameRequest();
        return;
      case 'full-intra-request':
        for (const { ssrc } of packet.entries) this.#slotsBySsrc.get(ssrc)?.onKeyFrameRequest();
        return;
      case 'receiver-estimated-bitrate':
        this.#estimate = packet.bitrate;
        this.budget.onEstimate(packet.bitrate, this.#outgoing.bitrate(time), time);
        return;
    }
  }

  #onReportBlocks(blocks: Extract<RtcpPacket, { type: 'receiver-report' }>['reports'], time: number): void {
    for (const block of blocks) {
      const slot = this.#slotsBySsrc.get(block.ssrc);
      if (slot === undefined) continue;
      slot.onReportBlock(block);
      const lost = this.#loss.onReport(block, time);
      if (lost !== null) this.budget.onLoss(lost, this.#outgoing.bitrate(time), time);
      this.#roundTrip.onReport(block, time);
    }
  }

  #onNack(ssrc: number, sequenceNumbers: readonly number[], time: number): void {
    const slot = this.#slotsBySsrc.get(ssrc);
    const { milliseconds } = this.#roundTrip;
    this.#allowance -=
      slot?.retransmit(sequenceNumbers, time, milliseconds, absoluteSendTime(time), this.#allowance) ?? 0;
  }

  #makeSlots(): OutgoingSlot[] {
    const ssrcs = new Set<number>();
    const fresh = (): number => {
      const ssrc = randomInt(1, 0x1_0000_0000);
      if (ssrcs.has(ssrc) || ssrc === this.#ssrc) return fresh();
      ssrcs.add(ssrc);
      return ssrc;
    };
    const slots: OutgoingSlot[] = [];
    for (const line of this.negotiation.lines) {
      if (line.direction !== 'recvonly') continue;
      const streams: SlotStreams = {
        ssrc: fresh(),
        rtxSsrc: line.codec.rtxPayloadType === null ? null : fresh(),
      };
      const slot = new OutgoingSlot(line, streams, {
        buffer: this.#ports.buffer,
        send: (packet) => this.#send(packet),
        connected: () => this.connected,
        onSwitch: () => this.#ports.onSwitch(this),
      });
      slots.push(slot);
      this.#slotsBySsrc.set(streams.ssrc, slot);
    }
    return slots;
  }

  #send(packet: Buffer): boolean {
    if (this.#transport?.send(packet) !== true) return false;
    this.#packetsOut += 1;
    this.#bytesOut += packet.length;
    return true;
  }

  #sendRtcp(packet: Uint8Array<ArrayBuffer>): void {
    this.#send(Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength));
  }
}

/** Ids mean the same on all lines of a bundle; the negotiation has checked it. */
function extensionIds(lines: readonly NegotiatedLine[]): ExtensionIds {
  return Object.assign({}, ...lines.filter((l) => l.direction === 'sendonly').map((l) => l.extensions));
}
