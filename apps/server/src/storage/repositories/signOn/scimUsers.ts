import type { AccountId } from '@conclave/protocol';
import type { Selectable } from 'kysely';
import type { Db, Tables } from '../../tables.ts';
import type { AccountRow } from '../accounts.ts';
import { deleteLinksOf } from '../oneTimeLinks.ts';
import { deleteSentCodesOf } from '../sentCodes.ts';
import { lockAccount } from './identities.ts';

export type ScimUserRow = Selectable<Tables['scim_users']>;
export interface ScimUser {
  readonly user: ScimUserRow;
  readonly account: AccountRow;
}

export async function findScimUser(db: Db, accountId: AccountId): Promise<ScimUserRow | null> {
  const row = await db
    .selectFrom('scim_users')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row ?? null;
}

export async function putScimUser(db: Db, row: ScimUserRow): Promise<void> {
  const { account_id, created_at, ...rest } = row;
  await db
    .insertInto('scim_users')
    .values({ account_id, created_at, ...rest })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(rest))
    .execute();
}

/** By what a directory finds a user: exactly one of these, or none for all. `email` in lower case. */
export interface ScimUserFilter {
  readonly id?: AccountId;
  readonly email?: string;
  readonly externalId?: string;
}

/** Those that the directory manages, in a steady order; owners are never among them. */
export async function searchScimUsers(
  db: Db,
  filter: ScimUserFilter,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ users: ScimUser[]; total: number }> {
  let query = db
    .selectFrom('scim_users')
    .innerJoin('accounts', 'accounts.id', 'scim_users.account_id')
    .where('scim_users.deleted', '=', false)
    .where('accounts.role_id', '!=', 'owner');
  if (filter.id !== undefined) query = query.where('accounts.id', '=', filter.id);
  if (filter.email !== undefined) query = query.where('accounts.email', '=', filter.email);
  if (filter.externalId !== undefined) query = query.where('scim_users.external_id', '=', filter.externalId);
  const { count } = await query
    .select((select) => select.fn.countAll<string | number>().as('count'))
    .executeTakeFirstOrThrow();
  const rows = await query
    .selectAll('accounts')
    .select([
      'scim_users.provider_id',
      'scim_users.external_id',
      'scim_users.given_name',
      'scim_users.family_name',
      'scim_users.deleted',
      'scim_users.suspended',
      'scim_users.created_at as user_created_at',
      'scim_users.changed_at',
    ])
    .orderBy('scim_users.created_at')
    .orderBy('accounts.id')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  const users = rows.map((row): ScimUser => {
    const {
      provider_id,
      external_id,
      given_name,
      family_name,
      deleted,
      suspended,
      user_created_at,
      changed_at,
      ...account
    } = row;
    return {
      account,
      user: {
        account_id: account.id,
        provider_id,
        external_id,
        given_name,
        family_name,
        deleted,
        suspended,
        created_at: user_created_at,
        changed_at,
      },
    };
  });
  return { users, total: Number(count) };
}

/**
 * Gives an account another address, which nobody has proved yet; links and codes that went to the former one end. False when
 * somebody else has it.
 */
export async function changeEmail(db: Db, id: AccountId, email: string): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    await lockAccount(transaction, id);
    const taken = await transaction
      .selectFrom('accounts')
      .select('id')
      .where('email', '=', email)
      .where('id', '!=', id)
      .executeTakeFirst();
    if (taken !== undefined) return false;
    const change = { email, email_verified_at: null };
    await transaction.updateTable('accounts').set(change).where('id', '=', id).execute();
    await deleteLinksOf(transaction, id);
    await deleteSentCodesOf(transaction, id);
    return true;
  });
}

export async function countScimUsers(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('scim_users')
    .where('deleted', '=', false)
    .select((select) => select.fn.countAll<string | number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}
