import type { AccountId } from '@conclave/protocol';
import type { Insertable } from 'kysely';
import { sql } from 'kysely';
import type { Db, Tables } from '../tables.ts';

/** The one code that is good for a purpose from now on. */
export async function putSentCode(db: Db, code: Insertable<Tables['sent_codes']>): Promise<void> {
  const { purpose: _, ...rest } = code;
  await db
    .insertInto('sent_codes')
    .values(code)
    .onConflict((conflict) => conflict.column('purpose').doUpdateSet(rest))
    .execute();
}

/** Counts a try before anything is compared. The hash of the code; null when there is none that may be tried. */
export async function trySentCode(
  db: Db,
  accountId: AccountId,
  purpose: Uint8Array,
  now: Date,
): Promise<Uint8Array | null> {
  const row = await db
    .updateTable('sent_codes')
    .set({ tries_left: sql<number>`tries_left - 1` })
    .where('purpose', '=', purpose)
    .where('account_id', '=', accountId)
    .where('tries_left', '>', 0)
    .where('expires_at', '>', now)
    .returning('code_hash')
    .executeTakeFirst();
  return row?.code_hash ?? null;
}

/** True for exactly one of any number of simultaneous uses. */
export async function takeSentCode(db: Db, purpose: Uint8Array, hash: Uint8Array): Promise<boolean> {
  const result = await db
    .deleteFrom('sent_codes')
    .where('purpose', '=', purpose)
    .where('code_hash', '=', hash)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

export async function deleteSentCodesOf(db: Db, accountId: AccountId): Promise<void> {
  await db.deleteFrom('sent_codes').where('account_id', '=', accountId).execute();
}
