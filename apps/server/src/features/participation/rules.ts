import { type MeetingChoices, type MeetingId, type MeetingRules, rulesOf } from '@conclave/protocol';
import type { JoinableMeeting } from '../meetings/ports.ts';
import { endMeeting } from './leave.ts';
import { setCohosts } from './moderate.ts';
import type { ParticipationPorts } from './ports.ts';

/** The rules of a meeting that somebody wants to join. Of one that is going on, those that hold in it. */
export function rulesFor(ports: ParticipationPorts, meeting: JoinableMeeting): MeetingRules {
  if (ports.rooms.findMeeting(meeting.id) === undefined && meeting.fixedRules === null)
    ports.choices.set(meeting.id, meeting.choices);
  return rulesNow(ports, meeting);
}

/** As far as can be said before somebody joins. */
export function rulesNow(
  { rooms, policy }: Pick<ParticipationPorts, 'rooms' | 'policy'>,
  { id, fixedRules, choices }: JoinableMeeting,
): MeetingRules {
  return rooms.findMeeting(id)?.state.rules ?? fixedRules ?? rulesOf(policy.current(), choices);
}

/** The organisation has changed its policy: it holds in every meeting that is going on, at once. */
export function applyPolicy(ports: ParticipationPorts): void {
  // Breakout rooms follow the meeting that they are of, and have made no choices; nor have test calls, whose rules are fixed.
  for (const { id } of ports.rooms.all()) {
    const choices = ports.choices.get(id);
    if (choices !== undefined) applyChoices(ports, id, choices);
  }
}

/** The host has chosen otherwise for a meeting; it may be going on. */
export function applyChoices(ports: ParticipationPorts, id: MeetingId, choices: MeetingChoices): void {
  const room = ports.rooms.findMeeting(id);
  if (room === undefined) return;
  ports.choices.set(id, choices);
  room.handle({ type: 'set-rules', rules: rulesOf(ports.policy.current(), choices), now: ports.clock() });
}

/** What a room has opened with may have been changed while its first visitor was on the way in. */
export async function readChoicesAgain(ports: ParticipationPorts, id: MeetingId): Promise<void> {
  const meeting = await ports.findForJoin(id);
  if (meeting === null) {
    endMeeting(ports, id);
    return;
  }
  if (meeting.fixedRules !== null) return;
  applyChoices(ports, id, meeting.choices);
  setCohosts(ports, id, meeting.cohosts);
}
