import type { AccountId, CallId, ContactId } from '@conclave/protocol';
import type { Insertable, Selectable } from 'kysely';
import type { Db, Tables } from '../tables.ts';

export type CallSettingsRow = Selectable<Tables['call_settings']>;

export async function findCallSettings(db: Db, accountId: AccountId): Promise<CallSettingsRow | null> {
  const row = await db
    .selectFrom('call_settings')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row ?? null;
}

export async function putCallSettings(db: Db, row: CallSettingsRow): Promise<void> {
  const { account_id: _, ...values } = row;
  await db
    .insertInto('call_settings')
    .values(row)
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(values))
    .execute();
}

export async function insertMissedCall(db: Db, row: Insertable<Tables['missed_calls']>): Promise<void> {
  await db.insertInto('missed_calls').values(row).execute();
}

/** @param accountId whose it is; null: whoever's */
export async function deleteMissedCallRow(db: Db, id: CallId, accountId: AccountId | null): Promise<boolean> {
  let deleting = db.deleteFrom('missed_calls').where('id', '=', id);
  if (accountId !== null) deleting = deleting.where('account_id', '=', accountId);
  return (await deleting.executeTakeFirst()).numDeletedRows === 1n;
}

export interface MissedCallRow {
  readonly id: CallId;
  readonly rung_at: Date;
  readonly seen_at: Date | null;
  readonly caller_id: AccountId | null;
  readonly contact_id: ContactId | null;
  /** Of the account that rang; null for a contact. */
  readonly caller_name: string | null;
  readonly caller_email: string | null;
  readonly contact_name: string | null;
  readonly contact_email: string | null;
}

/** The newest first. */
export async function listMissedCallRows(
  db: Db,
  accountId: AccountId,
  limit: number,
): Promise<MissedCallRow[]> {
  return db
    .selectFrom('missed_calls')
    .leftJoin('accounts', 'accounts.id', 'missed_calls.caller_id')
    .leftJoin('contacts', 'contacts.id', 'missed_calls.contact_id')
    .select([
      'missed_calls.id',
      'missed_calls.rung_at',
      'missed_calls.seen_at',
      'missed_calls.caller_id',
      'missed_calls.contact_id',
      'accounts.name as caller_name',
      'accounts.email as caller_email',
      'contacts.name as contact_name',
      'contacts.email as contact_email',
    ])
    .where('missed_calls.account_id', '=', accountId)
    .orderBy('missed_calls.rung_at', 'desc')
    .orderBy('missed_calls.id')
    .limit(limit)
    .execute();
}

export async function unseenMissedCalls(db: Db, accountId: AccountId): Promise<CallId[]> {
  const rows = await db
    .selectFrom('missed_calls')
    .select('id')
    .where('account_id', '=', accountId)
    .where('seen_at', 'is', null)
    .execute();
  return rows.map(({ id }) => id);
}

/** @param except those that still ring */
export async function markMissedCallsSeen(
  db: Db,
  accountId: AccountId,
  at: Date,
  except: readonly CallId[],
): Promise<void> {
  let marking = db
    .updateTable('missed_calls')
    .set({ seen_at: at })
    .where('account_id', '=', accountId)
    .where('seen_at', 'is', null);
  if (except.length > 0) marking = marking.where('id', 'not in', [...except]);
  await marking.execute();
}

export async function isBlocked(db: Db, accountId: AccountId, callerId: AccountId): Promise<boolean> {
  const row = await db
    .selectFrom('blocked_callers')
    .select('caller_id')
    .where('account_id', '=', accountId)
    .where('caller_id', '=', callerId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function countBlocked(db: Db, accountId: AccountId): Promise<number> {
  const row = await db
    .selectFrom('blocked_callers')
    .select((select) => select.fn.countAll<string | number>().as('count'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export async function insertBlocked(db: Db, row: Insertable<Tables['blocked_callers']>): Promise<void> {
  await db
    .insertInto('blocked_callers')
    .values(row)
    .onConflict((conflict) => conflict.columns(['account_id', 'caller_id']).doNothing())
    .execute();
}

export async function deleteBlocked(db: Db, accountId: AccountId, callerId: AccountId): Promise<boolean> {
  const result = await db
    .deleteFrom('blocked_callers')
    .where('account_id', '=', accountId)
    .where('caller_id', '=', callerId)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

export async function listBlockedRows(
  db: Db,
  accountId: AccountId,
): Promise<{ id: AccountId; name: string; email: string }[]> {
  return db
    .selectFrom('blocked_callers')
    .innerJoin('accounts', 'accounts.id', 'blocked_callers.caller_id')
    .select(['accounts.id', 'accounts.name', 'accounts.email'])
    .where('blocked_callers.account_id', '=', accountId)
    .orderBy('accounts.name')
    .orderBy('accounts.id')
    .execute();
}
