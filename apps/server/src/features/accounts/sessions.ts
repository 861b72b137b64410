import { ConclaveError, type Session, type SessionId } from '@conclave/protocol';
import { isSessionOver } from '../../policy/sessions.ts';
import { listSessionsOf, renameSessionRow } from '../../storage/repositories/sessions.ts';
import type { Caller } from './authenticate.ts';
import { endSession, endSessionsOf } from './endSession.ts';
import type { AccountsPorts } from './ports.ts';

/** Where this account is signed in, the latest seen first. */
export async function listSessions(ports: AccountsPorts, caller: Caller): Promise<Session[]> {
  const rows = await listSessionsOf(ports.db, caller.accountId);
  const now = ports.clock();
  return rows
    .filter((row) => {
      const times = { createdAt: row.created_at.getTime(), lastSeenAt: row.last_seen_at.getTime() };
      return !isSessionOver(times, ports.policy.current(), now);
    })
    .map((row) => ({
      id: row.id,
      device: row.device,
      name: row.name,
      createdAt: row.created_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
      current: row.id === caller.sessionId,
    }));
}

/** What the person calls it; null: what it says of itself. @throws ConclaveError request.not_found, also for those of others. */
export async function renameSession(
  ports: AccountsPorts,
  caller: Caller,
  id: SessionId,
  name: string | null,
): Promise<void> {
  if (!(await renameSessionRow(ports.db, id, caller.accountId, name))) {
    throw new ConclaveError('request.not_found');
  }
}

/** Ends one of the caller's own sessions. @throws ConclaveError request.not_found, also for those of others. */
export async function revokeSession(ports: AccountsPorts, caller: Caller, id: SessionId): Promise<void> {
  const ended = await endSession(ports, { accountId: caller.accountId, sessionId: id, by: 'revoked' });
  if (!ended) throw new ConclaveError('request.not_found');
}

/** Ends all of the caller's sessions but the one of this call. */
export async function revokeOtherSessions(ports: AccountsPorts, caller: Caller): Promise<void> {
  await endSessionsOf(ports, caller.accountId, 'revoked', caller.sessionId);
}
