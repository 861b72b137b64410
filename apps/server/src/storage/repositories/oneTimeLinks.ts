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

/** A link to somebody. */
export interface NewPersonLink extends NewLink {
  /** It goes to the account's address and to nobody else. */
  readonly mailed: boolean;
}

/** Makes the links for this that are good for an account from now on; former ones end. */
export async function replaceLinks(
  db: Db,
  accountId: AccountId,
  purpose: LinkPurpose,
  links: readonly NewPersonLink[],
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await lockedAddress(transaction, accountId);
    await transaction
      .deleteFrom('one_time_links')
      .where('account_id', '=', accountId)
      .where('purpose', '=', purpose)
      .execute();
    for (const link of links) await insertLink(transaction, link, purpose, accountId);
  });
}

/**
 * Makes one more, beside those that are good already: whoever asks for a link takes none away from somebody else. False when
 * the account has another address than this one by now, or has as many links as it may.
 */
export async function addLink(
  db: Db,
  account: { readonly id: AccountId; readonly email: string },
  purpose: LinkPurpose,
  link: NewPersonLink,
  most: number,
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    if ((await lockedAddress(transaction, account.id)) !== account.email) return false;
    const good = await transaction
      .selectFrom('one_time_links')
      .select('token_hash')
      .where('account_id', '=', account.id)
      .where('purpose', '=', purpose)
      .where('expires_at', '>', link.createdAt)
      .execute();
    if (good.length >= most) return false;
    await insertLink(transaction, link, purpose, account.id);
    return true;
  });
}

/** The address of an account, which nobody changes until the transaction ends. Accounts are locked before their links. */
async function lockedAddress(transaction: Db, id: AccountId): Promise<string | undefined> {
  const row = await transaction
    .selectFrom('accounts')
    .select('email')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row?.email;
}

async function insertLink(
  db: Db,
  { tokenHash, createdAt, expiresAt, mailed = false }: NewLink & { readonly mailed?: boolean },
  purpose: 'owner' | LinkPurpose,
  accountId: AccountId | null,
): Promise<void> {
  await db
    .insertInto('one_time_links')
    .values({
      token_hash: tokenHash,
      purpose,
      account_id: accountId,
      mailed,
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
  /** Whoever has it reads the mail of the account's address. */
  readonly mailed: boolean;
}

/** Whose a link is and for what, while it is good. */
export async function findLink(db: Db, tokenHash: Uint8Array, now: Date): Promise<PersonLink | null> {
  const row = await db
    .selectFrom('one_time_links')
    .select(['account_id', 'purpose', 'mailed'])
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
    .returning(['account_id', 'purpose', 'mailed'])
    .executeTakeFirst();
  return toPersonLink(row);
}

/** All that somebody was given. */
export async function deleteLinksOf(db: Db, accountId: AccountId): Promise<void> {
  await db.deleteFrom('one_time_links').where('account_id', '=', accountId).execute();
}

export async function deleteExpiredLinks(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('one_time_links').where('expires_at', '<=', now).execute();
}

function toPersonLink(
  row: { account_id: AccountId | null; purpose: 'owner' | LinkPurpose; mailed: boolean } | undefined,
): PersonLink | null {
  if (row === undefined || row.account_id === null || row.purpose === 'owner') return null;
  return { accountId: row.account_id, purpose: row.purpose, mailed: row.mailed };
}
