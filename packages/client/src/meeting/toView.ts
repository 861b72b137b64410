import { LIMITS, ParticipantId, type View } from '@conclave/protocol';
import type { RoomView } from './types.ts';

/** What the room shows, as the server is told. */
export function toView(view: RoomView): View {
  return {
    tiles: view.tiles,
    tile: view.tile,
    pinned: view.pinned.slice(0, LIMITS.pinned).map((id) => ParticipantId.parse(id)),
    sizes: [...view.sizes].map(([id, size]) => ({ participantId: ParticipantId.parse(id), size })),
    screen: view.screen,
  };
}
