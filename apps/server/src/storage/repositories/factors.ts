import type { AccountId, FactorId, OwnFactorKind } from '@conclave/protocol';
import type { Insertable, Selectable } from 'kysely';
import type { Db, Tables } from '../tables.ts';

export type FactorRow = Selectable<Tables['factors']>;
export type NewFactor = Insertable<Tables['factors']>;

/** Those in use, the oldest first. */
export async function listFactorRows(db: Db, accountId: AccountId): Promise<FactorRow[]> {
  return db
    .selectFrom('factors')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('pending_until', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** The kinds of those in use. */
export async function listFactorKinds(db: Db, accountId: AccountId): Promise<OwnFactorKind[]> {
  const rows = await db
    .selectFrom('factors')
    .select('kind')
    .distinct()
    .where('account_id', '=', accountId)
    .where('pending_until', 'is', null)
    .execute();
  return rows.map(({ kind }) => kind);
}

export async function findPasskeyRow(db: Db, credentialId: string): Promise<FactorRow | null> {
  const row = await db
    .selectFrom('factors')
    .selectAll()
    .where('credential_id', '=', credentialId)
    .executeTakeFirst();
  return row ?? null;
}

/** One that waits for its first code, or has waited too long. */
export async function findPendingFactor(
  db: Db,
  accountId: AccountId,
  id: FactorId,
): Promise<FactorRow | null> {
  const row = await db
    .selectFrom('factors')
    .selectAll()
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('pending_until', 'is not', null)
    .executeTakeFirst();
  return row ?? null;
}

/** False when there is a passkey with that credential already. */
export async function insertFactor(db: Db, factor: NewFactor): Promise<boolean> {
  const result = await db
    .insertInto('factors')
    .values(factor)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Of one kind that wait, the account has one at most: the latest. */
export async function replacePending(db: Db, factor: NewFactor): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction
      .deleteFrom('factors')
      .where('account_id', '=', factor.account_id)
      .where('kind', '=', factor.kind)
      .where('pending_until', 'is not', null)
      .execute();
    await transaction.insertInto('factors').values(factor).execute();
  });
}

/** From waiting to in use. True for exactly one of any number of simultaneous calls. */
export async function activateFactor(db: Db, id: FactorId): Promise<boolean> {
  const result = await db
    .updateTable('factors')
    .set({ pending_until: null })
    .where('id', '=', id)
    .where('pending_until', 'is not', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function deleteFactorsOfKind(db: Db, accountId: AccountId, kind: OwnFactorKind): Promise<void> {
  await db
    .deleteFrom('factors')
    .where('account_id', '=', accountId)
    .where('kind', '=', kind)
    .where('pending_until', 'is', null)
    .execute();
}

/**
 * Takes a step of an app's codes. True for the first call with that step, and for none with an earlier one: a code counts
 * once (RFC 6238 section 5.2), also when it arrives twice at the same time.
 */
export async function takeStep(db: Db, id: FactorId, step: number, at: Date): Promise<boolean> {
  const result = await db
    .updateTable('factors')
    .set({ last_step: String(step), last_used_at: at })
    .where('id', '=', id)
    .where((where) => where.or([where('last_step', 'is', null), where('last_step', '<', String(step))]))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/**
 * Moves a passkey's signature counter forward. False when it does not grow: there may be a copy of the authenticator (Web
 * Authentication Level 3, section 6.1.1). One that does not count stays at 0.
 */
export async function advanceCounter(db: Db, id: FactorId, counter: number, at: Date): Promise<boolean> {
  const result = await db
    .updateTable('factors')
    .set({ counter: String(counter), last_used_at: at })
    .where('id', '=', id)
    .where((where) => (counter === 0 ? where('counter', '=', '0') : where('counter', '<', String(counter))))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function markFactorUsed(db: Db, id: FactorId, at: Date): Promise<void> {
  await db.updateTable('factors').set({ last_used_at: at }).where('id', '=', id).execute();
}

/** Null when the account has no such factor. */
export async function renameFactorRow(
  db: Db,
  accountId: AccountId,
  id: FactorId,
  name: string,
): Promise<FactorRow | null> {
  const row = await db
    .updateTable('factors')
    .set({ name })
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('pending_until', 'is', null)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

export async function deleteFactor(db: Db, accountId: AccountId, id: FactorId): Promise<boolean> {
  const result = await db
    .deleteFrom('factors')
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

export async function deleteAllFactors(db: Db, accountId: AccountId): Promise<void> {
  await db.deleteFrom('factors').where('account_id', '=', accountId).execute();
}

/** Keeps others from changing the account's factors until the transaction ends. */
export async function lockFactors(transaction: Db, accountId: AccountId): Promise<FactorRow[]> {
  await transaction.selectFrom('accounts').select('id').where('id', '=', accountId).forUpdate().execute();
  return listFactorRows(transaction, accountId);
}
