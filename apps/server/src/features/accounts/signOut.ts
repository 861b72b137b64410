import type { Caller } from './authenticate.ts';
import { endSession } from './endSession.ts';
import type { AccountsPorts } from './ports.ts';

/** Ends the session of this call. */
export async function signOut(ports: AccountsPorts, caller: Caller): Promise<void> {
  await endSession(ports, { accountId: caller.accountId, sessionId: caller.sessionId, by: 'sign-out' });
}
