import { ConclaveError, type SessionId } from '@conclave/protocol';
import type { Caller } from './authenticate.ts';
import { endSession } from './endSession.ts';
import type { AccountsPorts } from './ports.ts';

/** Ends one of the caller's own sessions. @throws ConclaveError request.not_found, also for those of others. */
export async function revokeSession(ports: AccountsPorts, caller: Caller, id: SessionId): Promise<void> {
  const ended = await endSession(ports, { accountId: caller.accountId, sessionId: id, by: 'revoked' });
  if (!ended) throw new ConclaveError('request.not_found');
}
