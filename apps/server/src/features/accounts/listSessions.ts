import type { Session } from '@conclave/protocol';
import { isSessionOver } from '../../policy/sessions.ts';
import { listSessionsOf } from '../../storage/repositories/sessions.ts';
import type { Caller } from './authenticate.ts';
import type { AccountsPorts } from './ports.ts';

/** Where this account is signed in, the latest seen first. */
export async function listSessions(ports: AccountsPorts, caller: Caller): Promise<Session[]> {
  const rows = await listSessionsOf(ports.db, caller.accountId);
  const now = ports.clock();
  return rows
    .filter((row) => {
      const times = { createdAt: row.created_at.getTime(), lastSeenAt: row.last_seen_at.getTime() };
      return !isSessionOver(times, now);
    })
    .map((row) => ({
      id: row.id,
      device: row.device,
      createdAt: row.created_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
      current: row.id === caller.sessionId,
    }));
}
