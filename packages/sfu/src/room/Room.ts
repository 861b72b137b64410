import type { WorkerEvent } from '../control/events.ts';
import type { OfferLine, SourceSet, View } from '../control/media.ts';
import { SfuError } from '../control/SfuError.ts';
import type { RoomStats } from '../control/stats.ts';
import { type Negotiation, negotiate } from '../sdp/negotiate.ts';
import type { FaultListener } from '../transport/guard.ts';
import type { TransportState } from '../transport/MediaTransport.ts';
import { PacketBuffer } from '../transport/PacketBuffer.ts';
import { Allocation } from './Allocation.ts';
import { Announcements } from './Announcements.ts';
import { Connection, type ConnectionOptions } from './Connection.ts';
import { now } from './clock.ts';
import { Peer } from './Peer.ts';
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
}

const MAX_PEERS = 1_000;
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
  /** Something that the allocation depends on has changed. */
  #stale = false;
  readonly #pace = new WorkPace();
  #closed = false;

  constructor(id: string, ports: RoomPorts) {
    this.id = id;
    this.#ports = ports;
    this.#allocation = new Allocation(this.#peers);
    this.#announcements = new Announcements(id, this.#peers, ports.emit);
  }

  /** Answers an offer. The peer's former transport ends when the new one is there. Throws OfferError, SfuError. */
  async connect(request: ConnectOptions): Promise<{ answer: string }> {
    const negotiation = negotiate(request.offer, request.lines);
    const peer = this.#peers.get(request.peer) ?? this.#add(request.peer);
    peer.generation += 1;
    const { generation } = peer;
    const { connection, answer } = await this.#open(peer, negotiation);
    if (this.#closed || this.#peers.get(peer.id) !== peer || peer.generation !== generation) {
      connection[Symbol.dispose]();
      throw new SfuError('peer_unknown', 'The peer has left, or has made another connection.');
    }
    this.#detach(peer);
    peer.connection = connection;
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
    for (const peer of this.#peers.values()) peer.connection?.tick(time);
    if (this.#allocation.tick(time)) this.#stale = true;
    if (this.#stale && this.#pace.due(time)) this.#allocate(time);
    this.#announcements.flush(this.#allocation.speakers);
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
    this.#closed = true;
    for (const peer of this.#peers.values()) this.#detach(peer);
    this.#peers.clear();
  }

  #add(id: string): Peer {
    if (this.#peers.size >= MAX_PEERS) throw new SfuError('limit', 'Too many peers in one room.');
    const peer = new Peer(id);
    this.#peers.set(id, peer);
    return peer;
  }

  /** A peer whose first transport cannot be opened was never there. */
  async #open(peer: Peer, negotiation: Negotiation): Promise<{ connection: Connection; answer: string }> {
    try {
      return await Connection.open(peer, negotiation, this.#ports.options, {
        buffer,
        onState: (from, state) => this.#onState(from, state),
        onStream: () => this.#onStream(now()),
        onSwitch: () => this.#announcements.invalidate(peer.id),
        onAudioLevel: (from, level, voice, time) =>
          this.#allocation.onAudioLevel(from.id, level, voice, time),
        onFault: this.#ports.onFault,
      });
    } catch (error) {
      if (peer.generation === 1 && this.#peers.get(peer.id) === peer) this.#peers.delete(peer.id);
      throw error;
    }
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
    this.#stale = true;
    this.#ports.emit({ type: 'transport', room: this.id, peer: peer.id, state });
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
  estimate: null,
  upstream: [],
  slots: [],
} as const satisfies Omit<RoomStats['peers'][number], 'peer'>;
