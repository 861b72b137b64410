import type { TileSize, View } from '../control/media.ts';

/** The size at which a view shows somebody's camera, device pixels; null when it is hidden. */
export function tileSize(view: View, peer: string): TileSize | null {
  const size = view.sizes.find(({ participantId }) => participantId === peer)?.size ?? view.tile;
  return size.width > 0 && size.height > 0 ? size : null;
}
