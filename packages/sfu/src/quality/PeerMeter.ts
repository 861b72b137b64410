import type { PeerStats } from '../control/stats.ts';
import { type Quality, QualityMeter } from './QualityMeter.ts';

/** Counters of a connection, as they were a second ago. */
interface Counters {
  readonly packetsIn: number;
  readonly packetsOut: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly upstreamPackets: number;
  readonly upstreamLost: number;
}

/** What a peer sent and was sent since the update before. */
export interface Traffic {
  readonly packetsIn: number;
  readonly packetsOut: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** Of the pictures that a viewer shows, how many have less than they want, and how many have nothing. */
export interface Shortage {
  readonly pictures: number;
  readonly reduced: number;
  readonly starved: number;
}

const NOTHING: Counters = {
  ...{ packetsIn: 0, packetsOut: 0, bytesIn: 0, bytesOut: 0 },
  ...{ upstreamPackets: 0, upstreamLost: 0 },
};
/** With fewer packets than that in a second a share of them says nothing. */
const FEWEST = 10;

/** Makes rates and quality of the counters of one peer. */
export class PeerMeter {
  readonly #quality = new QualityMeter();
  #counters = NOTHING;
  #slotPackets = new Map<string, number>();

  get quality(): Quality {
    return this.#quality.quality;
  }

  /** To be called once a second. `changed`: the quality is another than before. */
  update(stats: Omit<PeerStats, 'peer'>, shortage: Shortage): { traffic: Traffic; changed: boolean } {
    const counters = countersOf(stats);
    // A new transport counts from zero.
    const former = counters.packetsIn < this.#counters.packetsIn ? NOTHING : this.#counters;
    this.#counters = counters;
    const lost = Math.max(0, counters.upstreamLost - former.upstreamLost);
    const arrived = Math.max(0, counters.upstreamPackets - former.upstreamPackets);
    const changed = this.#quality.update({
      lossUp: lost + arrived < FEWEST ? 0 : lost / (lost + arrived),
      lossDown: this.#lossDown(stats),
      roundTripTime: stats.roundTripTime,
      reduced: shortage.pictures === 0 ? 0 : shortage.reduced / shortage.pictures,
      starved: shortage.pictures === 0 ? 0 : shortage.starved / shortage.pictures,
    });
    return {
      traffic: {
        packetsIn: counters.packetsIn - former.packetsIn,
        packetsOut: Math.max(0, counters.packetsOut - former.packetsOut),
        bytesIn: counters.bytesIn - former.bytesIn,
        bytesOut: Math.max(0, counters.bytesOut - former.bytesOut),
      },
      changed,
    };
  }

  /** What was last reported of each slot counts by what was sent in it since. */
  #lossDown({ slots }: Omit<PeerStats, 'peer'>): number {
    const packets = new Map<string, number>();
    let sent = 0;
    let lost = 0;
    for (const slot of slots) {
      packets.set(slot.mid, slot.packets);
      const since = Math.max(0, slot.packets - (this.#slotPackets.get(slot.mid) ?? 0));
      sent += since;
      lost += since * slot.fractionLost;
    }
    this.#slotPackets = packets;
    return sent < FEWEST ? 0 : lost / sent;
  }
}

function countersOf({
  packetsIn,
  packetsOut,
  bytesIn,
  bytesOut,
  upstream,
}: Omit<PeerStats, 'peer'>): Counters {
  let upstreamPackets = 0;
  let upstreamLost = 0;
  for (const stream of upstream) {
    upstreamPackets += stream.packets;
    upstreamLost += stream.packetsLost;
  }
  return { packetsIn, packetsOut, bytesIn, bytesOut, upstreamPackets, upstreamLost };
}
