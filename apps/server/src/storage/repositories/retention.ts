import type { AccountId, MeetingId } from '@conclave/protocol';
import { sql } from 'kysely';
import type { Db } from '../tables.ts';
import type { AccountRow } from './accounts.ts';

/** Counted from when somebody was in it last, or from when it was made. */
const used = sql<Date>`coalesce(last_used_at, created_at)`;

/** @param calls of calls, or all others */
export async function unusedMeetings(
  db: Db,
  before: Date,
  limit: number,
  after: MeetingId | null,
  calls = false,
): Promise<{ id: MeetingId; owner_id: AccountId }[]> {
  let found = db
    .selectFrom('meetings')
    .select(['id', 'owner_id'])
    .where(used, '<', before)
    .where('is_call', '=', calls);
  if (after !== null) found = found.where('id', '>', after);
  return found.orderBy('id').limit(limit).execute();
}

/** True when it still was unused: somebody may have come in meanwhile. */
export async function deleteUnusedMeeting(db: Db, id: MeetingId, before: Date): Promise<boolean> {
  const result = await db
    .deleteFrom('meetings')
    .where('id', '=', id)
    .where(used, '<', before)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

export async function longSuspended(db: Db, before: Date, limit: number): Promise<AccountRow[]> {
  return db
    .selectFrom('accounts')
    .selectAll()
    .where('status', '=', 'suspended')
    .where('suspended_at', '<', before)
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Those that still wait to be sent are not old, they are late. @returns how many went */
export async function deleteOldMails(db: Db, before: Date, limit: number): Promise<number> {
  const result = await db
    .deleteFrom('mails')
    .where('id', 'in', (select) =>
      select
        .selectFrom('mails')
        .select('id')
        .where('created_at', '<', before)
        .where('state', '!=', 'waiting')
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

export async function deleteOldDevices(db: Db, before: Date, limit: number): Promise<number> {
  const result = await db
    .deleteFrom('known_devices')
    .where('token_hash', 'in', (select) =>
      select.selectFrom('known_devices').select('token_hash').where('last_seen_at', '<', before).limit(limit),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

export async function deleteOldMissedCalls(db: Db, before: Date, limit: number): Promise<number> {
  const result = await db
    .deleteFrom('missed_calls')
    .where('id', 'in', (select) =>
      select.selectFrom('missed_calls').select('id').where('rung_at', '<', before).limit(limit),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

export interface Kept {
  readonly count: number;
  /** Older than the period. */
  readonly due: number;
}

/** @param before null: nothing is ever due */
export async function countKept(
  db: Db,
  kind: 'meetings' | 'suspended-accounts' | 'mails' | 'devices' | 'missed-calls' | 'sessions',
  before: Date | null,
): Promise<Kept> {
  const { table, where, age } = KINDS[kind];
  const { rows } = await sql<{ count: string | number; due: string | number }>`
    select count(*) as "count", count(*) filter (where ${age} < ${before}::timestamptz) as "due"
    from ${sql.table(table)} where ${where}`.execute(db);
  return { count: Number(rows[0]?.count ?? 0), due: Number(rows[0]?.due ?? 0) };
}

const KINDS = {
  meetings: { table: 'meetings', where: sql`not is_call`, age: used },
  'suspended-accounts': { table: 'accounts', where: sql`status = 'suspended'`, age: sql.ref('suspended_at') },
  mails: { table: 'mails', where: sql`state != 'waiting'`, age: sql.ref('created_at') },
  devices: { table: 'known_devices', where: sql`true`, age: sql.ref('last_seen_at') },
  'missed-calls': { table: 'missed_calls', where: sql`true`, age: sql.ref('rung_at') },
  sessions: { table: 'sessions', where: sql`true`, age: sql.ref('created_at') },
} as const;
