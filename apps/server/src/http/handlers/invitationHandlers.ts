import type { INVITATION_ROUTES, INVITED_ROUTES } from '@conclave/protocol';
import type { Context } from '../../context.ts';
import { invitationCalendar } from '../../features/invitations/calendarFile.ts';
import {
  deleteInvitation,
  renewInvitation,
  revokeInvitation,
} from '../../features/invitations/changeInvitation.ts';
import { openInvitation } from '../../features/invitations/findInvitation.ts';
import { invite, listInvitations } from '../../features/invitations/invite.ts';
import { mailInvitation } from '../../features/invitations/mailInvited.ts';
import type { HandlersOf } from './types.ts';

export function createInvitationHandlers({
  invitationsPorts: ports,
}: Context): HandlersOf<typeof INVITATION_ROUTES & typeof INVITED_ROUTES> {
  return {
    listInvitations: ({ caller, params }) => listInvitations(ports, caller, params.id),
    invite: ({ caller, params, body }) => invite(ports, caller, params.id, body),
    mailInvitation: ({ caller, params }) => mailInvitation(ports, caller, params.id, params.invitation),
    renewInvitation: ({ caller, params }) => renewInvitation(ports, caller, params.id, params.invitation),
    revokeInvitation: ({ caller, params }) => revokeInvitation(ports, caller, params.id, params.invitation),
    async deleteInvitation({ caller, params }) {
      await deleteInvitation(ports, caller, params.id, params.invitation);
      return undefined;
    },
    invitationCalendar: ({ caller, params }) =>
      invitationCalendar(ports, caller, params.id, params.invitation),
    openInvitation: ({ caller, address, body }) => openInvitation(ports, { caller, address }, body),
  };
}
