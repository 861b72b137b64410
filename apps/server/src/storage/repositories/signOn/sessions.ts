import type { AccountId, ProviderId, SessionId } from '@conclave/protocol';
import type { Db } from '../../tables.ts';

/** Ties a session to the provider's own, by the session's secret. Nothing when the session is over already. */
export async function tieSession(db: Db, tokenHash: Uint8Array, to: SessionTie): Promise<void> {
  const session = await db
    .selectFrom('sessions')
    .select('id')
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();
  if (session === undefined) return;
  await db
    .insertInto('sign_on_sessions')
    .values({ session_id: session.id, provider_id: to.providerId, subject: to.subject, sid: to.sid })
    .execute();
}

/** Where a session began: the provider, the person as it knows them, and its own session. */
export interface SessionTie {
  readonly providerId: ProviderId;
  readonly subject: string;
  readonly sid: string | null;
}

export interface TiedSession {
  readonly sessionId: SessionId;
  readonly accountId: AccountId;
}

/** Sessions that began at the provider: one of its sessions, all of one person's, or all. */
export async function findTiedSessions(
  db: Db,
  providerId: ProviderId,
  which: { readonly subject?: string; readonly sid?: string },
): Promise<TiedSession[]> {
  let query = db
    .selectFrom('sign_on_sessions')
    .innerJoin('sessions', 'sessions.id', 'sign_on_sessions.session_id')
    .select(['sessions.id as sessionId', 'sessions.account_id as accountId'])
    .where('sign_on_sessions.provider_id', '=', providerId);
  if (which.subject !== undefined) query = query.where('sign_on_sessions.subject', '=', which.subject);
  if (which.sid !== undefined) query = query.where('sign_on_sessions.sid', '=', which.sid);
  return query.execute();
}

/**
 * Sessions of one account that began at some provider, of which nothing is known of which session there they belong to: those with
 * our own second factor in between, from before these were tied too.
 */
export async function findUntiedSessions(db: Db, accountId: AccountId): Promise<TiedSession[]> {
  return db
    .selectFrom('sessions')
    .leftJoin('sign_on_sessions', 'sign_on_sessions.session_id', 'sessions.id')
    .select(['sessions.id as sessionId', 'sessions.account_id as accountId'])
    .where('sessions.account_id', '=', accountId)
    .where('sessions.method', '=', 'oidc')
    .where('sign_on_sessions.session_id', 'is', null)
    .execute();
}
