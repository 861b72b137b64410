import type { Db } from '../tables.ts';

/** True for the first use of a challenge, and for no other. */
export async function spendChallenge(db: Db, hash: Uint8Array, expiresAt: Date): Promise<boolean> {
  const result = await db
    .insertInto('spent_challenges')
    .values({ challenge_hash: hash, expires_at: expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** What has ended by itself: challenges, codes, set-ups that nobody finished. */
export async function deleteExpiredFactorData(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('spent_challenges').where('expires_at', '<', now).execute();
  await db.deleteFrom('sign_in_challenges').where('expires_at', '<', now).execute();
  await db.deleteFrom('sent_codes').where('expires_at', '<', now).execute();
  await db.deleteFrom('factors').where('pending_until', '<', now).execute();
}
