import { randomUUID } from 'node:crypto';
import {
  ConclaveError,
  type InvitationId,
  type InvitationList,
  type Invite,
  LIMITS,
  type MeetingId,
} from '@conclave/protocol';
import type * as z from 'zod/mini';
import { maySeeInvitations } from '../../policy/meetings.ts';
import { hashToken } from '../../security/tokens.ts';
import {
  countInvitations,
  type InvitationRow,
  insertInvitations,
  listInvitationRows,
} from '../../storage/repositories/invitations.ts';
import type { Caller } from '../accounts/authenticate.ts';
import { seenMeeting } from '../meetings/seenMeeting.ts';
import { invitingMeeting } from './invitingMeeting.ts';
import { mailInvited } from './mailInvited.ts';
import type { InvitationsPorts } from './ports.ts';
import { presentList } from './presentInvitation.ts';

/** @throws ConclaveError meeting.not_found, meeting.not_allowed */
export async function listInvitations(
  ports: InvitationsPorts,
  caller: Caller,
  id: MeetingId,
): Promise<InvitationList> {
  const seen = await seenMeeting(ports, caller, id);
  if (!maySeeInvitations(seen)) throw new ConclaveError('meeting.not_allowed');
  return presentList(ports, seen, await listInvitationRows(ports.db, id));
}

/**
 * Makes an invitation for each of these people. Where mails are wished for, they are sent as far as the limit on mails goes;
 * the answer says who got one.
 * @throws ConclaveError meeting.not_found, meeting.not_allowed, invitation.limit, auth.too_many_attempts
 */
export async function invite(
  ports: InvitationsPorts,
  caller: Caller,
  id: MeetingId,
  { people, send }: z.output<typeof Invite>,
): Promise<InvitationList> {
  const seen = await invitingMeeting(ports, caller, id);
  if ((await countInvitations(ports.db, id)) + people.length > LIMITS.invitations)
    throw new ConclaveError('invitation.limit');
  for (const _ of people) await ports.made.begin({ account: caller.accountId });
  const made = people.map(({ name, email }) => newInvitation(ports, id, name, email));
  await insertInvitations(ports.db, made);
  for (const row of made)
    ports.emit({
      event: 'invitation.made',
      accountId: caller.accountId,
      meetingId: id,
      invitationId: row.id,
    });
  if (send) await mailInvited(ports, caller, seen.row, made);
  return presentList(ports, seen, await listInvitationRows(ports.db, id));
}

function newInvitation(
  { secrets, clock }: InvitationsPorts,
  meetingId: MeetingId,
  name: string,
  email: string | null,
): InvitationRow {
  const id = randomUUID() as InvitationId;
  return {
    id,
    meeting_id: meetingId,
    name,
    email,
    token_hash: hashToken(secrets.of(id, 1)),
    generation: 1,
    made_at: new Date(clock()),
    mailed_at: null,
    mailed_sequence: null,
    seen_at: null,
    used_at: null,
    revoked_at: null,
  };
}
