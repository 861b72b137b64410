import type { View } from '../control/media.ts';
import { isShown, namedIn, tileSize } from './tileSize.ts';

export interface VideoRequest {
  /** Who is in each video slot of the viewer now. */
  readonly current: readonly (string | null)[];
  readonly view: View;
  readonly viewer: string;
  /** Everybody with a camera that is on and allowed, in the order of joining. */
  readonly cameras: ReadonlySet<string>;
  /** Those who speak or spoke, the dominant one first, then by when they spoke last. */
  readonly speakers: readonly string[];
}

/**
 * Fills the video slots of a viewer: pinned, then speakers, then who spoke latest, then who is there already, then the
 * rest; as many as the view has tiles for. Nobody hidden (a tile of 0 × 0) and never the viewer's own picture. Whoever
 * stays keeps the slot, so that no picture jumps for another's sake. Nobody is looked at once the slots are full.
 * @returns who is in each slot from now on: the same number of slots, nobody twice
 */
export function allocateVideoSlots(request: VideoRequest): (string | null)[] {
  const { current, view, viewer, speakers, cameras } = request;
  const limit = Math.min(current.length, view.tiles);
  const chosen = new Set<string>();
  // Where only those are shown who are named, the others need not be gone through.
  const rest = isShown(view.tile) ? cameras : namedIn(view);
  for (const group of [view.pinned, speakers, current, rest])
    for (const peer of group) {
      if (chosen.size >= limit) return place(current, chosen);
      if (peer !== null && peer !== viewer && cameras.has(peer) && tileSize(view, peer) !== null)
        chosen.add(peer);
    }
  return place(current, chosen);
}

function place(current: readonly (string | null)[], waiting: Set<string>): (string | null)[] {
  const slots = current.map((peer) => (peer !== null && waiting.delete(peer) ? peer : null));
  for (const peer of waiting) {
    const free = slots.indexOf(null);
    if (free >= 0) slots[free] = peer;
  }
  return slots;
}
