import type { ParticipantId, View } from '@conclave/protocol';
import type { Room } from '../../rooms/Room.ts';
import type { ParticipationPorts } from './ports.ts';

const nothing: View = {
  tiles: 0,
  tile: { width: 0, height: 0 },
  pinned: [],
  sizes: [],
  screen: { width: 0, height: 0 },
};

/**
 * What the media plane is to show somebody; null until they have said what they show. Whoever receives over the
 * direct path needs none of it from here, so nothing is sent twice.
 */
export function mediaView(ports: ParticipationPorts, room: Room, id: ParticipantId): View | null {
  const direct = room.state.direct.offer?.flowing.has(id) ?? false;
  return direct ? nothing : (ports.views.get(id) ?? null);
}
