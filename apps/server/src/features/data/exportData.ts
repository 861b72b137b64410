import { type AccountId, ConclaveError, type PersonalData } from '@conclave/protocol';
import { findAccount } from '../../storage/repositories/accounts.ts';
import {
  type InvitationRow,
  invitationsTo,
  listInvitationRows,
} from '../../storage/repositories/invitations.ts';
import { listMeetingsOf } from '../../storage/repositories/meetings.ts';
import { devicesOf, mailsOf, otherRowsOf } from '../../storage/repositories/personalData.ts';
import { listSessionsOf } from '../../storage/repositories/sessions.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import { readChoices } from '../meetings/readChoices.ts';
import { readSchedule } from '../meetings/readSchedule.ts';

const notes = [
  'What is said, written, shown or sent in meetings is end-to-end encrypted and never kept. Files are kept as ciphertext until the meeting is over.',
  'Hashes of passwords, tokens and keys are left out: they are of use to nobody but the service.',
  'Lines of the log hold the id of the account and no name; how long they are kept is for the operator to say.',
];

/**
 * Everything that is kept about one person (GDPR article 15 and 20), as one JSON document.
 * @param by who asks for it
 * @throws ConclaveError request.not_found
 */
export async function exportData(
  { db, clock, emit }: Pick<AccountsPorts, 'db' | 'clock' | 'emit'>,
  accountId: AccountId,
  by: AccountId,
): Promise<PersonalData> {
  const account = await findAccount(db, accountId);
  if (account === null) throw new ConclaveError('request.not_found');
  const sessions = await listSessionsOf(db, accountId);
  const meetings = await listMeetingsOf(db, accountId);
  const exported: PersonalData = {
    format: 'conclave-personal-data/1',
    exportedAt: new Date(clock()).toISOString(),
    account: {
      id: account.id,
      email: account.email,
      name: account.name,
      role: account.role_id,
      status: account.status,
      createdAt: account.created_at.toISOString(),
      lastSeenAt: instant(account.last_seen_at),
      emailVerifiedAt: instant(account.email_verified_at),
      suspendedAt: instant(account.suspended_at),
      hasPassword: account.password_hash !== null,
      mailLanguage: account.mail_language,
    },
    sessions: sessions.map((row) => ({
      id: row.id,
      device: row.device,
      name: row.name,
      method: row.method,
      createdAt: row.created_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
    })),
    devices: (await devicesOf(db, accountId)).map((row) => ({
      createdAt: row.created_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
    })),
    meetings: await Promise.all(
      meetings.map(async (row) => ({
        id: row.id,
        title: row.title,
        createdAt: row.created_at.toISOString(),
        lastUsedAt: instant(row.last_used_at),
        choices: readChoices(row.choices),
        schedule: readSchedule(row.schedule),
        invited: (await listInvitationRows(db, row.id)).map((invited) => ({
          name: invited.name,
          email: invited.email,
          ...timesOf(invited),
        })),
      })),
    ),
    invitations: (await invitationsTo(db, account.email)).map((row) => ({ name: row.name, ...timesOf(row) })),
    mails: (await mailsOf(db, account)).map((row) => ({
      kind: row.kind,
      subject: row.subject,
      state: row.state,
      createdAt: row.created_at.toISOString(),
    })),
    more: await otherRowsOf(db, accountId),
    notes,
  };
  emit({ event: 'data.exported', accountId, by });
  return exported;
}

function timesOf(row: InvitationRow) {
  return {
    madeAt: row.made_at.toISOString(),
    mailedAt: instant(row.mailed_at),
    seenAt: instant(row.seen_at),
    usedAt: instant(row.used_at),
    revokedAt: instant(row.revoked_at),
  };
}

function instant(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
