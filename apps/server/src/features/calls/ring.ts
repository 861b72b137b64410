import { randomUUID } from 'node:crypto';
import {
  type AccountId,
  type CallId,
  type CallParty,
  ConclaveError,
  type ErrorCode,
  type Ringing,
} from '@conclave/protocol';
import { findAccount } from '../../storage/repositories/accounts.ts';
import { insertMissedCall, isBlocked } from '../../storage/repositories/calls.ts';
import type { Caller } from '../accounts/authenticate.ts';
import type { CallOwner } from './CallDesk.ts';
import { isQuiet } from './callSettings.ts';
import { ringingSince } from './callState.ts';
import type { CallsPorts } from './ports.ts';

/**
 * Rings somebody of the organisation at all their pages. Who blocks the caller, does not want to be disturbed, is nowhere signed in,
 * or does not exist, is rung in vain: the answer, and what comes of it, are the same.
 * @throws ConclaveError call.off, call.busy, auth.too_many_attempts; request.invalid for oneself
 */
export async function ring(ports: CallsPorts, caller: Caller, callee: AccountId): Promise<Ringing> {
  return logged(ports, caller.accountId, async () => {
    refuseOff(ports);
    if (callee === caller.accountId) throw new ConclaveError('request.invalid', { field: 'accountId' });
    const owner: CallOwner = {
      kind: 'member',
      accountId: caller.accountId,
      sessionId: caller.sessionId,
    };
    ports.desk.refuseSecond(owner);
    await ports.rings.begin({ caller: caller.accountId, pair: `${caller.accountId} ${callee}` });
    const blocked = await isBlocked(ports.db, callee, caller.accountId);
    const from: CallParty = { kind: 'member', accountId: caller.accountId, name: caller.name };
    return begin(ports, { owner, from, callee: blocked ? null : callee });
  });
}

/** @param callee null: nobody hears it, and nothing is kept of it. @throws ConclaveError call.busy */
export async function begin(
  ports: CallsPorts,
  given: { readonly owner: CallOwner; readonly from: CallParty; readonly callee: AccountId | null },
): Promise<Ringing> {
  const { owner, from } = given;
  const id = randomUUID() as CallId;
  const now = ports.clock();
  const account = given.callee === null ? null : await findAccount(ports.db, given.callee);
  const callee = account?.status === 'active' ? account.id : null;
  if (callee !== null) {
    await insertMissedCall(ports.db, {
      id,
      account_id: callee,
      caller_id: owner.kind === 'member' ? owner.accountId : null,
      contact_id: owner.kind === 'contact' ? owner.contactId : null,
      rung_at: new Date(now),
      seen_at: null,
    });
  }
  const quiet = callee === null || (await isQuiet(ports, callee));
  const heard = callee !== null && !quiet && !ports.desk.hearsTooMany(callee);
  const state = ringingSince(now);
  ports.desk.begin({ id, owner, caller: from, callee, heard, state });
  return { callId: id, endsAt: new Date(state.name === 'ringing' ? state.endsAt : now).toISOString() };
}

/** @throws ConclaveError call.off */
export function refuseOff({ policy }: Pick<CallsPorts, 'policy'>): void {
  if (policy.current().calls === 'off') throw new ConclaveError('call.off');
}

/** A refusal is in the log with who it was that tried. */
export async function logged<T>(
  { emit }: Pick<CallsPorts, 'emit'>,
  accountId: AccountId | null,
  action: () => Promise<T>,
): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof ConclaveError) {
      const code: ErrorCode = error.code;
      emit({ event: 'call.refused', accountId, code });
    }
    throw error;
  }
}
