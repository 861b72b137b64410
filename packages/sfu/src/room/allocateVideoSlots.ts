import type { View } from '../control/media.ts';
import { tileSize } from './tileSize.ts';

export interface VideoRequest {
  /** Who is in each video slot of the viewer now. */
  readonly current: readonly (string | null)[];
  readonly view: View;
  readonly viewer: string;
  /** Everybody with a camera that is on and allowed, in the order of joining. */
  readonly cameras: readonly string[];
  /** Those who speak or spoke, the dominant one first, then by when they spoke last. */
  readonly speakers: readonly string[];
}

/**
 * Fills the video slots of a viewer: pinned, then speakers, then who spoke latest, then who is there already, then the
 * rest; as many as the view has tiles for. Nobody hidden (a tile of 0 × 0) and never the viewer's own picture. Whoever
 * stays keeps the slot, so that no picture jumps for another's sake.
 * @returns who is in each slot from now on: the same number of slots, nobody twice
 */
export function allocateVideoSlots(request: VideoRequest): (string | null)[] {
  const { current, view, speakers, cameras } = request;
  const shown = new Set(cameras.filter((peer) => peer !== request.viewer && tileSize(view, peer) !== null));
  const limit = Math.min(current.length, view.tiles);
  const chosen = new Set<string>();
  for (const group of [view.pinned, speakers, current, cameras])
    for (const peer of group) if (peer !== null && shown.has(peer) && chosen.size < limit) chosen.add(peer);
  return place(current, chosen);
}

function place(current: readonly (string | null)[], chosen: ReadonlySet<string>): (string | null)[] {
  const waiting = new Set(chosen);
  const slots = current.map((peer) => (peer !== null && waiting.delete(peer) ? peer : null));
  for (const peer of waiting) {
    const free = slots.indexOf(null);
    if (free >= 0) slots[free] = peer;
  }
  return slots;
}
