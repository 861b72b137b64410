import type { AccountId, ContactId } from '@conclave/protocol';
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Db, Tables } from '../tables.ts';

export type ContactRow = Selectable<Tables['contacts']>;

/** False when there is one with this address, or of this account, already. */
export async function insertContact(db: Db, row: Insertable<Tables['contacts']>): Promise<boolean> {
  const result = await db
    .insertInto('contacts')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function countContacts(db: Db, accountId: AccountId): Promise<number> {
  const row = await db
    .selectFrom('contacts')
    .select((select) => select.fn.countAll<string | number>().as('count'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** By name. */
export async function listContactRows(db: Db, accountId: AccountId): Promise<ContactRow[]> {
  return db
    .selectFrom('contacts')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .execute();
}

export async function findContact(db: Db, accountId: AccountId, id: ContactId): Promise<ContactRow | null> {
  const row = await db
    .selectFrom('contacts')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** Whom a link is of, and whose contact they are. Found by its hash: how long that takes says nothing about the secret. */
export async function findContactByLink(
  db: Db,
  tokenHash: Uint8Array,
): Promise<(ContactRow & { readonly owner_name: string }) | null> {
  const row = await db
    .selectFrom('contacts')
    .innerJoin('accounts', 'accounts.id', 'contacts.account_id')
    .selectAll('contacts')
    .select('accounts.name as owner_name')
    .where('contacts.token_hash', '=', tokenHash)
    .where('accounts.status', '=', 'active')
    .executeTakeFirst();
  return row ?? null;
}

/** As it is after the change; null when there is none. */
export async function updateContact(
  db: Db,
  accountId: AccountId,
  id: ContactId,
  change: Partial<Pick<ContactRow, 'token_hash' | 'generation' | 'link_seen_at'>>,
): Promise<ContactRow | null> {
  const row = await db
    .updateTable('contacts')
    .set(change)
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

export async function deleteContactRow(db: Db, accountId: AccountId, id: ContactId): Promise<boolean> {
  const result = await db
    .deleteFrom('contacts')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** Those that others have with an address. @returns which ones went */
export async function deleteContactsTo(db: Db, email: string): Promise<ContactId[]> {
  const rows = await db.deleteFrom('contacts').where('email', '=', email).returning('id').execute();
  return rows.map(({ id }) => id);
}

/** People of the organisation who can sign in and are not out of the directory, by name. */
export async function searchDirectoryRows(
  db: Db,
  { search, except, limit }: { readonly search: string; readonly except: AccountId; readonly limit: number },
): Promise<{ id: AccountId; name: string; email: string }[]> {
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  return db
    .selectFrom('accounts')
    .leftJoin('call_settings', 'call_settings.account_id', 'accounts.id')
    .select(['accounts.id', 'accounts.name', 'accounts.email'])
    .where('accounts.status', '=', 'active')
    .where('accounts.id', '!=', except)
    .where((where) =>
      where.or([where('call_settings.listed', 'is', null), where('call_settings.listed', '=', true)]),
    )
    .where((where) =>
      where.or([where('accounts.name', 'ilike', pattern), where('accounts.email', 'ilike', pattern)]),
    )
    .orderBy(sql`lower(accounts.name)`)
    .orderBy('accounts.id')
    .limit(limit)
    .execute();
}
