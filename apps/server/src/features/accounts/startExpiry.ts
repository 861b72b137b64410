import { sessionBounds } from '../../policy/sessions.ts';
import { deleteExpiredLinks } from '../../storage/repositories/oneTimeLinks.ts';
import { deleteExpiredSessions } from '../../storage/repositories/sessions.ts';
import { expireFactorData } from '../factors/expireFactorData.ts';
import { tellEnd } from './endSession.ts';
import type { AccountsPorts } from './ports.ts';

const everyMs = 15 * 60 * 1000;

/** Ends sessions that are over, whether or not anybody comes back with them. */
export async function expireSessions(ports: AccountsPorts): Promise<void> {
  const { seenBefore, madeBefore } = sessionBounds(ports.policy.current(), ports.clock());
  const ended = await deleteExpiredSessions(ports.db, new Date(seenBefore), new Date(madeBefore));
  for (const { id, account_id } of ended) {
    tellEnd(ports, { accountId: account_id, sessionId: id, by: 'expired' });
  }
}

/** Runs `expireSessions` every quarter of an hour and when their lifetimes change, until it is disposed of. */
export function startExpiry(ports: AccountsPorts, onFault: (fault: unknown) => void): AsyncDisposable {
  let running: Promise<void> = Promise.resolve();
  const run = () => {
    running = running
      .then(() => expireSessions(ports))
      .then(() => deleteExpiredLinks(ports.db, new Date(ports.clock())))
      .then(() => expireFactorData(ports))
      .catch(onFault);
  };
  const timer = setInterval(run, everyMs);
  const following = ports.policy.onChange(({ changed }) => {
    if (changed.includes('sessionIdleDays') || changed.includes('sessionAbsoluteDays')) run();
  });
  timer.unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      following[Symbol.dispose]();
      await running;
    },
  };
}
