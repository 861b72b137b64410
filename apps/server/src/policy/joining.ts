import type { AccountId, ParticipantRole } from '@conclave/protocol';

/** Whoever made the meeting is its host; whoever is signed in is a member; everybody else is a guest. */
export function roleIn(meeting: { ownerId: AccountId | null }, accountId: AccountId | null): ParticipantRole {
  if (accountId === null) return 'guest';
  return accountId === meeting.ownerId ? 'host' : 'member';
}
