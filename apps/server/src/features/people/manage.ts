import { type AccountId, ConclaveError, type RoleId } from '@conclave/protocol';
import { type Holder, mayManage, permissionsOf } from '../../policy/permissions.ts';
import { type AccountRow, findAccount } from '../../storage/repositories/accounts.ts';
import { findRole } from '../../storage/repositories/roles.ts';
import type { Db } from '../../storage/tables.ts';
import { customPermissions } from '../accounts/customPermissions.ts';

/** Somebody, where the actor may change them. @throws ConclaveError request.not_found, account.beyond_you */
export async function findManaged(db: Db, actor: Holder, id: AccountId): Promise<AccountRow> {
  const account = await findAccount(db, id);
  if (account === null) throw new ConclaveError('request.not_found');
  const target = await holderOf(db, account.role_id);
  if (!mayManage(actor, target)) throw new ConclaveError('account.beyond_you');
  return account;
}

/** Whether the actor may give a role. @throws ConclaveError role.not_found, account.beyond_you */
export async function refuseRoleBeyond(db: Db, actor: Holder, role: RoleId): Promise<void> {
  const target = await holderOf(db, role);
  if (target.missing) throw new ConclaveError('role.not_found', { field: 'role' });
  if (!mayManage(actor, target)) throw new ConclaveError('account.beyond_you', { field: 'role' });
}

/** What a role lets somebody do. */
export async function holderOf(db: Db, role: RoleId): Promise<Holder & { readonly missing: boolean }> {
  const custom = await customPermissions(db, role);
  const missing = custom === null && permissionsOf(role, null).size === 0 && (await isMissing(db, role));
  return { role, permissions: permissionsOf(role, custom), missing };
}

async function isMissing(db: Db, role: RoleId): Promise<boolean> {
  return role !== 'member' && (await findRole(db, role)) === null;
}
