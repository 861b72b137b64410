import type { Account, AccountId } from '@conclave/protocol';
import type { Selectable } from 'kysely';
import type { Db, Tables } from '../tables.ts';

export type AccountRow = Selectable<Tables['accounts']>;

export async function findAccountByEmail(db: Db, email: string): Promise<AccountRow | null> {
  const row = await db.selectFrom('accounts').selectAll().where('email', '=', email).executeTakeFirst();
  return row ?? null;
}

export async function findAccount(db: Db, id: AccountId): Promise<AccountRow | null> {
  const row = await db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

export async function hasOwner(db: Db): Promise<boolean> {
  const row = await db.selectFrom('accounts').select('id').where('role', '=', 'owner').executeTakeFirst();
  return row !== undefined;
}

/** False when the email is taken, or when it would be a second owner. */
export async function insertAccount(db: Db, account: AccountRow): Promise<boolean> {
  const result = await db
    .insertInto('accounts')
    .values(account)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Stores a rehash, unless the password was changed since `former` was read. */
export async function replacePasswordHash(
  db: Db,
  id: AccountId,
  former: string,
  passwordHash: string,
): Promise<void> {
  await db
    .updateTable('accounts')
    .set({ password_hash: passwordHash })
    .where('id', '=', id)
    .where('password_hash', '=', former)
    .execute();
}

/** As the contract tells it: without the hash. */
export function presentAccount(row: AccountRow): Account {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    createdAt: row.created_at.toISOString(),
  };
}
