import type { CameraLayer } from '../control/media.ts';
import type { IncomingStream } from './IncomingStream.ts';
import type { OutgoingSlot } from './OutgoingSlot.ts';
import type { Peer } from './Peer.ts';

/** Decides who is in which slot, and with which layer. */
export class Allocation {
  readonly #peers: ReadonlyMap<string, Peer>;
  #speakers: string[] = [];

  constructor(peers: ReadonlyMap<string, Peer>) {
    this.#peers = peers;
  }

  get speakers(): readonly string[] {
    return this.#speakers;
  }

  onAudioLevel(_id: string, _level: number, _voice: boolean, _time: number): void {}

  forget(_id: string): void {}

  tick(_time: number): boolean {
    return false;
  }

  run(time: number): void {
    const wanted = new Map<string, Set<CameraLayer>>();
    for (const viewer of this.#peers.values()) {
      if (!viewer.connection?.connected) continue;
      const others = [...this.#peers.values()].filter((p) => p !== viewer);
      this.#fill(
        viewer,
        'audio-slot',
        others.filter((p) => p.isOn('microphone')),
        'microphone',
        time,
      );
      const cams =
        viewer.view.tiles > 0 ? others.filter((p) => p.isOn('camera')).slice(0, viewer.view.tiles) : [];
      this.#fill(viewer, 'video-slot', cams, 'camera', time);
      for (const c of cams) wanted.set(c.id, (wanted.get(c.id) ?? new Set()).add('h'));
      this.#fill(
        viewer,
        'screen-slot',
        others.filter((p) => p.isOn('screen')),
        'screen',
        time,
      );
      this.#fill(
        viewer,
        'screen-audio-slot',
        others.filter((p) => p.isOn('screenAudio')),
        'screen-audio',
        time,
      );
    }
    for (const p of this.#peers.values())
      p.wanted = { camera: [...(wanted.get(p.id) ?? [])], screen: p.isOn('screen') };
  }

  #fill(viewer: Peer, slotUse: string, from: Peer[], use: string, time: number): void {
    const slots = viewer.connection?.slots.filter((s) => s.use === slotUse) ?? [];
    const free: OutgoingSlot[] = [];
    const left = new Set(from);
    for (const s of slots) {
      const p = from.find((x) => x.id === s.assigned);
      if (p) left.delete(p);
      else free.push(s);
    }
    for (const s of free) {
      const [next] = left;
      s.assigned = next?.id ?? null;
      if (next) left.delete(next);
    }
    for (const s of slots) {
      const p = s.assigned === null ? undefined : this.#peers.get(s.assigned);
      s.aim(p ? pick(p, use, time) : null);
    }
  }
}

function pick(p: Peer, use: string, time: number): IncomingStream | null {
  const streams = [...(p.connection?.streams ?? [])].filter((s) => s.use === use);
  const live = streams.filter((s) => time - s.lastPacketAt < 1000);
  return (
    live.find((s) => s.rid === 'h') ?? live[0] ?? streams.find((s) => s.rid === 'h') ?? streams[0] ?? null
  );
}
