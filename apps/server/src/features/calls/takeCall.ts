import { type CallAnswer, type CallId, ConclaveError, type GiveCallSecret } from '@conclave/protocol';
import type { Caller } from '../accounts/authenticate.ts';
import type { Call } from './CallDesk.ts';
import { connect } from './connect.ts';
import type { CallsPorts } from './ports.ts';
import { logged } from './ring.ts';

/** The first browser that answers has the call. @throws ConclaveError call.not_found, call.over */
export async function answerCall(
  ports: CallsPorts,
  caller: Caller,
  id: CallId,
  answer: CallAnswer,
): Promise<void> {
  return logged(ports, caller.accountId, async () => {
    heardCall(ports, caller, id);
    ports.desk.do(id, { do: 'answer', by: caller.sessionId, answer });
  });
}

/** At all pages of the callee. @throws ConclaveError call.not_found, call.over */
export async function declineCall(ports: CallsPorts, caller: Caller, id: CallId): Promise<void> {
  return logged(ports, caller.accountId, async () => {
    heardCall(ports, caller, id);
    ports.desk.do(id, { do: 'decline' });
  });
}

/** Again is no error. @throws ConclaveError call.not_found */
export async function cancelCall(ports: CallsPorts, caller: Caller, id: CallId): Promise<void> {
  return logged(ports, caller.accountId, async () => {
    madeCall(ports, caller, id);
    ports.desk.do(id, { do: 'cancel' });
  });
}

/** The caller's browser gives what it has sealed. @throws ConclaveError call.not_found, call.over; request.invalid on a taken id */
export async function giveCallSecret(
  ports: CallsPorts,
  caller: Caller,
  id: CallId,
  given: GiveCallSecret,
): Promise<void> {
  return logged(ports, caller.accountId, async () => {
    const call = madeCall(ports, caller, id);
    await connect(ports, call, given, { owner: caller.accountId, cohost: call.callee });
  });
}

/** What one may answer is what one hears. @throws ConclaveError call.not_found */
function heardCall({ desk }: CallsPorts, { accountId }: Caller, id: CallId): Call {
  const call = desk.find(id);
  if (call === null || call.callee !== accountId || !call.heard) throw new ConclaveError('call.not_found');
  return call;
}

/** @throws ConclaveError call.not_found */
function madeCall({ desk }: CallsPorts, { accountId }: Caller, id: CallId): Call {
  const call = desk.find(id);
  const own = call?.owner.kind === 'member' && call.owner.accountId === accountId;
  if (call === null || !own) throw new ConclaveError('call.not_found');
  return call;
}
