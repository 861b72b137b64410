import type { Account } from '@conclave/protocol';
import { permissionsOf } from '../../policy/permissions.ts';
import type { AccountRow } from '../../storage/repositories/accounts.ts';
import type { Db } from '../../storage/tables.ts';
import { customPermissions } from './customPermissions.ts';

/** An account as its own person sees it: without the hash, with what they may do. */
export async function presentAccount(db: Db, row: AccountRow, restricted: boolean): Promise<Account> {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role_id,
    abilities: [...permissionsOf(row.role_id, await customPermissions(db, row.role_id))],
    hasPassword: row.password_hash !== null,
    restricted,
    mailLanguage: row.mail_language,
    createdAt: row.created_at.toISOString(),
  };
}
