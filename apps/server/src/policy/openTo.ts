import type { MeetingRules, ParticipantRole } from '@conclave/protocol';

/** Whether something that is open to everybody, to members, to hosts, or to nobody is open to somebody. */
export function isOpenTo(to: MeetingRules['screenSharing'], role: ParticipantRole): boolean {
  switch (to) {
    case 'everybody':
      return true;
    case 'members':
      return role !== 'guest';
    case 'hosts':
      return isModerator(role);
    case 'off':
      return false;
  }
}

/** Hosts and co-hosts: what is ordered for all is not for them. */
export function isModerator(role: ParticipantRole): boolean {
  return role === 'host' || role === 'cohost';
}
