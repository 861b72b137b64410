import type { ProviderId } from '@conclave/protocol';
import type { Selectable } from 'kysely';
import type { Db, Tables } from '../../tables.ts';

export type PendingRow = Selectable<Tables['sign_on_pending']>;

/** What has expired goes on the way. */
export async function insertPending(db: Db, row: PendingRow, now: Date): Promise<void> {
  await db.deleteFrom('sign_on_pending').where('expires_at', '<=', now).execute();
  await db.insertInto('sign_on_pending').values(row).execute();
}

export async function findPending(db: Db, tokenHash: Uint8Array, now: Date): Promise<PendingRow | null> {
  const row = await db
    .selectFrom('sign_on_pending')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row ?? null;
}

/** Of several simultaneous uses one gets it. */
export async function takePending(db: Db, tokenHash: Uint8Array, now: Date): Promise<PendingRow | null> {
  const row = await db
    .deleteFrom('sign_on_pending')
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

export async function findPendingRequest(
  db: Db,
  providerId: ProviderId,
  requestId: string,
  now: Date,
): Promise<PendingRow | null> {
  const row = await db
    .selectFrom('sign_on_pending')
    .selectAll()
    .where('provider_id', '=', providerId)
    .where('request_id', '=', requestId)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row ?? null;
}

/** The answer to a request has come: the request is answered no second time. False when it was already. */
export async function answerPending(db: Db, row: PendingRow, state: Uint8Array): Promise<boolean> {
  const result = await db
    .updateTable('sign_on_pending')
    .set({ state, request_id: null })
    .where('token_hash', '=', row.token_hash)
    .where('request_id', '=', row.request_id)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** True the first time. `what` is SHA-256 of what may come once alone. */
export async function markSeen(db: Db, what: Uint8Array, expiresAt: Date, now: Date): Promise<boolean> {
  await db.deleteFrom('sign_on_seen').where('expires_at', '<=', now).execute();
  const result = await db
    .insertInto('sign_on_seen')
    .values({ what, expires_at: expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}
