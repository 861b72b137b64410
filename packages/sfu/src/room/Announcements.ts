import type { WorkerEvent } from '../control/events.ts';
import type { Slot, Wanted } from '../control/media.ts';
import type { OutgoingSlot } from './OutgoingSlot.ts';
import type { Peer } from './Peer.ts';

/** Tells the server of slots, wanted layers and speakers when they differ from what was told last. */
export class Announcements {
  readonly #room: string;
  readonly #peers: ReadonlyMap<string, Peer>;
  readonly #emit: (event: WorkerEvent) => void;
  readonly #told = new Map<string, Told>();
  #speakers: readonly string[] = [];
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
    const same = speakers.length === this.#speakers.length;
    if (same && speakers.every((id, place) => this.#speakers[place] === id)) return;
    this.#speakers = speakers;
    this.#emit({ type: 'speakers', room: this.#room, speakers: [...speakers] });
  }

  #flushPeer(peer: Peer): void {
    const slots = peer.connection?.slots;
    if (slots === undefined) return;
    const { wanted } = peer.wantedLayers;
    const former = this.#told.get(peer.id);
    const told: Told = former ?? { slots: [], wanted: null };
    if (former === undefined) this.#told.set(peer.id, told);
    if (former === undefined || differ(slots, told.slots)) {
      told.slots = slots.map((slot) => ({ mid: slot.line.mid, use: slot.use, ...slot.shown }));
      this.#emit({ type: 'slots', room: this.#room, peer: peer.id, slots: told.slots });
    }
    // Whoever decides it makes a new one for every change.
    if (wanted !== told.wanted) {
      told.wanted = wanted;
      this.#emit({ type: 'wanted', room: this.#room, peer: peer.id, wanted });
    }
  }
}

/** What a peer was told last. */
interface Told {
  slots: Slot[];
  wanted: Wanted | null;
}

/** Nothing is written for a comparison: in a large room there are thousands of them, many times a second. */
function differ(slots: readonly OutgoingSlot[], told: readonly Slot[]): boolean {
  if (slots.length !== told.length) return true;
  for (let index = 0; index < slots.length; index++) {
    const shown = slots[index]?.shown;
    const former = told[index];
    if (shown?.participantId !== former?.participantId || shown?.layer !== former?.layer) return true;
  }
  return false;
}
