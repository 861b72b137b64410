import {
  type AccountId,
  ConclaveError,
  type InvitationId,
  type MeetingId,
  rulesOf,
} from '@conclave/protocol';
import { roleIn } from '../../policy/joining.ts';
import { firstPlace } from '../../policy/webinar.ts';
import { hashToken } from '../../security/tokens.ts';
import { findGoodInvitation, markInvitation } from '../../storage/repositories/invitations.ts';
import type { Caller } from '../accounts/authenticate.ts';
import { findForJoin } from '../meetings/findForJoin.ts';
import type { InvitationsPorts } from './ports.ts';

type Ports = Pick<InvitationsPorts, 'db' | 'clock' | 'emit'>;

export interface FoundInvitation {
  readonly id: InvitationId;
  /** As the organiser has given it. */
  readonly name: string;
}

/**
 * Whom the secret of an invitation's link is for. Null when it is unknown, was revoked or renewed, or is of another meeting; by
 * how long it takes nobody learns which.
 */
export async function findInvitation(
  { db }: Pick<Ports, 'db'>,
  meetingId: MeetingId,
  secret: string,
): Promise<FoundInvitation | null> {
  const row = await findGoodInvitation(db, meetingId, hashToken(secret));
  return row === null ? null : { id: row.id, name: row.name };
}

/** Somebody has come in with it. */
export async function markInvitationUsed(ports: Ports, id: InvitationId): Promise<void> {
  const meetingId = await markInvitation(ports.db, id, 'used_at', new Date(ports.clock()));
  if (meetingId !== null) ports.emit({ event: 'invitation.used', meetingId, invitationId: id });
}

/**
 * Somebody has opened its link. They are told the name that it is for, which is on the page that asks for the passcode, and
 * whether they will watch: then that page asks for no devices.
 * @param caller whoever is signed in
 * @throws ConclaveError invitation.invalid, auth.too_many_attempts
 */
export async function openInvitation(
  ports: Ports & Pick<InvitationsPorts, 'opened' | 'policy' | 'running'>,
  { caller, address }: { readonly caller: Pick<Caller, 'accountId'> | null; readonly address: string },
  { meetingId, secret }: { readonly meetingId: MeetingId; readonly secret: string },
): Promise<{ name: string; watches: boolean }> {
  const attempt = await ports.opened.begin({ address });
  const found = await findInvitation(ports, meetingId, secret);
  if (found === null) throw new ConclaveError('invitation.invalid');
  await attempt.succeeded();
  const first = await markInvitation(ports.db, found.id, 'seen_at', new Date(ports.clock()));
  if (first !== null) ports.emit({ event: 'invitation.seen', meetingId, invitationId: found.id });
  return { name: found.name, watches: await watches(ports, caller?.accountId ?? null, meetingId) };
}

/** Where they begin when they come in now: as joining itself has it. */
async function watches(
  ports: Pick<InvitationsPorts, 'db' | 'policy' | 'running'>,
  accountId: AccountId | null,
  meetingId: MeetingId,
): Promise<boolean> {
  const meeting = await findForJoin(ports.db, meetingId);
  if (meeting === null) return false;
  const running = ports.running(meetingId);
  const controls =
    accountId === null ? [] : (running?.controlsOf(accountId) ?? meeting.cohosts.get(accountId) ?? []);
  const role = controls.length > 0 ? 'cohost' : roleIn(meeting, accountId);
  const form = running?.form ?? rulesOf(ports.policy.current(), meeting.choices).form;
  return firstPlace({ form }, role) === 'off';
}
