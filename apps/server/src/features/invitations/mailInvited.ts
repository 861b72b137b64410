import { ConclaveError, type Invitation, type InvitationId, type MeetingId } from '@conclave/protocol';
import { calendarOf } from '../../calendar/event.ts';
import { nextOccurrence } from '../../schedule/occurrences.ts';
import { findAccount, findAccountByEmail } from '../../storage/repositories/accounts.ts';
import {
  findInvitationRow,
  type InvitationRow,
  listInvitationRows,
  updateInvitation,
} from '../../storage/repositories/invitations.ts';
import type { MeetingRow } from '../../storage/repositories/meetings.ts';
import type { Caller } from '../accounts/authenticate.ts';
import { type Reader, senderOf, textsFor } from '../mail/letter.ts';
import { cancelledMail, meetingInvitationMail } from '../mail/meetingMails.ts';
import { readSchedule } from '../meetings/readSchedule.ts';
import { entryOf, type Organizer, uidOf } from './entry.ts';
import { invitingMeeting } from './invitingMeeting.ts';
import { invitationLink } from './links.ts';
import type { InvitationsPorts } from './ports.ts';
import { presentInvitation, sequenceOf } from './presentInvitation.ts';

export interface Cancellation {
  readonly row: InvitationRow;
  readonly email: string;
  readonly sequence: number;
  readonly mail: ReturnType<typeof cancelledMail>;
}

/**
 * Sends one invitation by mail: the personal link, the time for calendars, never the passcode.
 * @throws ConclaveError meeting.not_found, meeting.not_allowed, invitation.not_found, invitation.revoked, invitation.no_mail,
 * auth.too_many_attempts
 */
export async function mailInvitation(
  ports: InvitationsPorts,
  caller: Caller,
  id: MeetingId,
  invitationId: InvitationId,
): Promise<Invitation> {
  const seen = await invitingMeeting(ports, caller, id);
  const row = await findInvitationRow(ports.db, id, invitationId);
  if (row === null) throw new ConclaveError('invitation.not_found');
  if (row.revoked_at !== null) throw new ConclaveError('invitation.revoked');
  if (row.email === null || ports.mail.server === null) throw new ConclaveError('invitation.no_mail');
  await begin(ports, caller, row.email);
  const sent = await send(ports, await organizerOf(ports, seen.row), seen.row, row, row.email);
  return presentInvitation(ports, seen, sent ?? row);
}

/** To those of them who have an address, until the limit is reached. */
export async function mailInvited(
  ports: InvitationsPorts,
  caller: Caller,
  meeting: MeetingRow,
  rows: readonly InvitationRow[],
): Promise<void> {
  if (ports.mail.server === null) return;
  const organizer = await organizerOf(ports, meeting);
  for (const row of rows) {
    if (row.email === null || row.revoked_at !== null) continue;
    if (!(await mayMail(ports, caller, row.email))) continue;
    await send(ports, organizer, meeting, row, row.email);
  }
}

/** Tells those who got a mail of another time or title, or that the meeting has no time any more. */
export async function tellInvited(
  ports: InvitationsPorts,
  caller: Caller,
  before: MeetingRow,
  after: MeetingRow,
): Promise<void> {
  if (ports.mail.server === null) return;
  if (after.schedule !== null) return mailInvited(ports, caller, after, await listTold(ports, before));
  for (const { row, sequence } of await cancelAll(ports, caller, await prepareCancellations(ports, before)))
    await updateInvitation(ports.db, before.id, row.id, { mailed_sequence: sequence });
}

/**
 * That a meeting does not take place, for those who got a mail of it: made while it is there, to be sent when it is not.
 * Nothing for what is over.
 */
export async function prepareCancellations(
  ports: InvitationsPorts,
  meeting: MeetingRow,
): Promise<readonly Cancellation[]> {
  const schedule = readSchedule(meeting.schedule);
  if (ports.mail.server === null || schedule === null) return [];
  if (nextOccurrence(schedule, ports.clock()) === null) return [];
  const organizer = await organizerOf(ports, meeting);
  const told = await listTold(ports, meeting);
  const cancellations = [];
  for (const row of told) {
    const cancellation = await cancellationOf(ports, organizer, meeting, row);
    if (cancellation !== null) cancellations.push(cancellation);
  }
  return cancellations;
}

/** @returns those that were sent: the others are beyond the limit */
export async function cancelAll(
  ports: InvitationsPorts,
  caller: Caller,
  cancellations: readonly Cancellation[],
): Promise<readonly Cancellation[]> {
  const sent: Cancellation[] = [];
  for (const cancellation of cancellations) {
    if (!(await mayMail(ports, caller, cancellation.email))) continue;
    await ports.mail.send(cancellation.mail);
    sent.push(cancellation);
  }
  return sent;
}

async function listTold(ports: InvitationsPorts, { id }: MeetingRow): Promise<readonly InvitationRow[]> {
  const rows = await listInvitationRows(ports.db, id);
  return rows.filter(({ mailed_at, revoked_at }) => mailed_at !== null && revoked_at === null);
}

async function send(
  ports: InvitationsPorts,
  organizer: Organizer,
  meeting: MeetingRow,
  row: InvitationRow,
  email: string,
): Promise<InvitationRow | null> {
  const origin = ports.origin();
  const reader = await readerOf(ports, row.name, email);
  const sender = senderOf(ports);
  const link = invitationLink(origin, meeting.id, ports.secrets.of(row.id, row.generation));
  const sequence = sequenceOf(meeting, row);
  const entry = entryOf(
    meeting,
    {
      method: 'REQUEST',
      uid: uidOf(row.id, origin),
      sequence,
      link,
      organizer,
      attendee: { name: row.name, email },
      now: ports.clock(),
    },
    textsFor(reader, sender),
  );
  await ports.mail.send(
    meetingInvitationMail(reader, {
      organizer,
      title: meeting.title,
      schedule: entry?.schedule ?? null,
      link,
      sender,
      isUpdate: row.mailed_at !== null,
      calendar: entry === null ? null : calendarOf(entry),
    }),
  );
  return updateInvitation(ports.db, meeting.id, row.id, {
    mailed_at: new Date(ports.clock()),
    mailed_sequence: sequence,
  });
}

async function cancellationOf(
  ports: InvitationsPorts,
  organizer: Organizer,
  meeting: MeetingRow,
  row: InvitationRow,
): Promise<Cancellation | null> {
  const { email } = row;
  if (email === null) return null;
  const reader = await readerOf(ports, row.name, email);
  const sender = senderOf(ports);
  const origin = ports.origin();
  const sequence = sequenceOf(meeting, row) + 1;
  const entry = entryOf(
    meeting,
    {
      method: 'CANCEL',
      uid: uidOf(row.id, origin),
      sequence,
      link: '',
      organizer,
      attendee: { name: row.name, email },
      now: ports.clock(),
    },
    textsFor(reader, sender),
  );
  if (entry === null) return null;
  const what = {
    organizer,
    title: meeting.title,
    schedule: entry.schedule,
    sender,
    calendar: calendarOf(entry),
  };
  return { row, email, sequence, mail: cancelledMail(reader, what) };
}

/** Of whoever has an account with that address, in their language. Nobody but they sees what that is. */
async function readerOf({ db }: InvitationsPorts, name: string, email: string): Promise<Reader> {
  const account = await findAccountByEmail(db, email);
  return { name, email, mail_language: account?.mail_language ?? null };
}

async function organizerOf(ports: InvitationsPorts, meeting: MeetingRow): Promise<Organizer> {
  const account = await findAccount(ports.db, meeting.owner_id);
  if (account === null) throw new ConclaveError('meeting.not_found');
  return { name: account.name, email: account.email };
}

/** Each mail counts, whatever becomes of it: the service is no cannon for spam. @throws ConclaveError auth.too_many_attempts */
async function begin({ mails }: InvitationsPorts, { accountId }: Caller, email: string): Promise<void> {
  await mails.begin({ account: accountId, day: accountId, recipient: email, service: 'all' });
}

async function mayMail(ports: InvitationsPorts, caller: Caller, email: string): Promise<boolean> {
  try {
    await begin(ports, caller, email);
    return true;
  } catch (error) {
    if (error instanceof ConclaveError && error.code === 'auth.too_many_attempts') return false;
    throw error;
  }
}
