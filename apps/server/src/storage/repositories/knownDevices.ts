import type { AccountId } from '@conclave/protocol';
import type { Db } from '../tables.ts';

/** The longest unused go when somebody has more. */
const mostPerAccount = 50;

/** Whether the browser that has this was signed in to the account with this address. */
export async function isKnownDevice(db: Db, tokenHash: Uint8Array, email: string): Promise<boolean> {
  const row = await db
    .selectFrom('known_devices')
    .innerJoin('accounts', 'accounts.id', 'known_devices.account_id')
    .select('known_devices.account_id')
    .where('known_devices.token_hash', '=', tokenHash)
    .where('accounts.email', '=', email)
    .executeTakeFirst();
  return row !== undefined;
}

export async function hasKnownDevices(db: Db, accountId: AccountId): Promise<boolean> {
  const row = await db
    .selectFrom('known_devices')
    .select('account_id')
    .where('account_id', '=', accountId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function rememberDevice(
  db: Db,
  tokenHash: Uint8Array,
  accountId: AccountId,
  now: Date,
): Promise<void> {
  await db
    .insertInto('known_devices')
    .values({ token_hash: tokenHash, account_id: accountId, created_at: now, last_seen_at: now })
    .onConflict((conflict) =>
      conflict.column('token_hash').doUpdateSet({ account_id: accountId, last_seen_at: now }),
    )
    .execute();
  await db
    .deleteFrom('known_devices')
    .where('account_id', '=', accountId)
    .where('token_hash', 'not in', (select) =>
      select
        .selectFrom('known_devices')
        .select('token_hash')
        .where('account_id', '=', accountId)
        .orderBy('last_seen_at', 'desc')
        .limit(mostPerAccount),
    )
    .execute();
}

/** Whoever is to be locked out may not come back as somebody who was here before. */
export async function forgetDevices(db: Db, accountId: AccountId): Promise<void> {
  await db.deleteFrom('known_devices').where('account_id', '=', accountId).execute();
}
