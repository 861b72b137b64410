import type { AccountId, AccountStatus, MailLanguage, RoleId } from '@conclave/protocol';
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Db, Tables } from '../tables.ts';

export type AccountRow = Selectable<Tables['accounts']>;
export type NewAccount = Insertable<Tables['accounts']>;

export async function findAccountByEmail(db: Db, email: string): Promise<AccountRow | null> {
  const row = await db.selectFrom('accounts').selectAll().where('email', '=', email).executeTakeFirst();
  return row ?? null;
}

export async function findAccount(db: Db, id: AccountId): Promise<AccountRow | null> {
  const row = await db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

/** What these people are called. */
export async function namesOf(db: Db, ids: readonly AccountId[]): Promise<ReadonlyMap<AccountId, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('accounts')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function hasOwner(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('accounts')
    .select('id')
    .where('role_id', '=', 'owner')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Owners who can sign in. Those rows stay locked until the transaction ends, so that two owners cannot go at once. */
export async function lockActiveOwners(transaction: Db): Promise<AccountId[]> {
  const rows = await transaction
    .selectFrom('accounts')
    .select('id')
    .where('role_id', '=', 'owner')
    .where('status', '=', 'active')
    .forUpdate()
    .execute();
  return rows.map(({ id }) => id);
}

/** Whether somebody may still come in by these. The row stays as it is until the transaction ends. */
export async function lockCredentials(
  transaction: Db,
  id: AccountId,
  passwordHash: string | null,
): Promise<boolean> {
  const row = await transaction
    .selectFrom('accounts')
    .select(['status', 'password_hash'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row?.status === 'active' && row.password_hash === passwordHash;
}

/** Whether it still stands so. The row stays as it is until the transaction ends. */
export async function lockAccount(transaction: Db, id: AccountId, status: AccountStatus): Promise<boolean> {
  const row = await transaction
    .selectFrom('accounts')
    .select('status')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row?.status === status;
}

/** False when the email is taken. */
export async function insertAccount(db: Db, account: NewAccount): Promise<boolean> {
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
): Promise<boolean> {
  const result = await db
    .updateTable('accounts')
    .set({ password_hash: passwordHash })
    .where('id', '=', id)
    .where('password_hash', '=', former)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export interface AccountChange {
  readonly name?: string | undefined;
  readonly role_id?: RoleId | undefined;
  readonly status?: AccountStatus | undefined;
  readonly suspended_at?: Date | null | undefined;
  readonly password_hash?: string | null | undefined;
  readonly email_verified_at?: Date | undefined;
  readonly mail_language?: MailLanguage | null | undefined;
}

/** The account as it is after the change; null when there is none. What is undefined stays. */
export async function updateAccount(
  db: Db,
  id: AccountId,
  change: AccountChange,
): Promise<AccountRow | null> {
  const set = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  if (Object.keys(set).length === 0) return findAccount(db, id);
  const row = await db
    .updateTable('accounts')
    .set(set)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Mail to this address reaches the person, while it is theirs. */
export async function proveAddress(db: Db, id: AccountId, email: string, at: Date): Promise<void> {
  await db
    .updateTable('accounts')
    .set({ email_verified_at: at })
    .where('id', '=', id)
    .where('email', '=', email)
    .where('email_verified_at', 'is', null)
    .execute();
}

export async function markAccountSeen(db: Db, id: AccountId, at: Date): Promise<void> {
  await db.updateTable('accounts').set({ last_seen_at: at }).where('id', '=', id).execute();
}

export interface AccountSearch {
  readonly search: string | undefined;
  readonly status: AccountStatus | undefined;
  /** Those that come after this one. */
  readonly after: AccountId | undefined;
  readonly limit: number;
}

/** By name, and how many there are in all. */
export async function searchAccounts(
  db: Db,
  { search, status, after, limit }: AccountSearch,
): Promise<{ rows: AccountRow[]; total: number }> {
  let matching = db.selectFrom('accounts');
  if (status !== undefined) matching = matching.where('status', '=', status);
  if (search !== undefined && search !== '') {
    const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
    matching = matching.where((where) =>
      where.or([where('name', 'ilike', pattern), where('email', 'ilike', pattern)]),
    );
  }
  const { count } = await matching
    .select((select) => select.fn.countAll<string | number>().as('count'))
    .executeTakeFirstOrThrow();
  let page = matching.selectAll().orderBy(sql`lower(name)`).orderBy('id').limit(limit);
  if (after !== undefined) {
    page = page.where(
      sql<boolean>`(lower(name), id) > (select lower(a.name), a.id from accounts a where a.id = ${after})`,
    );
  }
  return { rows: await page.execute(), total: Number(count) };
}

/** Addresses of those who can sign in and have one of these roles. */
export async function emailsOfRoles(db: Db, roles: readonly RoleId[]): Promise<string[]> {
  if (roles.length === 0) return [];
  const rows = await db
    .selectFrom('accounts')
    .select('email')
    .where('role_id', 'in', [...roles])
    .where('status', '=', 'active')
    .limit(100)
    .execute();
  return rows.map(({ email }) => email);
}
