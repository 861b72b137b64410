import type { WorkerEvent } from '../control/events.ts';
import type { OfferLine, SourceSet, VideoCodec, View } from '../control/media.ts';
import { SfuError } from '../control/SfuError.ts';
import type { RoomSummary } from '../control/statistics.ts';
import type { RoomStats } from '../control/stats.ts';
import type { Abuse } from '../receive/AbuseGuard.ts';
import { CostLimit } from '../receive/CostLimit.ts';
import { type Negotiation, negotiate } from '../sdp/negotiate.ts';
import type { FaultListener } from '../transport/guard.ts';
import type { TransportState } from '../transport/MediaTransport.ts';
import { PacketBuffer } from '../transport/PacketBuffer.ts';
import { Allocation } from './Allocation.ts';
import { Announcements } from './Announcements.ts';
import { Bars } from './Bars.ts';
import { Connection, type ConnectionOptions } from './Connection.ts';
import { now } from './clock.ts';
import { abilityOf } from './codecs.ts';
import { Peer } from './Peer.ts';
import { RoomMeter } from './RoomMeter.ts';
import type { Source } from './sources.ts';
import { WorkPace } from './WorkPace.ts';

export interface RoomPorts {
  readonly options: ConnectionOptions;
  readonly emit: (event: WorkerEvent) => void;
  readonly onFault: FaultListener;
}

export interface ConnectOptions {
  readonly peer: string;
  readonly offer: string;
  readonly lines: readonly OfferLine[];
  readonly allowed: SourceSet;
  readonly sources: SourceSet;
  /** The codecs of pictures that the peer sends well. Not said: VP8. */
  readonly sends?: readonly VideoCodec[] | undefined;
}

const MAX_PEERS = 1_000;
/** Offers a second, and at once: each is read and makes a transport. A network that comes and goes takes a few. */
const OFFERS = { perSecond: 0.5, atOnce: 10 };
const SOURCES: readonly Source[] = ['microphone', 'camera', 'screen', 'screenAudio'];
/** All packets of this process are written here. */
const buffer = new PacketBuffer();

/** One meeting: who is in it, and the wiring of what they send to what they are shown. */
export class Room implements Disposable {
  readonly id: string;
  readonly #ports: RoomPorts;
  readonly #peers = new Map<string, Peer>();
  readonly #allocation: Allocation;
  readonly #announcements: Announcements;
  readonly #meter: RoomMeter;
  /** Something that the allocation depends on has changed. */
  #stale = false;
  readonly #pace = new WorkPace();
  readonly #bars = new Bars();
  /** By peer, also of those whose offers have all been refused. */
  readonly #offers = new Map<string, CostLimit>();

  constructor(id: string, ports: RoomPorts) {
    this.id = id;
    this.#ports = ports;
    this.#allocation = new Allocation(this.#peers, ports.options.codecs);
    this.#announcements = new Announcements(id, this.#peers, ports.emit);
    this.#meter = new RoomMeter(id, this.#peers);
  }

  /** Answers an offer. The peer's former transport ends when the new one is there. Throws OfferError, SfuError. */
  connect(request: ConnectOptions): { answer: string } {
    const time = now();
    if (this.#bars.left(request.peer, time) > 0)
      throw new SfuError('barred', 'The peer sent what no browser sends, and has to wait.');
    if (!this.#offersOf(request.peer).allow(1, time))
      throw new SfuError('limit', 'Too many offers of one peer.');
    const negotiation = negotiate(request.offer, request.lines);
    const known = this.#peers.get(request.peer);
    const peer = known ?? new Peer(request.peer);
    if (known === undefined && this.#peers.size >= MAX_PEERS)
      throw new SfuError('limit', 'Too many peers in one room.');
    const { connection, answer } = this.#openConnection(peer, negotiation);
    this.#peers.set(peer.id, peer);
    this.#detach(peer);
    peer.connection = connection;
    peer.codecs = abilityOf(negotiation.lines, request.sends ?? ['VP8']);
    peer.permit(request.allowed, request.sources);
    this.#releaseForbidden(peer);
    return { answer };
  }

  /** Does nothing when the peer is not there. */
  disconnect(id: string): void {
    const peer = this.#peers.get(id);
    if (!peer) return;
    this.#peers.delete(id);
    this.#detach(peer);
    this.#allocation.silence(id);
    this.#announcements.forget(id);
    this.#stale = true;
  }

  setAllowed(id: string, allowed: SourceSet): void {
    const peer = this.#peer(id);
    peer.permit(allowed, peer.sources);
    this.#releaseForbidden(peer);
  }

  setSources(id: string, sources: SourceSet): void {
    const peer = this.#peer(id);
    peer.permit(peer.allowed, sources);
    this.#releaseForbidden(peer);
  }

  setView(id: string, view: View): void {
    this.#peer(id).view = view;
    this.#stale = true;
  }

  /** Periodic work of the room and of all its connections. */
  tick(): void {
    const time = now();
    for (const peer of this.#peers.values()) if (peer.connection?.tick(time)) this.#stale = true;
    if (this.#allocation.tick(time)) this.#stale = true;
    if (this.#stale && this.#pace.due(time)) this.#allocate(time);
    this.#announcements.flush(this.#allocation.speakers);
  }

  /** Tells of the connections that have become better or worse. @param seconds since the review before */
  review(seconds: number): RoomSummary {
    const { summary, qualities } = this.#meter.update(seconds);
    if (qualities.length > 0) this.#ports.emit({ type: 'quality', room: this.id, qualities });
    return summary;
  }

  stats(): RoomStats {
    return {
      room: this.id,
      speakers: [...this.#allocation.speakers],
      peers: [...this.#peers.values()].map((peer) => ({
        peer: peer.id,
        ...(peer.connection?.stats() ?? NO_CONNECTION),
      })),
    };
  }

  [Symbol.dispose](): void {
    for (const peer of this.#peers.values()) this.#detach(peer);
    this.#peers.clear();
  }

  #offersOf(id: string): CostLimit {
    const limit = this.#offers.get(id) ?? new CostLimit(OFFERS.perSecond, OFFERS.atOnce);
    this.#offers.set(id, limit);
    const [oldest] = this.#offers.keys();
    if (this.#offers.size > MAX_PEERS && oldest !== undefined) this.#offers.delete(oldest);
    return limit;
  }

  #openConnection(peer: Peer, negotiation: Negotiation): { connection: Connection; answer: string } {
    return Connection.open(peer, negotiation, this.#ports.options, {
      buffer,
      onState: (from, state) => this.#onState(from, state),
      onStream: () => this.#onStream(now()),
      onSwitch: () => this.#announcements.invalidate(peer.id),
      onAudioLevel: (from, level, voice, time) => this.#allocation.onAudioLevel(from.id, level, voice, time),
      onAbuse: (from, abuse) => this.#onAbuse(from, abuse),
      onFault: this.#ports.onFault,
    });
  }

  #peer(id: string): Peer {
    const peer = this.#peers.get(id);
    if (!peer) throw new SfuError('peer_unknown', 'There is no such peer.');
    return peer;
  }

  /** What is no longer on, or no longer allowed, leaves every slot now and not with the next packet. */
  #releaseForbidden(peer: Peer): void {
    for (const source of SOURCES) if (!peer.isOn(source)) peer.connection?.releaseSource(source);
    if (!peer.isOn('microphone')) this.#allocation.silence(peer.id);
    this.#stale = true;
  }

  #onState(connection: Connection, state: TransportState): void {
    const { peer } = connection;
    if (peer.connection !== connection) return;
    if (state === 'failed' || state === 'closed') this.#detach(peer);
    if (state === 'new' || state === 'connecting') return;
    if (state === 'connected') this.#meter.onConnected();
    this.#stale = true;
    this.#ports.emit({ type: 'transport', room: this.id, peer: peer.id, state });
  }

  /** It costs what it costs until it is decrypted, so limits do not help: the transport ends. */
  #onAbuse({ peer }: Connection, reason: Abuse): void {
    this.#bars.bar(peer.id, now());
    this.#detach(peer);
    this.#stale = true;
    this.#ports.emit({ type: 'transport', room: this.id, peer: peer.id, state: 'closed', reason });
  }

  #detach(peer: Peer): void {
    const { connection } = peer;
    peer.connection = null;
    connection?.[Symbol.dispose]();
    this.#announcements.forget(peer.id);
  }

  /** At once, so that a picture begins with its first packet; but whoever begins a stream with each packet waits. */
  #onStream(time: number): void {
    if (this.#pace.due(time)) this.#allocate(time);
    else this.#stale = true;
  }

  #allocate(time: number): void {
    this.#stale = false;
    this.#allocation.run(time);
    this.#announcements.invalidate(null);
    this.#pace.ran(time, now());
  }
}

const NO_CONNECTION = {
  transport: 'none',
  packetsIn: 0,
  bytesIn: 0,
  packetsOut: 0,
  bytesOut: 0,
  dropped: { malformed: 0, forbidden: 0, unbound: 0, overLimit: 0 },
  roundTripTime: null,
  downlink: { estimate: null, source: 'none', loss: null, queueDelay: null, probing: false },
  upstream: [],
  slots: [],
} as const satisfies Omit<RoomStats['peers'][number], 'peer'>;
