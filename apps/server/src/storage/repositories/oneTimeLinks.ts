import type { Db } from '../tables.ts';

/** Makes the one owner link that is good from now on; former ones end. */
export async function replaceOwnerLink(
  db: Db,
  tokenHash: Uint8Array,
  createdAt: Date,
  expiresAt: Date,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('one_time_links').where('purpose', '=', 'owner').execute();
    await transaction
      .insertInto('one_time_links')
      .values({ token_hash: tokenHash, purpose: 'owner', created_at: createdAt, expires_at: expiresAt })
      .execute();
  });
}

export async function isOwnerLinkGood(db: Db, tokenHash: Uint8Array, now: Date): Promise<boolean> {
  const row = await db
    .selectFrom('one_time_links')
    .select('purpose')
    .where('token_hash', '=', tokenHash)
    .where('purpose', '=', 'owner')
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row !== undefined;
}

/** True for exactly one of any number of simultaneous calls. */
export async function takeOwnerLink(db: Db, tokenHash: Uint8Array, now: Date): Promise<boolean> {
  const result = await db
    .deleteFrom('one_time_links')
    .where('token_hash', '=', tokenHash)
    .where('purpose', '=', 'owner')
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

export async function deleteOwnerLinks(db: Db): Promise<void> {
  await db.deleteFrom('one_time_links').where('purpose', '=', 'owner').execute();
}
