import type { WorkerEvent } from '../control/events.ts';
import type { Slot } from '../control/media.ts';
import type { Peer } from './Peer.ts';

/** Tells the server of slots, wanted layers and speakers when they differ from what was told last. */
export class Announcements {
  readonly #room: string;
  readonly #peers: ReadonlyMap<string, Peer>;
  readonly #emit: (event: WorkerEvent) => void;
  readonly #told = new Map<string, { slots: string; wanted: string }>();
  #speakers = '[]';
  /** Whom something may have changed for; everybody when the allocation has run. */
  readonly #stale = new Set<string>();
  #allStale = true;

  constructor(room: string, peers: ReadonlyMap<string, Peer>, emit: (event: WorkerEvent) => void) {
    this.#room = room;
    this.#peers = peers;
    this.#emit = emit;
  }

  /** Something may differ for this peer, or for everybody: `flush` will look. */
  invalidate(peer: string | null): void {
    if (peer === null) this.#allStale = true;
    else this.#stale.add(peer);
  }

  /** The peer is gone, or has a new transport whose sender starts with everything paused. */
  forget(peer: string): void {
    this.#told.delete(peer);
    this.#stale.add(peer);
  }

  flush(speakers: readonly string[]): void {
    if (this.#allStale) for (const peer of this.#peers.values()) this.#flushPeer(peer);
    else
      for (const id of this.#stale) {
        const peer = this.#peers.get(id);
        if (peer) this.#flushPeer(peer);
      }
    this.#stale.clear();
    if (this.#allStale) this.#flushSpeakers(speakers);
    this.#allStale = false;
  }

  #flushSpeakers(speakers: readonly string[]): void {
    const text = JSON.stringify(speakers);
    if (text === this.#speakers) return;
    this.#speakers = text;
    this.#emit({ type: 'speakers', room: this.#room, speakers: [...speakers] });
  }

  #flushPeer(peer: Peer): void {
    if (peer.connection === null) return;
    const former = this.#told.get(peer.id);
    const slots: Slot[] = peer.connection.slots.map((slot) => ({
      mid: slot.line.mid,
      use: slot.use,
      ...slot.shown,
    }));
    const { wanted } = peer.wantedLayers;
    const told = { slots: JSON.stringify(slots), wanted: JSON.stringify(wanted) };
    this.#told.set(peer.id, told);
    if (told.slots !== former?.slots) this.#emit({ type: 'slots', room: this.#room, peer: peer.id, slots });
    if (told.wanted !== former?.wanted)
      this.#emit({ type: 'wanted', room: this.#room, peer: peer.id, wanted });
  }
}
