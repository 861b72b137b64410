import type { AccountId, IdentityId, ProviderId } from '@conclave/protocol';
import type { Selectable } from 'kysely';
import type { Db, Tables } from '../../tables.ts';
import type { AccountRow } from '../accounts.ts';

export type IdentityRow = Selectable<Tables['sign_on_identities']>;

export async function findIdentity(
  db: Db,
  providerId: ProviderId,
  issuer: string,
  subject: string,
): Promise<IdentityRow | null> {
  const row = await db
    .selectFrom('sign_on_identities')
    .selectAll()
    .where('provider_id', '=', providerId)
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row ?? null;
}

export async function listIdentitiesOf(db: Db, accountId: AccountId): Promise<IdentityRow[]> {
  return db
    .selectFrom('sign_on_identities')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** False when the identity belongs to an account already. */
export async function insertIdentity(db: Db, row: IdentityRow): Promise<boolean> {
  const result = await db
    .insertInto('sign_on_identities')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function markIdentityUsed(
  db: Db,
  id: IdentityId,
  email: string | null,
  at: Date,
): Promise<void> {
  await db.updateTable('sign_on_identities').set({ last_used_at: at, email }).where('id', '=', id).execute();
}

export async function deleteIdentity(db: Db, id: IdentityId, accountId: AccountId): Promise<boolean> {
  const result = await db
    .deleteFrom('sign_on_identities')
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** How many accounts each provider has. */
export async function countIdentities(db: Db): Promise<ReadonlyMap<ProviderId, number>> {
  const rows = await db
    .selectFrom('sign_on_identities')
    .select((expression) => ['provider_id', expression.fn.countAll<string>().as('count')])
    .groupBy('provider_id')
    .execute();
  return new Map(rows.map((row) => [row.provider_id, Number(row.count)]));
}

/** The account, which nobody else changes until the transaction ends. */
export async function lockAccount(transaction: Db, id: AccountId): Promise<AccountRow | null> {
  const row = await transaction
    .selectFrom('accounts')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}
