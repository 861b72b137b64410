import type { MeetingRules } from '@conclave/protocol';
import { LIMITS } from '@conclave/protocol';
import { allowAnew, change, inTurn } from './changes.ts';
import { type Accepted, accept, put } from './decision.ts';
import type { RoomCommand } from './roomCommands.ts';
import type { Member, RoomState } from './roomState.ts';

/**
 * The rules of a breakout room: the meeting's, as far as they are not about the way in, which is by ticket alone. Devices go
 * on as they were; and no direct path, which would end with each move.
 */
export function breakoutRules(rules: MeetingRules): MeetingRules {
  return {
    ...rules,
    straightIn: 'everybody',
    microphoneAtStart: 'chosen',
    cameraAtStart: 'chosen',
    directPath: 'off',
    participants: LIMITS.participants + LIMITS.hostPlaces,
  };
}

/** What the meeting's hosts have said holds in its breakout rooms; the lock is there to be seen. */
export function followMeeting(
  state: RoomState,
  command: Extract<RoomCommand, { type: 'follow-meeting' }>,
): Accepted {
  const rules = breakoutRules(command.rules);
  const orders = { ...state.orders, ...command.orders };
  const { rules: before, orders: ordersBefore } = state;
  return inTurn(
    { ...state, rules, orders },
    ...[...command.people].map(([id, said]) => (next: RoomState) => {
      const member = next.members.get(id);
      return member === undefined ? accept(next, []) : say(next, member, said);
    }),
    allowAnew,
    (next) => accept(next, isSame(rules, before) ? [] : [{ type: 'ruled', before }]),
    (next) =>
      accept(next, isSame(orders, ordersBefore) ? [] : [{ type: 'ordered', by: null, before: ordersBefore }]),
  );
}

function say(
  state: RoomState,
  member: Member,
  { role, controls, permits }: Pick<Member, 'role' | 'controls' | 'permits'>,
): Accepted {
  const permitted = isSame(permits, member.permits) ? state : put(state, { ...member, permits });
  if (role === member.role && isSame(controls, member.controls)) return accept(permitted, []);
  return change(permitted, member.id, { role, controls });
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
