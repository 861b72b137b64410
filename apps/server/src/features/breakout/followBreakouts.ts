import type { Room } from '../../rooms/Room.ts';
import type { RoomEvent } from '../../rooms/roomEvents.ts';
import type { Member } from '../../rooms/roomState.ts';
import type { ParticipationPorts } from '../participation/ports.ts';
import { meetingOf, stayerIn } from './inMeeting.ts';

/**
 * Keeps a meeting and its breakout rooms in step, at once: whose stay is over in the meeting is out of the room, whoever has
 * left the room is back in the meeting, and what hosts say in the meeting holds in its rooms.
 */
export function followBreakouts(ports: ParticipationPorts, event: RoomEvent, room: Room): void {
  switch (event.type) {
    case 'breakout-over': {
      const { stay, reason } = event;
      ports.rooms.find(stay.roomId)?.handle({ type: 'leave', id: stay.stayId, reason });
      return;
    }
    case 'left': {
      const meeting = meetingOf(ports, room);
      if (meeting === null) return;
      const id = stayerIn(meeting, event.member.id);
      if (id !== null) meeting.handle({ type: 'return', id, stayId: event.member.id });
      return;
    }
    case 'changed':
      if (event.member.role !== event.before.role || event.member.controls !== event.before.controls)
        tellBreakouts(ports, room);
      return;
    case 'ruled':
    case 'ordered':
      tellBreakouts(ports, room);
      return;
    default:
      return;
  }
}

/** What holds in the meeting holds in its breakout rooms. */
export function tellBreakouts(ports: Pick<ParticipationPorts, 'rooms'>, meeting: Room): void {
  const { breakout, members, rules, orders } = meeting.state;
  for (const { id } of breakout?.rooms ?? []) {
    const room = ports.rooms.find(id);
    if (room === undefined) continue;
    const { locked, held, chat } = orders;
    const people = new Map(
      [...members.values()].flatMap((member) =>
        member.breakout?.roomId === id ? [[member.breakout.stayId, saidOf(member)] as const] : [],
      ),
    );
    room.handle({ type: 'follow-meeting', rules, orders: { locked, held, chat }, people });
  }
}

export function saidOf({ role, controls, permits }: Member): Pick<Member, 'role' | 'controls' | 'permits'> {
  return { role, controls, permits };
}
