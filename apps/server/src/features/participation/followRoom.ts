import type { Room } from '../../rooms/Room.ts';
import type { RoomEvent } from '../../rooms/roomState.ts';
import type { ParticipationPorts } from './ports.ts';

/** Whatever the room decides holds in the media plane at once: packets obey, not clients. */
export function followRoom(ports: ParticipationPorts, event: RoomEvent, room: Room): void {
  switch (event.type) {
    case 'changed': {
      const { id, allowed, sources } = event.member;
      if (allowed !== event.before.allowed) ports.media.setAllowed(room.id, id, allowed);
      if (sources !== event.before.sources) ports.media.setSources(room.id, id, sources);
      return;
    }
    case 'left': {
      const { id } = event.member;
      ports.media.disconnect(room.id, id);
      ports.views.delete(id);
      ports.emit({ event: 'participant.left', meetingId: room.id, participantId: id, reason: event.reason });
      return;
    }
    case 'joined':
    case 'resumed':
    case 'renamed':
      return;
  }
}
