import { ConclaveError, type Invitation, type InvitationId, type MeetingId } from '@conclave/protocol';
import { hashToken } from '../../security/tokens.ts';
import {
  deleteInvitationRow,
  findInvitationRow,
  type InvitationChange,
  type InvitationRow,
  updateInvitation,
} from '../../storage/repositories/invitations.ts';
import type { Caller } from '../accounts/authenticate.ts';
import { invitingMeeting } from './invitingMeeting.ts';
import type { InvitationsPorts } from './ports.ts';
import { presentInvitation } from './presentInvitation.ts';

type What = 'revoked' | 'renewed' | 'deleted';

/** Takes it back: its link is dead, and whoever came with it is put out. Again is no error. @throws ConclaveError as below */
export async function revokeInvitation(
  ports: InvitationsPorts,
  caller: Caller,
  id: MeetingId,
  invitationId: InvitationId,
): Promise<Invitation> {
  return change(ports, caller, id, invitationId, 'revoked', ({ revoked_at }) => ({
    revoked_at: revoked_at ?? new Date(ports.clock()),
  }));
}

/** Makes another link for the same person; the old one is dead. One that was revoked is good again. @throws ConclaveError as below */
export async function renewInvitation(
  ports: InvitationsPorts,
  caller: Caller,
  id: MeetingId,
  invitationId: InvitationId,
): Promise<Invitation> {
  return change(ports, caller, id, invitationId, 'renewed', ({ generation }) => ({
    generation: generation + 1,
    token_hash: hashToken(ports.secrets.of(invitationId, generation + 1)),
    seen_at: null,
    used_at: null,
    revoked_at: null,
  }));
}

/** @throws ConclaveError meeting.not_found, meeting.not_allowed, invitation.not_found */
export async function deleteInvitation(
  ports: InvitationsPorts,
  caller: Caller,
  id: MeetingId,
  invitationId: InvitationId,
): Promise<void> {
  await invitingMeeting(ports, caller, id);
  if (!(await deleteInvitationRow(ports.db, id, invitationId)))
    throw new ConclaveError('invitation.not_found');
  told(ports, caller, id, invitationId, 'deleted');
}

/** @throws ConclaveError meeting.not_found, meeting.not_allowed, invitation.not_found */
async function change(
  ports: InvitationsPorts,
  caller: Caller,
  id: MeetingId,
  invitationId: InvitationId,
  what: What,
  to: (row: InvitationRow) => InvitationChange,
): Promise<Invitation> {
  const seen = await invitingMeeting(ports, caller, id);
  const before = await findInvitationRow(ports.db, id, invitationId);
  const row = before && (await updateInvitation(ports.db, id, invitationId, to(before)));
  if (row === null) throw new ConclaveError('invitation.not_found');
  told(ports, caller, id, invitationId, what);
  return presentInvitation(ports, seen, row);
}

function told(
  ports: InvitationsPorts,
  { accountId }: Caller,
  meetingId: MeetingId,
  invitationId: InvitationId,
  what: What,
): void {
  ports.emit({ event: `invitation.${what}`, accountId, meetingId, invitationId });
  ports.meetingNews.tell({ meetingId, news: 'uninvited', invitationId });
}
