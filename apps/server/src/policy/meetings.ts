import type { AccountId } from '@conclave/protocol';
import { LIMITS } from '@conclave/protocol';

/** People change and delete the meetings that they made, and nobody else's. */
export function mayManageMeeting(accountId: AccountId, meeting: { readonly ownerId: AccountId }): boolean {
  return meeting.ownerId === accountId;
}

/** Everybody with an account makes meetings, up to a number. */
export function mayCreateMeeting(meetingsAlready: number): boolean {
  return meetingsAlready < LIMITS.meetingsPerAccount;
}
