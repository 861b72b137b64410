import type { AccountId } from '@conclave/protocol';
import { type Selectable, sql } from 'kysely';
import type { Db, Tables } from '../../tables.ts';

export type ScimGroupRow = Selectable<Tables['scim_groups']>;

export async function findGroup(db: Db, id: string): Promise<ScimGroupRow | null> {
  const row = await db.selectFrom('scim_groups').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

export async function countGroups(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('scim_groups')
    .select((select) => select.fn.countAll<string | number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function searchGroups(
  db: Db,
  filter: { readonly id?: string; readonly name?: string; readonly externalId?: string },
  page: { readonly offset: number; readonly limit: number },
): Promise<{ groups: ScimGroupRow[]; total: number }> {
  let query = db.selectFrom('scim_groups');
  if (filter.id !== undefined) query = query.where('id', '=', filter.id);
  if (filter.name !== undefined) {
    query = query.where(sql<boolean>`lower(display_name) = lower(${filter.name})`);
  }
  if (filter.externalId !== undefined) query = query.where('external_id', '=', filter.externalId);
  const { count } = await query
    .select((select) => select.fn.countAll<string | number>().as('count'))
    .executeTakeFirstOrThrow();
  const groups = await query
    .selectAll()
    .orderBy('created_at')
    .orderBy('id')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return { groups, total: Number(count) };
}

/** False when there is one of that name. */
export async function insertGroup(db: Db, row: ScimGroupRow): Promise<boolean> {
  const result = await db
    .insertInto('scim_groups')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function isNameTaken(db: Db, name: string, except: string): Promise<boolean> {
  const row = await db
    .selectFrom('scim_groups')
    .select('id')
    .where(sql<boolean>`lower(display_name) = lower(${name})`)
    .where('id', '!=', except)
    .executeTakeFirst();
  return row !== undefined;
}

export async function updateGroup(
  db: Db,
  id: string,
  change: { readonly display_name?: string; readonly external_id?: string | null; readonly changed_at: Date },
): Promise<void> {
  await db.updateTable('scim_groups').set(change).where('id', '=', id).execute();
}

export async function deleteGroup(db: Db, id: string): Promise<boolean> {
  const result = await db.deleteFrom('scim_groups').where('id', '=', id).executeTakeFirst();
  return result.numDeletedRows === 1n;
}

export async function listMembers(db: Db, groupId: string): Promise<AccountId[]> {
  const rows = await db
    .selectFrom('scim_members')
    .select('account_id')
    .where('group_id', '=', groupId)
    .orderBy('account_id')
    .execute();
  return rows.map((row) => row.account_id);
}

export async function addMembers(db: Db, groupId: string, accounts: readonly AccountId[]): Promise<void> {
  if (accounts.length === 0) return;
  await db
    .insertInto('scim_members')
    .values(accounts.map((account_id) => ({ group_id: groupId, account_id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function removeMembers(db: Db, groupId: string, accounts: readonly AccountId[]): Promise<void> {
  if (accounts.length === 0) return;
  await db
    .deleteFrom('scim_members')
    .where('group_id', '=', groupId)
    .where('account_id', 'in', [...accounts])
    .execute();
}

/** Names of the groups that somebody is in. */
export async function groupNamesOf(db: Db, accountId: AccountId): Promise<string[]> {
  const rows = await db
    .selectFrom('scim_members')
    .innerJoin('scim_groups', 'scim_groups.id', 'scim_members.group_id')
    .select('scim_groups.display_name as name')
    .where('scim_members.account_id', '=', accountId)
    .execute();
  return rows.map((row) => row.name);
}

export async function listGroupNames(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('scim_groups')
    .select('display_name as name')
    .orderBy('display_name')
    .limit(1_000)
    .execute();
  return rows.map((row) => row.name);
}

/** Those of the accounts that the directory manages. */
export async function managedOf(db: Db, accounts: readonly string[]): Promise<AccountId[]> {
  if (accounts.length === 0) return [];
  const rows = await db
    .selectFrom('scim_users')
    .innerJoin('accounts', 'accounts.id', 'scim_users.account_id')
    .select('accounts.id as id')
    .where('scim_users.deleted', '=', false)
    .where('accounts.role_id', '!=', 'owner')
    .where('accounts.id', 'in', accounts as AccountId[])
    .execute();
  return rows.map((row) => row.id);
}

/** Ids of the groups that somebody is in. */
export async function listMembershipsOf(db: Db, accountId: AccountId): Promise<string[]> {
  const rows = await db
    .selectFrom('scim_members')
    .select('group_id')
    .where('account_id', '=', accountId)
    .execute();
  return rows.map((row) => row.group_id);
}
