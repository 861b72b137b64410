import type { ParticipantId, ServerMessage } from '@conclave/protocol';
import { committers, connectedMembers, pendingOf } from '../rooms/groupState.ts';
import type { Room } from '../rooms/Room.ts';
import type { RoomEvent } from '../rooms/roomEvents.ts';
import { type Outboxes, write } from './Outboxes.ts';
import type { PendingNotices } from './PendingNotices.ts';

/** Tells participants what has happened in the group of a room. */
export function tellGroup(event: RoomEvent, room: Room, outboxes: Outboxes, notices: PendingNotices): void {
  switch (event.type) {
    case 'group-reseated':
      tell(outboxes, [event.id], { type: 'group-seat-changed', group: event.seat });
      return;
    case 'group-committed':
      tell(outboxes, event.to, { type: 'group-commit', groupId: event.groupId, ...event.commit });
      return;
    case 'group-welcomed': {
      const { groupId, epoch, welcome, from } = event;
      tell(outboxes, event.to, { type: 'group-welcome', groupId, epoch, welcome, from });
      return;
    }
    case 'changed': {
      // Whoever comes on stage has a hand in what is to be committed, and whoever goes has none any more.
      const { member, before } = event;
      if (member.stage === before.stage || !connectedMembers(room.state).includes(member.id)) return;
      const commits = committers(room.state).includes(member.id);
      if (commits) tellPending(room, outboxes, [member.id]);
      else tell(outboxes, [member.id], nothingPending(room));
      return;
    }
    case 'group-pending':
      notices.change(room, event.urgent);
      return;
    case 'group-settled':
      tell(outboxes, event.to, { type: 'group-settled', groupId: event.groupId, epoch: event.epoch });
      return;
    case 'group-messaged': {
      const { groupId, from, message } = event;
      tell(outboxes, event.to, { type: 'group-message', groupId, from, message });
      return;
    }
    case 'group-refused':
      tell(outboxes, [event.to], { type: 'group-refused', groupId: event.groupId, by: event.by });
      return;
    default:
      return;
  }
}

/** Tells members what there is to commit now. */
export function tellPending(
  room: Room,
  outboxes: Outboxes,
  to: readonly ParticipantId[] = committers(room.state),
): void {
  const { waiting, gone } = pendingOf(room.state);
  tell(outboxes, to, {
    type: 'group-pending',
    groupId: room.state.group.id,
    waiting: [...waiting],
    gone: [...gone],
  });
}

function nothingPending(room: Room): ServerMessage {
  return { type: 'group-pending', groupId: room.state.group.id, waiting: [], gone: [] };
}

function tell(outboxes: Outboxes, to: readonly ParticipantId[], message: ServerMessage): void {
  if (to.length === 0) return;
  const written = write(message);
  for (const id of to) outboxes.find(id)?.sendWritten(written);
}
