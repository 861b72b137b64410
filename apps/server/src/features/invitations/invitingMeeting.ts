import { ConclaveError, type MeetingId } from '@conclave/protocol';
import { mayMakeInvitations } from '../../policy/meetings.ts';
import type { Caller } from '../accounts/authenticate.ts';
import { type SeenMeeting, seenMeeting } from '../meetings/seenMeeting.ts';
import type { InvitationsPorts } from './ports.ts';

/** A meeting whose invitations the caller makes and changes. @throws ConclaveError meeting.not_found, meeting.not_allowed */
export async function invitingMeeting(
  ports: InvitationsPorts,
  caller: Caller,
  id: MeetingId,
): Promise<SeenMeeting> {
  const seen = await seenMeeting(ports, caller, id);
  if (!mayMakeInvitations(seen)) throw new ConclaveError('meeting.not_allowed');
  return seen;
}
