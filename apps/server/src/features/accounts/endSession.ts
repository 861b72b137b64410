import { deleteSession } from '../../storage/repositories/sessions.ts';
import type { AccountsPorts, SessionEnd } from './ports.ts';

/** Ends one session of an account, and with it whatever it holds open. False when there is none such. */
export async function endSession(ports: AccountsPorts, end: SessionEnd): Promise<boolean> {
  if (!(await deleteSession(ports.db, end.sessionId, end.accountId))) return false;
  ports.emit({ event: 'session.ended', ...end });
  ports.sessionEnded.tell(end);
  return true;
}
