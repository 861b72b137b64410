import type { ParticipantId } from '@conclave/protocol';
import type { Room } from '../../rooms/Room.ts';
import type { RoomEvent } from '../../rooms/roomEvents.ts';
import { mediaView } from './mediaView.ts';
import type { ParticipationPorts } from './ports.ts';

/** Whatever the room decides holds in the media plane at once: packets obey, not clients. */
export function followRoom(ports: ParticipationPorts, event: RoomEvent, room: Room): void {
  switch (event.type) {
    case 'changed': {
      const { id, allowed, sources } = event.member;
      // In a breakout room: nothing of the meeting is sent or received.
      if (event.member.breakout !== null && event.before.breakout === null) {
        ports.media.disconnect(room.id, id);
        return;
      }
      if (allowed !== event.before.allowed) ports.media.setAllowed(room.id, id, allowed);
      if (sources !== event.before.sources) ports.media.setSources(room.id, id, sources);
      return;
    }
    case 'joined': {
      const { id, role, accountId, invitationId } = event.member;
      ports.emit({ event: 'participant.joined', meetingId: room.id, participantId: id, role, accountId });
      // Whoever is in a breakout room has come into the meeting before.
      if (room.state.parent !== null) return;
      ports.markUsed(room.id);
      if (invitationId !== null) ports.markInvitationUsed(invitationId);
      return;
    }
    case 'knocked': {
      const { id, identity } = event.knock;
      ports.emit({ event: 'participant.waiting', meetingId: room.id, participantId: id, identity });
      return;
    }
    case 'stage-taken': {
      const { id, stage } = event.member;
      const onStage = stage === 'on';
      ports.emit({ event: 'participant.stage', meetingId: room.id, participantId: id, onStage });
      return;
    }
    case 'knock-over': {
      const { knock, reason, by } = event;
      if (reason !== null || by === null) return;
      ports.emit({ event: 'participant.admitted', meetingId: room.id, participantId: knock.id, by: by.id });
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
    case 'host-presence':
    case 'waits-otherwise':
    case 'ordered':
    case 'moderated':
    case 'reported':
    case 'removed':
    case 'let-back':
    case 'resumed':
    case 'renamed':
    case 'ruled':
    case 'breakout-changed':
    case 'breakout-over':
    case 'direct-told':
    case 'direct-signalled':
      return;
  }
}

function showAgain(ports: ParticipationPorts, room: Room, id: ParticipantId): void {
  const view = mediaView(ports, room, id);
  if (view !== null && room.member(id) !== undefined) ports.media.setView(room.id, id, view);
}
