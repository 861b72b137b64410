import {
  type AccountId,
  type AddCohost,
  ConclaveError,
  type Control,
  LIMITS,
  type Meeting,
  type MeetingId,
} from '@conclave/protocol';
import type * as z from 'zod/mini';
import { findAccountByEmail } from '../../storage/repositories/accounts.ts';
import { listCohosts, removeCohostRow, setCohost } from '../../storage/repositories/cohosts.ts';
import type { MeetingRow } from '../../storage/repositories/meetings.ts';
import type { Db } from '../../storage/tables.ts';
import type { Caller } from '../accounts/authenticate.ts';
import { ownMeeting } from './ownMeeting.ts';
import type { MeetingsPorts } from './ports.ts';
import { presentMeeting } from './presentMeeting.ts';
import { readControls } from './readControls.ts';

/** Of a meeting, for whoever decides what somebody may do in it. */
export async function cohostsOf(db: Db, id: MeetingId): Promise<ReadonlyMap<AccountId, readonly Control[]>> {
  const rows = await listCohosts(db, [id]);
  return new Map(rows.map((row) => [row.account_id, readControls(row.controls)]));
}

/**
 * Makes somebody a co-host who is named by their whole address. How many addresses one account may ask about is limited, right
 * or wrong: the answer says whether there is such an account.
 * @throws ConclaveError meeting.not_found, cohost.no_account, cohost.limit, auth.too_many_attempts; request.invalid for oneself
 */
export async function addCohost(
  ports: MeetingsPorts,
  caller: Caller,
  id: MeetingId,
  { email, controls }: z.output<typeof AddCohost>,
): Promise<Meeting> {
  const row = await ownMeeting(ports, caller, id);
  await ports.cohostLookups.begin({ account: caller.accountId });
  const account = await findAccountByEmail(ports.db, email);
  if (account === null || account.status !== 'active') throw new ConclaveError('cohost.no_account');
  if (account.id === row.owner_id) throw new ConclaveError('request.invalid', { field: 'email' });
  const present = await cohostsOf(ports.db, id);
  if (!present.has(account.id) && present.size >= LIMITS.cohosts) throw new ConclaveError('cohost.limit');
  await setCohost(ports.db, {
    meeting_id: id,
    account_id: account.id,
    controls: [...controls],
    added_at: new Date(ports.clock()),
  });
  return told(ports, caller, row);
}

/** @throws ConclaveError meeting.not_found, cohost.no_account */
export async function changeCohost(
  ports: MeetingsPorts,
  caller: Caller,
  id: MeetingId,
  accountId: AccountId,
  controls: readonly Control[],
): Promise<Meeting> {
  const row = await ownMeeting(ports, caller, id);
  if (!(await cohostsOf(ports.db, id)).has(accountId)) throw new ConclaveError('cohost.no_account');
  await setCohost(ports.db, {
    meeting_id: id,
    account_id: accountId,
    controls: [...controls],
    added_at: new Date(ports.clock()),
  });
  return told(ports, caller, row);
}

/** @throws ConclaveError meeting.not_found, cohost.no_account */
export async function removeCohost(
  ports: MeetingsPorts,
  caller: Caller,
  id: MeetingId,
  accountId: AccountId,
): Promise<Meeting> {
  const row = await ownMeeting(ports, caller, id);
  if (!(await removeCohostRow(ports.db, id, accountId))) throw new ConclaveError('cohost.no_account');
  return told(ports, caller, row);
}

async function told(ports: MeetingsPorts, caller: Caller, row: MeetingRow): Promise<Meeting> {
  ports.emit({
    event: 'meeting.changed',
    accountId: caller.accountId,
    meetingId: row.id,
    what: ['cohosts'],
  });
  ports.meetingNews.tell({
    meetingId: row.id,
    news: 'other-cohosts',
    cohosts: await cohostsOf(ports.db, row.id),
  });
  return presentMeeting(ports, caller, row);
}
