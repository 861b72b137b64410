import type { AudioRanking } from './AudioRanking.ts';

/**
 * Fills the audio slots of a viewer. The loudest speakers always have one, whoever has one keeps it as long as possible
 * (a change costs the listener a gap), and free slots go to silent microphones, so that in a small meeting nobody's
 * first word is cut. Its cost is by the number of slots, not by that of the people.
 * @param current who is in each slot now
 * @param viewer who is never heard here
 * @returns who is in each slot from now on: the same number of slots, nobody twice
 */
export function allocateAudioSlots(
  current: readonly (string | null)[],
  ranking: AudioRanking,
  viewer: string,
): (string | null)[] {
  const slots = current.map((peer, index) => {
    const stays = peer !== null && peer !== viewer && ranking.rank(peer) >= 0;
    return stays && current.indexOf(peer) === index ? peer : null;
  });
  let loudest = 0;
  for (const speaker of ranking.speakers) {
    if (speaker === viewer) continue;
    if (loudest++ === slots.length) break;
    if (!slots.includes(speaker)) slots[leastNeeded(slots, ranking)] = speaker;
  }
  let free = slots.indexOf(null);
  for (const peer of ranking.all) {
    if (free < 0) break;
    if (peer === viewer || slots.includes(peer)) continue;
    slots[free] = peer;
    free = slots.indexOf(null);
  }
  return slots;
}

/** A free slot, else that of whoever ranks last. */
function leastNeeded(slots: readonly (string | null)[], ranking: AudioRanking): number {
  let slot = 0;
  let lowest = -1;
  for (const [index, peer] of slots.entries()) {
    const rank = peer === null ? Number.POSITIVE_INFINITY : ranking.rank(peer);
    if (rank > lowest) [slot, lowest] = [index, rank];
  }
  return slot;
}
