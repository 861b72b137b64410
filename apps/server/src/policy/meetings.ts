import type { AccountId, Control } from '@conclave/protocol';
import { LIMITS } from '@conclave/protocol';

/** People change and delete the meetings that they made, and nobody else's. */
export function mayManageMeeting(accountId: AccountId, meeting: { readonly ownerId: AccountId }): boolean {
  return meeting.ownerId === accountId;
}

/** Everybody with an account makes meetings, up to a number. */
export function mayCreateMeeting(meetingsAlready: number): boolean {
  return meetingsAlready < LIMITS.meetingsPerAccount;
}

interface InMeeting {
  readonly isOwner: boolean;
  readonly controls: readonly Control[];
}

/** Whoever lets people in knows who was invited. */
export function maySeeInvitations({ isOwner, controls }: InMeeting): boolean {
  return isOwner || controls.includes('admit');
}

/** People invite to meetings of their own. */
export function mayMakeInvitations({ isOwner }: InMeeting): boolean {
  return isOwner;
}
