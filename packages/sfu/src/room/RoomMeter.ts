import type { PeerQuality, RoomSummary } from '../control/statistics.ts';
import { PeerMeter, type Shortage } from '../quality/PeerMeter.ts';
import { layerRank } from './layers.ts';
import type { Peer } from './Peer.ts';

/** Once a second: what goes through a room, and how good everybody's connection is. */
export class RoomMeter {
  readonly #room: string;
  readonly #peers: ReadonlyMap<string, Peer>;
  readonly #meters = new Map<string, PeerMeter>();
  /** Somebody is new, who knows nothing of the others yet. */
  #tellAll = false;

  constructor(room: string, peers: ReadonlyMap<string, Peer>) {
    this.#room = room;
    this.#peers = peers;
  }

  /** Whoever is new hears of all that is not good with the next update. */
  onConnected(): void {
    this.#tellAll = true;
  }

  /** @param seconds since the update before */
  update(seconds: number): { summary: RoomSummary; qualities: PeerQuality[] } {
    for (const id of this.#meters.keys()) if (!this.#peers.has(id)) this.#meters.delete(id);
    const sum = { packetsIn: 0, packetsOut: 0, bytesIn: 0, bytesOut: 0 };
    const qualities: PeerQuality[] = [];
    for (const peer of this.#peers.values()) {
      if (peer.connection === null) continue;
      const meter = this.#meterOf(peer.id);
      const { traffic, changed } = meter.update(peer.connection.stats(), shortageOf(peer));
      for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += traffic[key];
      const { quality } = meter;
      const isGood = quality.up === 'good' && quality.down === 'good';
      if (changed || (this.#tellAll && !isGood)) qualities.push({ peer: peer.id, ...quality });
    }
    this.#tellAll = false;
    const rate = (count: number): number => Math.round(count / seconds);
    return {
      summary: {
        room: this.#room,
        peers: this.#peers.size,
        packetsIn: rate(sum.packetsIn),
        packetsOut: rate(sum.packetsOut),
        bitrateIn: rate(sum.bytesIn * 8),
        bitrateOut: rate(sum.bytesOut * 8),
      },
      qualities,
    };
  }

  #meterOf(peer: string): PeerMeter {
    const known = this.#meters.get(peer);
    if (known !== undefined) return known;
    const meter = new PeerMeter();
    this.#meters.set(peer, meter);
    return meter;
  }
}

/** What the path of a viewer does not carry of what the tiles want. */
function shortageOf(viewer: Peer): Shortage {
  let pictures = 0;
  let reduced = 0;
  let starved = 0;
  for (const { choice } of viewer.connection?.slots ?? []) {
    if (choice === null) continue;
    pictures += 1;
    if (choice.granted < 0) starved += 1;
    else if (choice.layer !== null && choice.granted < layerRank(choice.layer)) reduced += 1;
  }
  return { pictures, reduced, starved };
}
