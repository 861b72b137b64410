import type { ParticipantId } from '@conclave/protocol';
import { has } from '../policy/moderation.ts';
import { breakoutViewOf } from '../rooms/breakoutState.ts';
import type { Room } from '../rooms/Room.ts';
import type { RoomEvent } from '../rooms/roomEvents.ts';
import type { Outboxes } from './Outboxes.ts';

/** Tells those whom it concerns of the breakout rooms. @param now ms since the epoch */
export function tellBreakout(event: RoomEvent, room: Room, outboxes: Outboxes, now: number): void {
  if (event.type === 'breakout-changed') {
    tell(room, outboxes, event.to ?? [...room.state.members.keys()], now);
    return;
  }
  if (event.type !== 'changed' || room.state.breakout === null) return;
  // Whoever is given the control, or loses it, is told what there is to know with it.
  const { member, before } = event;
  if (has(member, 'breakout') !== has(before, 'breakout')) tell(room, outboxes, [member.id], now);
}

function tell(room: Room, outboxes: Outboxes, to: readonly ParticipantId[], now: number): void {
  for (const id of to) {
    const member = room.member(id);
    if (member === undefined) continue;
    const breakout = breakoutViewOf(room.state, member, now);
    outboxes.find(id)?.send({ type: 'breakout', breakout });
  }
}
