import { AccountId, InvitationId } from '@conclave/protocol';
import type { Visitor } from '../roomState.ts';
import { accountOf } from './people.ts';

/** Those who come to the door: a host, somebody of the organisation, somebody who was invited, and one with the passcode. */

export const invitation = InvitationId.parse('00000000-0000-4000-8000-00000000aaaa');
export const account = AccountId.parse('7a1de5c6-5a42-4f0e-9d4d-7a3f0f5b8a11');
export const host: Partial<Visitor> = { role: 'host', accountId: accountOf(1) };
export const member: Partial<Visitor> = { role: 'member', accountId: account };
export const invited: Partial<Visitor> = { invitationId: invitation, invitedAs: 'Cid' };
export const guest: Partial<Visitor> = { visitorKey: 'browser', addressKey: '192.0.2.1' };
