import { Invitation, InvitationList, InvitationParams, Invite } from './invitations.ts';
import { CalendarFile, MeetingParams } from './meetings.ts';
import type { RouteTable } from './route.ts';

/** Who is invited to a meeting of one's own. Co-hosts who may let people in see it too. */
export const INVITATION_ROUTES = {
  listInvitations: {
    method: 'GET',
    path: '/meetings/:id/invitations',
    access: 'account',
    params: MeetingParams,
    response: InvitationList,
  },
  invite: {
    method: 'POST',
    path: '/meetings/:id/invitations',
    access: 'account',
    params: MeetingParams,
    body: Invite,
    response: InvitationList,
  },
  /** By mail, with what holds now. */
  mailInvitation: {
    method: 'POST',
    path: '/meetings/:id/invitations/:invitation/mail',
    access: 'account',
    params: InvitationParams,
    response: Invitation,
  },
  /** Another link in place of the old one, which is dead at once. */
  renewInvitation: {
    method: 'POST',
    path: '/meetings/:id/invitations/:invitation/renewal',
    access: 'account',
    params: InvitationParams,
    response: Invitation,
  },
  revokeInvitation: {
    method: 'POST',
    path: '/meetings/:id/invitations/:invitation/revocation',
    access: 'account',
    params: InvitationParams,
    response: Invitation,
  },
  deleteInvitation: {
    method: 'DELETE',
    path: '/meetings/:id/invitations/:invitation',
    access: 'account',
    params: InvitationParams,
    response: null,
  },
  invitationCalendar: {
    method: 'GET',
    path: '/meetings/:id/invitations/:invitation/calendar',
    access: 'account',
    params: InvitationParams,
    response: CalendarFile,
  },
} as const satisfies RouteTable;
