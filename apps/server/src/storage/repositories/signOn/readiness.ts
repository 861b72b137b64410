import type { Db } from '../../tables.ts';
import type { AccountRow } from '../accounts.ts';

export async function listActiveOwners(db: Db): Promise<AccountRow[]> {
  return db
    .selectFrom('accounts')
    .selectAll()
    .where('role_id', '=', 'owner')
    .where('status', '=', 'active')
    .execute();
}

/** Whether an owner or administrator has come through a provider that is switched on. */
export async function wasUsedByManagers(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('sign_on_identities')
    .innerJoin('accounts', 'accounts.id', 'sign_on_identities.account_id')
    .innerJoin('sign_on_providers', 'sign_on_providers.id', 'sign_on_identities.provider_id')
    .select('sign_on_identities.id')
    .where('accounts.role_id', 'in', ['owner', 'administrator'])
    .where('accounts.status', '=', 'active')
    .where('sign_on_providers.enabled', '=', true)
    .where('sign_on_identities.last_used_at', 'is not', null)
    .executeTakeFirst();
  return row !== undefined;
}
