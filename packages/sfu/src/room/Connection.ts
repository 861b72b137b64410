import { randomBytes, randomInt } from 'node:crypto';
import type { PeerStats } from '../control/stats.ts';
import { RateLimit } from '../receive/RateLimit.ts';
import { parseRtcp, type RtcpPacket } from '../rtcp/parseRtcp.ts';
import { isRtcp } from '../rtp/parseRtp.ts';
import { writeAnswer } from '../sdp/answer.ts';
import { announcedCandidates } from '../sdp/candidates.ts';
import type { Negotiation } from '../sdp/negotiate.ts';
import type { FaultListener } from '../transport/guard.ts';
import { MediaTransport, type TransportState } from '../transport/MediaTransport.ts';
import type { PacketBuffer } from '../transport/PacketBuffer.ts';
import { now } from './clock.ts';
import { Delivery } from './Delivery.ts';
import type { DownlinkBudget } from './DownlinkBudget.ts';
import type { IncomingStream } from './IncomingStream.ts';
import type { OutgoingSlot } from './OutgoingSlot.ts';
import type { Peer } from './Peer.ts';
import { Reception } from './Reception.ts';
import { sendReports } from './reports.ts';
import type { Source } from './sources.ts';

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

/** RTCP that a peer may send. */
const RTCP_LIMIT = { bitsPerSecond: 2_000_000, packetsPerSecond: 500, burst: 1_000 };
const REPORT_INTERVAL = 1_000;

/** One transport of a peer with all its lines: what comes in goes to the reception, what goes out to the slots. */
export class Connection implements Disposable {
  readonly peer: Peer;
  readonly #negotiation: Negotiation;
  readonly #ports: ConnectionPorts;
  readonly #reception: Reception;
  readonly #delivery: Delivery;
  readonly #rtcpLimit = new RateLimit(RTCP_LIMIT);
  readonly #ssrc = randomInt(1, 0x1_0000_0000);
  readonly #cname = randomBytes(9).toString('base64url');
  #transport: MediaTransport | null = null;
  #reportAt = 0;
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
      connected: () => this.connected,
      onSwitch: () => ports.onSwitch(this),
    });
  }

  /** Opens the transport and writes the answer. The connection carries media once its state is `connected`. */
  static async open(
    peer: Peer,
    negotiation: Negotiation,
    options: ConnectionOptions,
    ports: ConnectionPorts,
  ): Promise<{ connection: Connection; answer: string }> {
    const connection = new Connection(peer, negotiation, options, ports);
    const transport = await connection.#openTransport(options);
    const answer = writeAnswer({
      negotiation,
      local: transport.local,
      candidates: options.announcedAddresses?.length
        ? announcedCandidates(options.announcedAddresses, options.udpPort)
        : transport.local.candidates,
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
    return this.#reception.streams;
  }

  get slots(): readonly OutgoingSlot[] {
    return this.#delivery.slots;
  }

  get budget(): DownlinkBudget {
    return this.#delivery.budget;
  }

  /** Everything that is not done for a packet as it comes. */
  tick(time: number): void {
    this.#delivery.meter(time);
    this.#reception.tick(time, this.#delivery.roundTrip.milliseconds);
    if (time - this.#reportAt < REPORT_INTERVAL) return;
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
    this.#reception.release(null);
    this.#delivery.close();
    this.#transport?.close();
  }

  stats(): Omit<PeerStats, 'peer'> {
    const time = now();
    const { roundTrip, estimate, slots } = this.#delivery;
    return {
      transport: this.#transport?.state ?? 'none',
      packetsIn: this.#packetsIn,
      bytesIn: this.#bytesIn,
      packetsOut: this.#packetsOut,
      bytesOut: this.#bytesOut,
      dropped: { ...this.#reception.dropped },
      roundTripTime: roundTrip.measured ? roundTrip.milliseconds : null,
      estimate,
      upstream: [...this.streams].map((stream) => stream.stats(time)),
      slots: slots.map((slot) => slot.stats()),
    };
  }

  async #openTransport(options: ConnectionOptions): Promise<MediaTransport> {
    const { onState, onFault } = this.#ports;
    const transport = await MediaTransport.open({
      name: this.peer.id,
      udpPort: options.udpPort,
      ...(options.bindAddress === undefined ? {} : { bindAddress: options.bindAddress }),
      remote: this.#negotiation.remote,
      onPacket: (packet) => this.#receive(packet),
      onState: (state) => onState(this, state),
      onFault,
    });
    this.#transport = transport;
    return transport;
  }

  /** One datagram from the peer, decrypted. */
  #receive(bytes: Buffer): void {
    const time = now();
    this.#packetsIn += 1;
    this.#bytesIn += bytes.length;
    if (isRtcp(bytes)) this.#receiveRtcp(bytes, time);
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
        delivery.onNack(packet.mediaSsrc, packet.sequenceNumbers, time);
        return;
      case 'picture-loss-indication':
        delivery.onKeyFrameRequest(packet.mediaSsrc);
        return;
      case 'full-intra-request':
        for (const { ssrc } of packet.entries) delivery.onKeyFrameRequest(ssrc);
        return;
      case 'receiver-estimated-bitrate':
        delivery.onEstimate(packet.bitrate, time);
        return;
    }
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
