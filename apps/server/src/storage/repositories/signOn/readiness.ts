import { sql } from 'kysely';
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

/**
 * Accounts, suspended ones and owners aside, that have no identity at a provider that is switched on, and whose address is of none of
 * `domains` (lower case).
 */
export async function countOutside(db: Db, domains: readonly string[]): Promise<number> {
  const { count } = await db
    .selectFrom('accounts')
    .select((select) => select.fn.countAll().as('count'))
    .where('status', '!=', 'suspended')
    .where('role_id', '!=', 'owner')
    .where(sql<string>`lower(substring(email from '[^@]*$'))`, 'not in', [...domains])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('sign_on_identities')
            .innerJoin('sign_on_providers', 'sign_on_providers.id', 'sign_on_identities.provider_id')
            .select('sign_on_identities.id')
            .whereRef('sign_on_identities.account_id', '=', 'accounts.id')
            .where('sign_on_providers.enabled', '=', true),
        ),
      ),
    )
    .executeTakeFirstOrThrow();
  return Number(count);
}
