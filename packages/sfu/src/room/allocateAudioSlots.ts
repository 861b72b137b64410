/** Who may be heard by one viewer, without the viewer. */
export interface AudioCandidates {
  /** Those who speak, the dominant one first. */
  readonly speakers: readonly string[];
  /** Everybody with a microphone on, those who spoke latest first; the speakers may be among them. */
  readonly others: readonly string[];
}

/**
 * Fills the audio slots of a viewer. The loudest speakers always have one, whoever has one keeps it as long as possible
 * (a change costs the listener a gap), and free slots go to silent microphones, so that in a small meeting nobody's
 * first word is cut.
 * @param current who is in each slot now
 * @returns who is in each slot from now on: the same number of slots, nobody twice
 */
export function allocateAudioSlots(
  current: readonly (string | null)[],
  candidates: AudioCandidates,
): (string | null)[] {
  const speakers = [...new Set(candidates.speakers)].slice(0, current.length);
  const ranked = [...new Set([...candidates.speakers, ...candidates.others])];
  const slots = keep(current, new Set(ranked));
  for (const speaker of speakers) {
    if (slots.includes(speaker)) continue;
    slots[leastNeeded(slots, ranked)] = speaker;
  }
  for (const peer of ranked) {
    const free = slots.indexOf(null);
    if (free < 0) break;
    if (!slots.includes(peer)) slots[free] = peer;
  }
  return slots;
}

/** The slots with everybody who is still there, nobody twice. */
function keep(current: readonly (string | null)[], allowed: ReadonlySet<string>): (string | null)[] {
  const kept = new Set<string>();
  return current.map((peer) => {
    if (peer === null || !allowed.has(peer) || kept.has(peer)) return null;
    kept.add(peer);
    return peer;
  });
}

/** A free slot, else that of whoever ranks last. */
function leastNeeded(slots: readonly (string | null)[], ranked: readonly string[]): number {
  let slot = 0;
  let lowest = -1;
  for (const [index, peer] of slots.entries()) {
    const rank = peer === null ? ranked.length : ranked.indexOf(peer);
    if (rank > lowest) [slot, lowest] = [index, rank];
  }
  return slot;
}
