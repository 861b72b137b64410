import type { TileSize, View } from '../control/media.ts';

const indices = new WeakMap<View, ReadonlyMap<string, TileSize>>();

/** The size at which a view shows somebody's camera, device pixels; null when it is hidden. */
export function tileSize(view: View, peer: string): TileSize | null {
  const size = view.sizes.length === 0 ? view.tile : (indexOf(view).get(peer) ?? view.tile);
  return isShown(size) ? size : null;
}

export function isShown({ width, height }: TileSize): boolean {
  return width > 0 && height > 0;
}

/** Everybody whose size a view says. */
export function namedIn(view: View): Iterable<string> {
  return indexOf(view).keys();
}

/** Each view is asked for each camera, again and again: its list is searched once. The first entry of somebody counts. */
function indexOf(view: View): ReadonlyMap<string, TileSize> {
  const known = indices.get(view);
  if (known !== undefined) return known;
  const index = new Map([...view.sizes].reverse().map(({ participantId, size }) => [participantId, size]));
  indices.set(view, index);
  return index;
}
