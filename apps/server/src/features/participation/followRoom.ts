import type { ParticipantId } from '@conclave/protocol';
import type { Room } from '../../rooms/Room.ts';
import type { RoomEvent } from '../../rooms/roomState.ts';
import { mediaView } from './mediaView.ts';
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
      ports.groupQuotas.delete(id);
      ports.emit({ event: 'participant.left', meetingId: room.id, participantId: id, reason: event.reason });
      return;
    }
    case 'agreed': {
      const { id, agreed } = event.member;
      ports.emit({ event: 'direct.consent', meetingId: room.id, participantId: id, agreed: agreed === true });
      return;
    }
    case 'direct-offered':
      ports.emit({ event: 'direct.offered', meetingId: room.id });
      return;
    case 'direct-flows':
      showAgain(ports, room, event.id);
      return;
    case 'direct-established':
      ports.emit({ event: 'direct.established', meetingId: room.id });
      return;
    case 'direct-ended':
      // At once and not when the clients ask: what the path carried comes through here again.
      for (const id of event.offer.flowing) showAgain(ports, room, id);
      ports.emit({ event: 'direct.ended', meetingId: room.id, reason: event.reason });
      return;
    case 'group-founded':
      ports.emit({
        event: 'group.founded',
        meetingId: room.id,
        participantId: event.id,
        groupId: event.groupId,
      });
      return;
    case 'group-committed': {
      const { groupId, commit, added, removed } = event;
      ports.emit({
        event: 'group.committed',
        meetingId: room.id,
        participantId: commit.from,
        groupId,
        epoch: commit.epoch + 1,
        added: added.length,
        removed: removed.length,
      });
      return;
    }
    case 'group-rejoined':
      ports.emit({ event: 'group.rejoined', meetingId: room.id, participantId: event.id });
      return;
    case 'group-refused':
      ports.emit({ event: 'group.refused', meetingId: room.id, participantId: event.to, by: event.by });
      return;
    case 'group-reseated':
    case 'group-welcomed':
    case 'group-pending':
    case 'group-settled':
    case 'group-messaged':
    case 'joined':
    case 'resumed':
    case 'renamed':
    case 'ruled':
    case 'direct-told':
    case 'direct-signalled':
      return;
  }
}

function showAgain(ports: ParticipationPorts, room: Room, id: ParticipantId): void {
  const view = mediaView(ports, room, id);
  if (view !== null && room.member(id) !== undefined) ports.media.setView(room.id, id, view);
}
