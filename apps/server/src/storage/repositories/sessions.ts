import type { AccountId, SessionId } from '@conclave/protocol';
import type { Insertable, Selectable } from 'kysely';
import type { Db, Tables } from '../tables.ts';
import type { AccountRow } from './accounts.ts';

export type SessionRow = Selectable<Tables['sessions']>;

export async function insertSession(db: Db, session: Insertable<Tables['sessions']>): Promise<void> {
  await db.insertInto('sessions').values(session).execute();
}

export interface SessionWithAccount {
  readonly session: SessionRow;
  readonly account: AccountRow;
}

export async function findSessionByToken(db: Db, tokenHash: Uint8Array): Promise<SessionWithAccount | null> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .selectAll('accounts')
    .select([
      'sessions.id as session_id',
      'sessions.token_hash',
      'sessions.device',
      'sessions.name as session_name',
      'sessions.method',
      'sessions.restricted',
      'sessions.confirmed_at',
      'sessions.created_at as session_created_at',
      'sessions.last_seen_at as session_last_seen_at',
    ])
    .where('sessions.token_hash', '=', tokenHash)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { session_id, token_hash, device, session_name, method, restricted, confirmed_at, ...rest } = row;
  const { session_created_at, session_last_seen_at, ...account } = rest;
  return {
    session: {
      id: session_id,
      account_id: account.id,
      token_hash,
      device,
      name: session_name,
      method,
      restricted,
      confirmed_at,
      created_at: session_created_at,
      last_seen_at: session_last_seen_at,
    },
    account,
  };
}

/** Whose sessions these are, and how they began. */
export async function findSessionHolders(db: Db, ids: readonly SessionId[]) {
  if (ids.length === 0) return [];
  return db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .select(['sessions.id', 'sessions.account_id', 'sessions.method', 'accounts.role_id'])
    .where('sessions.id', 'in', ids)
    .execute();
}

/** The latest seen first. */
export async function listSessionsOf(db: Db, accountId: AccountId): Promise<SessionRow[]> {
  return db
    .selectFrom('sessions')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function touchSession(db: Db, id: SessionId, at: Date): Promise<void> {
  await db.updateTable('sessions').set({ last_seen_at: at }).where('id', '=', id).execute();
}

/** False when there is no such session of that account. */
export async function renameSessionRow(
  db: Db,
  id: SessionId,
  accountId: AccountId,
  name: string | null,
): Promise<boolean> {
  const result = await db
    .updateTable('sessions')
    .set({ name })
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** The person has shown again who they are; what they had to do first is done. */
export async function confirmSession(db: Db, id: SessionId, at: Date): Promise<void> {
  await db.updateTable('sessions').set({ confirmed_at: at }).where('id', '=', id).execute();
}

export async function liftRestriction(db: Db, id: SessionId): Promise<void> {
  await db.updateTable('sessions').set({ restricted: false }).where('id', '=', id).execute();
}

/** Ends all sessions of an account but one, and tells which. */
export async function deleteSessionsOf(
  db: Db,
  accountId: AccountId,
  except: SessionId | null,
): Promise<SessionId[]> {
  let which = db.deleteFrom('sessions').where('account_id', '=', accountId);
  if (except !== null) which = which.where('id', '!=', except);
  const rows = await which.returning('id').execute();
  return rows.map(({ id }) => id);
}

/** Ends the sessions of an account that were not used for longest, but for so many, and tells which. @param keep never ended */
export async function deleteExcessSessions(
  db: Db,
  accountId: AccountId,
  most: number,
  keep: SessionId,
): Promise<SessionId[]> {
  const rows = await db
    .deleteFrom('sessions')
    .where('account_id', '=', accountId)
    .where('id', '!=', keep)
    .where('id', 'not in', (select) =>
      select
        .selectFrom('sessions')
        .select('id')
        .where('account_id', '=', accountId)
        .where('id', '!=', keep)
        .orderBy('last_seen_at', 'desc')
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .limit(most - 1),
    )
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** True when this call ended it; false when there is no such session of that account. */
export async function deleteSession(db: Db, id: SessionId, accountId: AccountId): Promise<boolean> {
  const result = await db
    .deleteFrom('sessions')
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** Ends every session past its idle or its absolute lifetime, and tells which. */
export async function deleteExpiredSessions(
  db: Db,
  seenBefore: Date,
  madeBefore: Date,
): Promise<{ id: SessionId; account_id: AccountId }[]> {
  return db
    .deleteFrom('sessions')
    .where((where) =>
      where.or([where('last_seen_at', '<', seenBefore), where('created_at', '<', madeBefore)]),
    )
    .returning(['id', 'account_id'])
    .execute();
}
