import type { AccountId, AccountRole, SessionId } from '@conclave/protocol';
import { isSessionOver, SESSION_TOUCH_MS } from '../../policy/sessions.ts';
import { hashToken } from '../../security/tokens.ts';
import { findSessionByToken, touchSession } from '../../storage/repositories/sessions.ts';
import { endSession } from './endSession.ts';
import type { AccountsPorts } from './ports.ts';
import { sessionTokenIn } from './sessionToken.ts';

/** Somebody who is signed in. */
export interface Caller {
  readonly accountId: AccountId;
  readonly sessionId: SessionId;
  readonly name: string;
  readonly role: AccountRole;
}

/** Who sent this Cookie header: null for nobody whom we know. A session that is over ends here. */
export async function authenticate(
  ports: AccountsPorts,
  cookieHeader: string | undefined,
): Promise<Caller | null> {
  const token = sessionTokenIn(cookieHeader);
  if (token === null) return null;
  const found = await findSessionByToken(ports.db, hashToken(token));
  if (found === null) return null;
  const { session, account } = found;
  const now = ports.clock();
  const times = { createdAt: session.created_at.getTime(), lastSeenAt: session.last_seen_at.getTime() };
  if (isSessionOver(times, now)) {
    await endSession(ports, { accountId: account.id, sessionId: session.id, by: 'expired' });
    return null;
  }
  if (now - times.lastSeenAt >= SESSION_TOUCH_MS) await touchSession(ports.db, session.id, new Date(now));
  return { accountId: account.id, sessionId: session.id, name: account.name, role: account.role };
}
