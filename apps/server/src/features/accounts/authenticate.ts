import type { AccountId, Permission, RoleId, SessionId } from '@conclave/protocol';
import { permissionsOf, type SessionHolder } from '../../policy/permissions.ts';
import { isSessionOver, SESSION_TOUCH_MS } from '../../policy/sessions.ts';
import { hashToken } from '../../security/tokens.ts';
import { markAccountSeen } from '../../storage/repositories/accounts.ts';
import { findSessionByToken, touchSession } from '../../storage/repositories/sessions.ts';
import { lacksFactor } from '../factors/lacksFactor.ts';
import { customPermissions } from './customPermissions.ts';
import { endSession } from './endSession.ts';
import type { AccountsPorts } from './ports.ts';
import { sessionTokenIn } from './sessionToken.ts';

/** Somebody who is signed in, and what they may do now. */
export interface Caller extends SessionHolder {
  readonly accountId: AccountId;
  readonly sessionId: SessionId;
  readonly name: string;
  readonly role: RoleId;
  readonly permissions: ReadonlySet<Permission>;
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
  if (isSessionOver(times, ports.policy.current(), now) || account.status !== 'active') {
    const by = account.status === 'active' ? 'expired' : 'account';
    await endSession(ports, { accountId: account.id, sessionId: session.id, by });
    return null;
  }
  if (now - times.lastSeenAt >= SESSION_TOUCH_MS) {
    await touchSession(ports.db, session.id, new Date(now));
    await markAccountSeen(ports.db, account.id, new Date(now));
  }
  const permissions = permissionsOf(account.role_id, await customPermissions(ports.db, account.role_id));
  return {
    accountId: account.id,
    sessionId: session.id,
    name: account.name,
    role: account.role_id,
    permissions,
    restricted: await lacksFactor(ports, account.id, permissions, session.method, session.restricted),
    confirmedAt: session.confirmed_at.getTime(),
  };
}
