import { randomBytes, randomInt } from 'node:crypto';
import type { VideoCodec } from '../control/media.ts';
import type { PeerStats } from '../control/stats.ts';
import { type Abuse, AbuseGuard } from '../receive/AbuseGuard.ts';
import { CostLimit } from '../receive/CostLimit.ts';
import { RateLimit } from '../receive/RateLimit.ts';
import { parseRtcp, type RtcpPacket } from '../rtcp/parseRtcp.ts';
import { isRtcp } from '../rtp/parseRtp.ts';
import { writeAnswer } from '../sdp/answer.ts';
import { answerCandidates } from '../sdp/candidates.ts';
import type { Negotiation } from '../sdp/negotiate.ts';
import { Pulse } from '../timing/Pulse.ts';
import type { FaultListener } from '../transport/guard.ts';
import type { MediaEndpoint } from '../transport/MediaEndpoint.ts';
import type { MediaTransport, TransportState } from '../transport/MediaTransport.ts';
import type { PacketBuffer } from '../transport/PacketBuffer.ts';
import type { BudgetRequest } from './allocateBudget.ts';
import { now } from './clock.ts';
import { Delivery } from './Delivery.ts';
import { HalfOpen } from './HalfOpen.ts';
import type { IncomingStream } from './IncomingStream.ts';
import type { OutgoingSlot } from './OutgoingSlot.ts';
import type { Peer } from './Peer.ts';
import { mediaLimit, Reception } from './Reception.ts';
import { sendReports } from './reports.ts';
import type { Source } from './sources.ts';

export interface ConnectionOptions {
  readonly udpPort: number;
  readonly tcpPort?: number | undefined;
  readonly announcedAddresses?: readonly string[] | undefined;
  readonly maxIncomingBitrate?: number | undefined;
  /** Where transports are had from. */
  readonly endpoint: MediaEndpoint;
  /** The codecs of pictures that may be used, the most wished for first. */
  readonly codecs?: readonly VideoCodec[] | undefined;
}

export interface ConnectionPorts {
  readonly buffer: PacketBuffer;
  readonly onState: (connection: Connection, state: TransportState) => void;
  /** A stream has begun, or has come back after a pause. */
  readonly onStream: (stream: IncomingStream) => void;
  /** What a slot shows has changed. */
  readonly onSwitch: (connection: Connection) => void;
  readonly onAudioLevel: (peer: Peer, level: number, voice: boolean, time: number) => void;
  /** The peer sends what no browser would: the connection is to be closed. Told once. */
  readonly onAbuse: (connection: Connection, abuse: Abuse) => void;
  readonly onFault: FaultListener;
}

/** RTCP that a peer may send. */
const RTCP_LIMIT = { bitsPerSecond: 2_000_000, packetsPerSecond: 500, burst: 1_000 };
/** Packets that a peer may ask for again in a second, whether we have them or not. */
const NACK_LIMIT = 5_000;
const REPORT_INTERVAL = 1_000;
/** While a probe is being sent, ms. */
const PROBE_INTERVAL = 5;
/** A transport that is not connected for so long, at first or again, is given up, ms. */
const CONNECT_TIMEOUT = 20_000;

/** For the whole process. */
const halfOpen = new HalfOpen();

/** One transport of a peer with all its lines: what comes in goes to the reception, what goes out to the slots. */
export class Connection implements Disposable {
  readonly peer: Peer;
  readonly #negotiation: Negotiation;
  readonly #ports: ConnectionPorts;
  readonly #reception: Reception;
  readonly #delivery: Delivery;
  readonly #rtcpLimit = new RateLimit(RTCP_LIMIT);
  readonly #nackLimit = new CostLimit(NACK_LIMIT);
  readonly #abuse: AbuseGuard;
  #abused = false;
  #isHalfOpen = true;
  /** When it was last connected, or made. */
  #connectedAt = now();
  readonly #ssrc = randomInt(1, 0x1_0000_0000);
  readonly #cname = randomBytes(9).toString('base64url');
  #transport: MediaTransport | null = null;
  #reportAt = 0;
  #probePulse: Pulse | null = null;
  #packetsIn = 0;
  #bytesIn = 0;
  #packetsOut = 0;
  #bytesOut = 0;

  private constructor(
    peer: Peer,
    negotiation: Negotiation,
    options: ConnectionOptions,
    ports: ConnectionPorts,
  ) {
    this.peer = peer;
    this.#negotiation = negotiation;
    this.#ports = ports;
    this.#abuse = new AbuseGuard({ media: mediaLimit(options.maxIncomingBitrate), rtcp: RTCP_LIMIT });
    this.#reception = new Reception({
      peer,
      lines: negotiation.lines,
      maxBitrate: options.maxIncomingBitrate,
      feedbackSsrc: this.#ssrc,
      send: (packet) => this.#sendRtcp(packet),
      onStream: ports.onStream,
      onAudioLevel: ports.onAudioLevel,
    });
    this.#delivery = new Delivery(negotiation.lines, this.#ssrc, {
      buffer: ports.buffer,
      send: (packet) => this.#send(packet),
      resend: (packet) => this.#send(packet, true),
      connected: () => this.connected,
      onSwitch: () => ports.onSwitch(this),
    });
  }

  /** Opens the transport and writes the answer. The connection carries media once its state is `connected`. */
  static open(
    peer: Peer,
    negotiation: Negotiation,
    options: ConnectionOptions,
    ports: ConnectionPorts,
  ): { connection: Connection; answer: string } {
    const connection = new Connection(peer, negotiation, options, ports);
    halfOpen.enter(connection);
    const transport = connection.#openTransport(options.endpoint);
    try {
      return { connection, answer: connection.#answer(transport, options) };
    } catch (error) {
      connection[Symbol.dispose]();
      throw error;
    }
  }

  #answer(transport: MediaTransport, options: ConnectionOptions): string {
    return writeAnswer({
      negotiation: this.#negotiation,
      local: transport.local,
      candidates: answerCandidates(options, transport.local.candidates),
      streams: new Map(this.slots.map(({ line, streams }) => [line.mid, streams])),
      cname: this.#cname,
      sessionId: randomInt(1, 2 ** 47),
    });
  }

  get connected(): boolean {
    return this.#transport?.state === 'connected';
  }

  get streams(): IterableIterator<IncomingStream> {
    return this.#reception.streams;
  }

  get slots(): readonly OutgoingSlot[] {
    return this.#delivery.slots;
  }

  /** Spends what the path to the peer carries; see `Delivery.spend`. */
  spend(audio: number, requests: readonly BudgetRequest[], time: number): number[] {
    return this.#delivery.spend(audio, requests, time);
  }

  /** Everything that is not done for a packet as it comes. True when the path carries so much more or less that it matters. */
  tick(time: number): boolean {
    this.#watch(time);
    const changed = this.#delivery.tick(time);
    if (this.#delivery.isProbing) this.#probe();
    this.#reception.tick(time, this.#delivery.roundTrip.milliseconds);
    if (time - this.#reportAt >= REPORT_INTERVAL) this.#report(time);
    return changed;
  }

  #report(time: number): void {
    this.#reportAt = time;
    this.#delivery.renew(time);
    sendReports({
      streams: this.streams,
      slots: this.slots,
      ssrc: this.#ssrc,
      cname: this.#cname,
      time,
      send: (packet) => this.#sendRtcp(packet),
    });
  }

  /** Nobody shows this source any more: it is off, or not allowed. */
  releaseSource(source: Source): void {
    this.#reception.release(source);
  }

  [Symbol.dispose](): void {
    halfOpen.leave(this);
    this.#reception.release(null);
    this.#delivery.close();
    this.#transport?.close();
    this.#stopProbing();
  }

  /** A probe needs a finer clock than the tick, for as long as it lasts. */
  #probe(): void {
    this.#probePulse ??= new Pulse(PROBE_INTERVAL, () => {
      try {
        this.#delivery.probe(now());
      } catch (error) {
        this.#ports.onFault('probe', error);
      }
      if (!this.#delivery.isProbing) this.#stopProbing();
    });
  }

  #stopProbing(): void {
    this.#probePulse?.[Symbol.dispose]();
    this.#probePulse = null;
  }

  stats(): Omit<PeerStats, 'peer'> {
    const time = now();
    const { roundTrip, slots } = this.#delivery;
    return {
      transport: this.#transport?.state ?? 'none',
      packetsIn: this.#packetsIn,
      bytesIn: this.#bytesIn,
      packetsOut: this.#packetsOut,
      bytesOut: this.#bytesOut,
      dropped: { ...this.#reception.dropped },
      roundTripTime: roundTrip.measured ? roundTrip.milliseconds : null,
      downlink: this.#delivery.stats(),
      upstream: [...this.streams].map((stream) => stream.stats(time)),
      slots: slots.map((slot) => slot.stats()),
    };
  }

  #openTransport(endpoint: MediaEndpoint): MediaTransport {
    const { onState, onFault } = this.#ports;
    try {
      const transport = endpoint.openTransport({
        remote: this.#negotiation.remote,
        onPacket: (packet) => this.#receive(packet),
        onState: (state) => onState(this, state),
        onPathChanged: () => this.#delivery.onPathChanged(),
        onFault,
      });
      this.#transport = transport;
      return transport;
    } catch (error) {
      halfOpen.leave(this);
      throw error;
    }
  }

  /** A transport does not give up by itself: its browser may never have come, for one. */
  #watch(time: number): void {
    if (this.connected) {
      this.#connectedAt = time;
      if (this.#isHalfOpen) halfOpen.leave(this);
      this.#isHalfOpen = false;
    } else if (time - this.#connectedAt > CONNECT_TIMEOUT) this.#ports.onState(this, 'failed');
  }

  /** One datagram from the peer, decrypted. */
  #receive(bytes: Buffer): void {
    const time = now();
    this.#packetsIn += 1;
    this.#bytesIn += bytes.length;
    const rtcp = isRtcp(bytes);
    const abuse = this.#abuse.arrive(bytes, rtcp, time);
    if (abuse !== null) {
      if (!this.#abused) this.#ports.onAbuse(this, abuse);
      this.#abused = true;
    } else if (rtcp) this.#receiveRtcp(bytes, time);
    else this.#reception.receive(bytes, time);
  }

  #receiveRtcp(bytes: Buffer, time: number): void {
    const { dropped } = this.#reception;
    if (!this.#rtcpLimit.allow(bytes.length, time)) {
      dropped.overLimit += 1;
      return;
    }
    const packets = parseRtcp(bytes);
    if (packets === null) dropped.malformed += 1;
    else for (const packet of packets) this.#onRtcp(packet, time);
  }

  #onRtcp(packet: RtcpPacket, time: number): void {
    const delivery = this.#delivery;
    switch (packet.type) {
      case 'sender-report':
        this.#reception.onSenderReport(packet, time);
        for (const block of packet.reports) delivery.onReport(block, time);
        return;
      case 'receiver-report':
        for (const block of packet.reports) delivery.onReport(block, time);
        return;
      case 'nack':
        if (this.#nackLimit.allow(packet.sequenceNumbers.length, time))
          delivery.onNack(packet.mediaSsrc, packet.sequenceNumbers, time);
        else this.#reception.dropped.overLimit += 1;
        return;
      case 'picture-loss-indication':
        delivery.onKeyFrameRequest(packet.mediaSsrc);
        return;
      case 'full-intra-request':
        for (const { ssrc } of packet.entries) delivery.onKeyFrameRequest(ssrc);
        return;
      case 'transport-feedback':
        delivery.onTransportFeedback(packet, time);
        return;
      case 'receiver-estimated-bitrate':
        delivery.onEstimate(packet.bitrate, time);
        return;
    }
  }

  #send(packet: Buffer, repeats = false): boolean {
    if (this.#transport?.send(packet, repeats) !== true) return false;
    this.#packetsOut += 1;
    this.#bytesOut += packet.length;
    return true;
  }

  #sendRtcp(packet: Uint8Array<ArrayBuffer>): void {
    this.#send(Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength));
  }
}
