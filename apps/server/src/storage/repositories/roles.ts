import { PERMISSIONS, type Permission, type RoleId } from '@conclave/protocol';
import type { Selectable } from 'kysely';
import type { Db, Tables } from '../tables.ts';

export type RoleRow = Selectable<Tables['roles']>;

const known: ReadonlySet<string> = new Set(PERMISSIONS);

export async function listRoleRows(db: Db): Promise<RoleRow[]> {
  const rows = await db.selectFrom('roles').selectAll().orderBy('name').execute();
  return rows.map(clean);
}

export async function findRole(db: Db, id: string): Promise<RoleRow | null> {
  const row = await db.selectFrom('roles').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : clean(row);
}

/** False when there is another one with that name. */
export async function insertRole(db: Db, role: RoleRow): Promise<boolean> {
  const result = await db
    .insertInto('roles')
    .values(role)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function updateRole(
  db: Db,
  id: string,
  name: string,
  permissions: Permission[],
): Promise<boolean> {
  const result = await db
    .updateTable('roles')
    .set({ name, permissions })
    .where('id', '=', id)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function isRoleNameTaken(db: Db, name: string, except: string | null): Promise<boolean> {
  const rows = await db
    .selectFrom('roles')
    .select('id')
    .where((where) => where(where.fn<string>('lower', ['name']), '=', name.toLowerCase()))
    .execute();
  return rows.some(({ id }) => id !== except);
}

export async function deleteRoleRow(db: Db, id: string): Promise<boolean> {
  const result = await db.deleteFrom('roles').where('id', '=', id).executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** How many have each role. */
export async function countByRole(db: Db): Promise<ReadonlyMap<RoleId, number>> {
  const rows = await db
    .selectFrom('accounts')
    .select((select) => ['role_id' as const, select.fn.countAll<string | number>().as('count')])
    .groupBy('role_id')
    .execute();
  return new Map(rows.map(({ role_id, count }) => [role_id, Number(count)]));
}

/** A permission that a newer version had is none here. */
function clean(row: RoleRow): RoleRow {
  return { ...row, permissions: row.permissions.filter((permission) => known.has(permission)) };
}
