import type { AccountId } from '@conclave/protocol';
import type { Db } from '../tables.ts';

export interface NewLink {
  readonly tokenHash: Uint8Array;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** What a link that is sent to somebody is for. */
export type LinkPurpose = 'invitation' | 'reset';

/** Makes the one owner link that is good from now on; former ones end. */
export async function replaceOwnerLink(db: Db, link: NewLink): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('one_time_links').where('purpose', '=', 'owner').execute();
    await insertLink(transaction, link, 'owner', null);
  });
}

/** Makes the one link for this that is good for an account from now on; former ones end. */
export async function replaceLink(
  db: Db,
  accountId: AccountId,
  purpose: LinkPurpose,
  link: NewLink,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction
      .deleteFrom('one_time_links')
      .where('account_id', '=', accountId)
      .where('purpose', '=', purpose)
      .execute();
    await insertLink(transaction, link, purpose, accountId);
  });
}

async function insertLink(
  db: Db,
  { tokenHash, createdAt, expiresAt }: NewLink,
  purpose: 'owner' | LinkPurpose,
  accountId: AccountId | null,
): Promise<void> {
  await db
    .insertInto('one_time_links')
    .values({
      token_hash: tokenHash,
      purpose,
      account_id: accountId,
      created_at: createdAt,
      expires_at: expiresAt,
    })
    .execute();
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

export interface PersonLink {
  readonly accountId: AccountId;
  readonly purpose: LinkPurpose;
}

/** Whose a link is and for what, while it is good. */
export async function findLink(db: Db, tokenHash: Uint8Array, now: Date): Promise<PersonLink | null> {
  const row = await db
    .selectFrom('one_time_links')
    .select(['account_id', 'purpose'])
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return toPersonLink(row);
}

/** The same, for exactly one of any number of simultaneous calls: it is no good any more. */
export async function takeLink(db: Db, tokenHash: Uint8Array, now: Date): Promise<PersonLink | null> {
  const row = await db
    .deleteFrom('one_time_links')
    .where('token_hash', '=', tokenHash)
    .where('purpose', '!=', 'owner')
    .where('expires_at', '>', now)
    .returning(['account_id', 'purpose'])
    .executeTakeFirst();
  return toPersonLink(row);
}

/** All that were sent to somebody. */
export async function deleteLinksOf(db: Db, accountId: AccountId): Promise<void> {
  await db.deleteFrom('one_time_links').where('account_id', '=', accountId).execute();
}

export async function deleteExpiredLinks(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('one_time_links').where('expires_at', '<=', now).execute();
}

function toPersonLink(
  row: { account_id: AccountId | null; purpose: 'owner' | LinkPurpose } | undefined,
): PersonLink | null {
  if (row === undefined || row.account_id === null || row.purpose === 'owner') return null;
  return { accountId: row.account_id, purpose: row.purpose };
}
