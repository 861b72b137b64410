import { isBuiltinRole, type Permission, type RoleId } from '@conclave/protocol';
import { findRole } from '../../storage/repositories/roles.ts';
import type { Db } from '../../storage/tables.ts';

/** What a role of the organisation's own making lets one do; null for a built-in one, and for one that is gone. */
export async function customPermissions(db: Db, role: RoleId): Promise<readonly Permission[] | null> {
  if (isBuiltinRole(role)) return null;
  return (await findRole(db, role))?.permissions ?? null;
}
