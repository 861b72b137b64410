import type { AccountId, MeetingRules, ParticipantRole } from '@conclave/protocol';

/** Whoever made the meeting is its host; whoever is signed in is a member; everybody else is a guest. */
export function roleIn(meeting: { ownerId: AccountId }, accountId: AccountId | null): ParticipantRole {
  if (accountId === null) return 'guest';
  return accountId === meeting.ownerId ? 'host' : 'member';
}

/** @param account of whoever wants to come in; null for somebody who is not signed in */
export function mayJoin(account: object | null, { guests }: Pick<MeetingRules, 'guests'>): boolean {
  return account !== null || guests === 'allowed';
}
