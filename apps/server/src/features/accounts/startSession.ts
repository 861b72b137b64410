import { randomUUID } from 'node:crypto';
import { ConclaveError, type MailLanguage, SessionId } from '@conclave/protocol';
import { SESSIONS_PER_ACCOUNT } from '../../policy/sessions.ts';
import { hashToken, makeToken } from '../../security/tokens.ts';
import { type AccountRow, lockCredentials, markAccountSeen } from '../../storage/repositories/accounts.ts';
import {
  deleteExcessSessions,
  findSessionByToken,
  insertSession,
} from '../../storage/repositories/sessions.ts';
import type { SignInMethod } from '../../storage/tables.ts';
import { describeDevice } from './describeDevice.ts';
import { endSession, tellEnd } from './endSession.ts';
import type { AccountsPorts } from './ports.ts';
import { sessionTokenIn } from './sessionToken.ts';

/** The browser that signs in: what it said it is, what its person reads, and the cookies that it had. */
export interface SignInFrom {
  readonly userAgent: string | undefined;
  /** Of those that mails are written in, the one that it asks for first. */
  readonly language: MailLanguage | null;
  readonly cookieHeader: string | undefined;
}

/**
 * Starts a session and gives its secret for the cookie. A session that the browser had ends: the secret is
 * never carried over a sign-in (session fixation, CWE-384). Those beyond the limit end too.
 * @throws ConclaveError auth.wrong_credentials
 */
export async function startSession(
  ports: AccountsPorts,
  account: Pick<AccountRow, 'id' | 'password_hash'>,
  how: { readonly method: SignInMethod; readonly restricted: boolean },
  from: SignInFrom,
): Promise<string> {
  await endFormer(ports, from.cookieHeader);
  const token = makeToken();
  const now = new Date(ports.clock());
  const sessionId = SessionId.parse(randomUUID());
  const accountId = account.id;
  const session = {
    id: sessionId,
    account_id: accountId,
    token_hash: hashToken(token),
    device: describeDevice(from.userAgent),
    method: how.method,
    restricted: how.restricted,
    created_at: now,
    last_seen_at: now,
    confirmed_at: now,
  };
  // The password was right a moment ago: one that was changed since, or an account that was suspended, lets nobody in.
  const excess = await ports.db.transaction().execute(async (transaction) => {
    const same = await lockCredentials(transaction, accountId, account.password_hash);
    if (!same) throw new ConclaveError('auth.wrong_credentials');
    await insertSession(transaction, session);
    return deleteExcessSessions(transaction, accountId, SESSIONS_PER_ACCOUNT, sessionId);
  });
  for (const id of excess) tellEnd(ports, { accountId, sessionId: id, by: 'limit' });
  await markAccountSeen(ports.db, accountId, now);
  ports.emit({ event: 'session.started', accountId, sessionId });
  return token;
}

async function endFormer(ports: AccountsPorts, cookieHeader: string | undefined): Promise<void> {
  const token = sessionTokenIn(cookieHeader);
  if (token === null) return;
  const former = await findSessionByToken(ports.db, hashToken(token));
  if (former === null) return;
  await endSession(ports, { accountId: former.account.id, sessionId: former.session.id, by: 'sign-out' });
}
