import { SESSION_ABSOLUTE_MS, SESSION_IDLE_MS } from '../../policy/sessions.ts';
import { deleteExpiredSessions } from '../../storage/repositories/sessions.ts';
import type { AccountsPorts } from './ports.ts';

const everyMs = 15 * 60 * 1000;

/** Ends sessions that are over, whether or not anybody comes back with them. */
export async function expireSessions(ports: AccountsPorts): Promise<void> {
  const now = ports.clock();
  const ended = await deleteExpiredSessions(
    ports.db,
    new Date(now - SESSION_IDLE_MS),
    new Date(now - SESSION_ABSOLUTE_MS),
  );
  for (const { id, account_id } of ended) {
    const end = { accountId: account_id, sessionId: id, by: 'expired' } as const;
    ports.emit({ event: 'session.ended', ...end });
    ports.sessionEnded.tell(end);
  }
}

/** Runs `expireSessions` every quarter of an hour, until it is disposed of. */
export function startExpiry(ports: AccountsPorts, onFault: (fault: unknown) => void): AsyncDisposable {
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = expireSessions(ports).catch(onFault);
  }, everyMs);
  timer.unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await running;
    },
  };
}
