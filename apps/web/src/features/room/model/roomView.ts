import type { RoomView } from '@conclave/client';
import { LIMITS, type TileSize } from '@conclave/protocol';
import type { Size } from './fitTiles.ts';
import type { Picture } from './stage.ts';

export interface Shown {
  readonly selfId: string | null;
  /** Everybody, by id. */
  readonly participants: readonly string[];
  /** One screen, or pictures of people. */
  readonly large: readonly Picture[];
  /** Of each that is large, CSS pixels; null without one. */
  readonly main: Size | null;
  readonly small: readonly Picture[];
  /** CSS pixels. */
  readonly tile: Size;
  /** What a shared screen gets when somebody starts to share, CSS pixels. */
  readonly stage: Size;
  /** Pictures that the person has hidden, by participant. */
  readonly hidden: ReadonlySet<string>;
  readonly pixelRatio: number;
  /** Nobody looks: the tab is in the background. */
  readonly away: boolean;
}

const nothing: TileSize = { width: 0, height: 0 };
const largest = 16_384;

/**
 * What is on the screen, for the server to choose layers by, in device pixels. Whoever has no tile is 0 × 0, so
 * that nothing is sent that nobody sees.
 */
export function roomView(shown: Shown): RoomView {
  const pixels = (size: Size): TileSize => ({
    width: Math.min(largest, Math.round(size.width * shown.pixelRatio)),
    height: Math.min(largest, Math.round(size.height * shown.pixelRatio)),
  });
  if (shown.away) return { tiles: 0, tile: nothing, pinned: [], sizes: new Map(), screen: nothing };

  const { main, hidden, selfId } = shown;
  const largeCameras = new Set(
    shown.large.filter(({ source }) => source === 'camera').map((p) => p.participantId),
  );
  const screenOwner = shown.large.find(({ source }) => source === 'screen')?.participantId;
  // Not in the meeting yet: a guess, so that the first pictures need not wait for the first drawing.
  if (shown.participants.length === 0) {
    const tile = pixels(shown.tile);
    return { tiles: LIMITS.videoSlots, tile, pinned: [], sizes: new Map(), screen: pixels(shown.stage) };
  }

  const large = main === null ? nothing : pixels(main);
  const tile = pixels(shown.tile);
  const withTile = new Set(
    shown.small.filter(({ source }) => source === 'camera').map((p) => p.participantId),
  );
  const sizes = new Map<string, TileSize>();
  let tiles = 0;
  for (const id of shown.participants) {
    if (id === selfId) continue;
    const isLarge = largeCameras.has(id);
    const visible = !hidden.has(id) && (isLarge || withTile.has(id));
    if (!visible) sizes.set(id, nothing);
    else {
      tiles += 1;
      if (isLarge) sizes.set(id, large);
    }
  }
  const pinned = [...largeCameras].filter((id) => id !== selfId);
  return { tiles: Math.min(tiles, LIMITS.videoSlots), tile, pinned, sizes, screen: screenSize() };

  function screenSize(): TileSize {
    if (screenOwner !== undefined) return screenOwner === selfId ? nothing : large;
    if (shown.small.some((p) => p.source === 'screen' && p.participantId !== selfId)) return tile;
    // Nobody else shares: what it is going to be, so that a screen comes sharp at once.
    return pixels(shown.stage);
  }
}
