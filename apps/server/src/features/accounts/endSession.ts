import type { AccountId, SessionId } from '@conclave/protocol';
import { deleteSession } from '../../storage/repositories/sessions.ts';
import type { AccountsPorts } from './ports.ts';

export interface SessionEnd {
  readonly accountId: AccountId;
  readonly sessionId: SessionId;
  readonly by: 'sign-out' | 'revoked' | 'expired';
}

/** Ends one session of an account, and with it whatever it holds open. False when there is none such. */
export async function endSession(ports: AccountsPorts, end: SessionEnd): Promise<boolean> {
  if (!(await deleteSession(ports.db, end.sessionId, end.accountId))) return false;
  ports.emit({ event: 'session.ended', ...end });
  ports.sessionEnded.tell(end);
  return true;
}
