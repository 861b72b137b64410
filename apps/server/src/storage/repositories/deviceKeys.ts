import type { AccountId, SessionId } from '@conclave/protocol';
import type { Selectable } from 'kysely';
import type { Db, Tables } from '../tables.ts';

export type DeviceKeyRow = Selectable<Tables['device_keys']>;

/** The newest first. */
export async function listDeviceKeyRows(db: Db, accountId: AccountId): Promise<DeviceKeyRow[]> {
  return db
    .selectFrom('device_keys')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
}

/** One that is known is noted as used, by this session; a new one is added. The row as it is then. */
export async function putDeviceKey(db: Db, row: DeviceKeyRow): Promise<DeviceKeyRow> {
  return db
    .insertInto('device_keys')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'public_key'])
        .doUpdateSet({ session_id: row.session_id, last_used_at: row.last_used_at }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The row of a key that was good until now; null when there is none such of that account. */
export async function revokeDeviceKeyRow(
  db: Db,
  id: string,
  accountId: AccountId,
  at: Date,
): Promise<{ session_id: SessionId | null } | null> {
  const row = await db
    .updateTable('device_keys')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .returning('session_id')
    .executeTakeFirst();
  return row ?? null;
}
