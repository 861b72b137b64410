import type { AccountId, SessionEndReason, SessionId } from '@conclave/protocol';
import { deleteSession, deleteSessionsOf } from '../../storage/repositories/sessions.ts';
import { deleteChallengesOf } from '../../storage/repositories/signInChallenges.ts';
import type { AccountsPorts, SessionEnd } from './ports.ts';

/** Ends one session of an account, and with it whatever it holds open. False when there is none such. */
export async function endSession(ports: AccountsPorts, end: SessionEnd): Promise<boolean> {
  if (!(await deleteSession(ports.db, end.sessionId, end.accountId))) return false;
  tellEnd(ports, end);
  return true;
}

/** What follows when a session was taken away: its sockets close, and with them its places in meetings. */
export function tellEnd(ports: Pick<AccountsPorts, 'emit' | 'sessionEnded'>, end: SessionEnd): void {
  ports.emit({ event: 'session.ended', ...end });
  ports.sessionEnded.tell(end);
}

/** Ends all sessions of an account but one, and with them whatever they hold open: sockets, places in meetings. */
export async function endSessionsOf(
  ports: AccountsPorts,
  accountId: AccountId,
  by: SessionEndReason,
  except: SessionId | null = null,
): Promise<void> {
  // Who has shown a password that is no longer good, or is suspended, gets no further with it.
  await deleteChallengesOf(ports.db, accountId);
  for (const sessionId of await deleteSessionsOf(ports.db, accountId, except)) {
    tellEnd(ports, { accountId, sessionId, by });
  }
}
