import type { MeetingRules, ParticipantRole } from '@conclave/protocol';

/** Whether something that is open to everybody, to members, or to nobody is open to somebody. */
export function isOpenTo(to: MeetingRules['screenSharing'], role: ParticipantRole): boolean {
  return to === 'everybody' || (to === 'members' && role !== 'guest');
}
