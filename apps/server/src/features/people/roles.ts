import { randomUUID } from 'node:crypto';
import {
  BUILTIN_ROLES,
  BuiltinRole,
  ConclaveError,
  LIMITS,
  OWNER_ONLY,
  type Permission,
  type Role,
  type WriteRole,
} from '@conclave/protocol';
import {
  countByRole,
  deleteRoleRow,
  findRole,
  insertRole,
  isRoleNameTaken,
  listRoleRows,
  type RoleRow,
  updateRole,
} from '../../storage/repositories/roles.ts';
import type { Caller } from '../accounts/authenticate.ts';
import type { AccountsPorts } from '../accounts/ports.ts';

/** The built-in ones first, as they are ordered in the contract; then the organisation's own, by name. */
export async function listRoles(ports: AccountsPorts): Promise<Role[]> {
  const people = await countByRole(ports.db);
  const builtin = BuiltinRole.options.map((id) => ({
    id,
    name: id,
    builtin: id,
    permissions: [...BUILTIN_ROLES[id]],
    people: people.get(id) ?? 0,
  }));
  const own = (await listRoleRows(ports.db)).map((row) => present(row, people.get(row.id) ?? 0));
  return [...builtin, ...own];
}

/** @throws ConclaveError role.exists, role.limit, account.beyond_you */
export async function createRole(ports: AccountsPorts, caller: Caller, input: WriteRole): Promise<Role> {
  refuseBeyond(caller, input.permissions);
  if ((await listRoleRows(ports.db)).length >= LIMITS.roles) throw new ConclaveError('role.limit');
  const permissions = inOrder(input.permissions);
  const row = { id: randomUUID(), name: input.name, permissions, created_at: new Date(ports.clock()) };
  if (isBuiltinName(input.name) || !(await insertRole(ports.db, row))) {
    throw new ConclaveError('role.exists', { field: 'name' });
  }
  ports.emit({ event: 'role.changed', by: caller.accountId, role: row.id, what: 'created' });
  return present(row, 0);
}

/** Takes effect at once: what somebody may do is looked up at each call. @throws ConclaveError role.not_found, role.exists, account.beyond_you */
export async function changeRole(
  ports: AccountsPorts,
  caller: Caller,
  id: string,
  input: WriteRole,
): Promise<Role> {
  const before = await findRole(ports.db, id);
  if (before === null) throw new ConclaveError('role.not_found');
  // Neither what it gives nor what it gave: taking rights from whoever has more is not for somebody with less.
  refuseBeyond(caller, [...before.permissions, ...input.permissions]);
  if (isBuiltinName(input.name) || (await isRoleNameTaken(ports.db, input.name, id))) {
    throw new ConclaveError('role.exists', { field: 'name' });
  }
  const permissions = inOrder(input.permissions);
  if (!(await updateRole(ports.db, id, input.name, permissions))) throw new ConclaveError('role.not_found');
  ports.emit({ event: 'role.changed', by: caller.accountId, role: id, what: 'changed' });
  return present({ ...before, name: input.name, permissions }, (await countByRole(ports.db)).get(id) ?? 0);
}

/** @throws ConclaveError role.not_found, role.in_use, account.beyond_you */
export async function deleteRole(ports: AccountsPorts, caller: Caller, id: string): Promise<void> {
  await ports.db.transaction().execute(async (transaction) => {
    const row = await findRole(transaction, id);
    if (row === null) throw new ConclaveError('role.not_found');
    refuseBeyond(caller, row.permissions);
    // Whoever comes by single sign-on for the first time is to get it.
    if (ports.policy.current().newAccountRole === id) throw new ConclaveError('role.in_use');
    if (((await countByRole(transaction)).get(id) ?? 0) > 0) throw new ConclaveError('role.in_use');
    await deleteRoleRow(transaction, id);
  });
  ports.emit({ event: 'role.changed', by: caller.accountId, role: id, what: 'deleted' });
}

function refuseBeyond({ permissions }: Caller, wanted: readonly Permission[]): void {
  if (wanted.some((permission) => !permissions.has(permission) || OWNER_ONLY.includes(permission)))
    throw new ConclaveError('account.beyond_you', { field: 'permissions' });
}

function isBuiltinName(name: string): boolean {
  return BuiltinRole.safeParse(name.toLowerCase()).success;
}

/** Each once. */
function inOrder(permissions: readonly Permission[]): Permission[] {
  return BUILTIN_ROLES.owner.filter((permission) => permissions.includes(permission));
}

function present({ id, name, permissions }: RoleRow, people: number): Role {
  return { id, name, builtin: null, permissions, people };
}
