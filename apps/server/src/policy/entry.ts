import type { Entry, KnockIdentity, MeetingRules, ParticipantRole } from '@conclave/protocol';

/** Somebody who has proved the passcode and wants to come in. */
export interface Candidate {
  readonly role: ParticipantRole;
  readonly isInvited: boolean;
}

/** How somebody comes in under these rules: straight, by waiting for a host, or not at all. */
export type WayIn =
  | { readonly way: 'straight'; readonly entry: Exclude<Entry, 'admitted'> }
  | { readonly way: 'wait'; readonly identity: KnockIdentity }
  | { readonly way: 'refused'; readonly code: 'meeting.members_only' };

/**
 * Hosts always come straight in: whoever could be kept from their own meeting could not let anybody in. An invitation is for
 * one person whom the organiser has named, so it says more than an account does.
 */
export function wayIn(
  { role, isInvited }: Candidate,
  rules: Pick<MeetingRules, 'straightIn' | 'guests'>,
): WayIn {
  const { straightIn, guests } = rules;
  if (role === 'host' || role === 'cohost') return { way: 'straight', entry: 'host' };
  if (role === 'guest' && guests === 'refused') return { way: 'refused', code: 'meeting.members_only' };
  if (isInvited && straightIn !== 'nobody') return { way: 'straight', entry: 'invited' };
  if (role === 'member' && (straightIn === 'organisation' || straightIn === 'everybody')) {
    return { way: 'straight', entry: 'account' };
  }
  if (straightIn === 'everybody') return { way: 'straight', entry: 'passcode' };
  return { way: 'wait', identity: isInvited ? 'invited' : role === 'member' ? 'account' : 'self-declared' };
}
