import type { Room } from '../../rooms/Room.ts';
import type { RoomEvent } from '../../rooms/roomState.ts';
import type { ParticipationPorts } from './ports.ts';

/** Whatever the room decides holds in the media plane at once: packets obey, not clients. */
export function followRoom(ports: ParticipationPorts, event: RoomEvent, room: Room): void {
  const { id } = event.member;
  switch (event.type) {
    case 'changed':
      if (event.member.allowed !== event.before.allowed)
        ports.media.setAllowed(room.id, id, event.member.allowed);
      if (event.member.sources !== event.before.sources)
        ports.media.setSources(room.id, id, event.member.sources);
      return;
    case 'left':
      ports.media.disconnect(room.id, id);
      ports.views.delete(id);
      ports.emit({
        event: 'participant.left',
        meetingId: room.id,
        participantId: id,
        reason: event.reason,
      });
      return;
    case 'joined':
    case 'resumed':
      return;
  }
}
