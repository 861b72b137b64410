import type { AccountId } from '@conclave/protocol';
import { type Selectable, sql } from 'kysely';
import type { Db, Tables } from '../tables.ts';

export type SignInChallengeRow = Selectable<Tables['sign_in_challenges']>;

export async function insertChallenge(db: Db, challenge: SignInChallengeRow): Promise<void> {
  await db.insertInto('sign_in_challenges').values(challenge).execute();
}

export async function findChallenge(
  db: Db,
  tokenHash: Uint8Array,
  now: Date,
): Promise<SignInChallengeRow | null> {
  const row = await db
    .selectFrom('sign_in_challenges')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('tries_left', '>', 0)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row ?? null;
}

/** Counts a try before anything is checked. False when there are none left. */
export async function tryChallenge(db: Db, tokenHash: Uint8Array, now: Date): Promise<boolean> {
  const result = await db
    .updateTable('sign_in_challenges')
    .set({ tries_left: sql<number>`tries_left - 1` })
    .where('token_hash', '=', tokenHash)
    .where('tries_left', '>', 0)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** True for exactly one of any number of simultaneous uses. */
export async function takeChallenge(db: Db, tokenHash: Uint8Array): Promise<boolean> {
  const result = await db
    .deleteFrom('sign_in_challenges')
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** Whoever has the first step only, gets no further: the password was changed, or the account's sessions ended. */
export async function deleteChallengesOf(db: Db, accountId: AccountId): Promise<void> {
  await db.deleteFrom('sign_in_challenges').where('account_id', '=', accountId).execute();
}
