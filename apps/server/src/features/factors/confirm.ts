import {
  ConclaveError,
  type Confirmation,
  type ConfirmationKind,
  type PasskeyRequest,
  type SentCodeKind,
} from '@conclave/protocol';
import { type AccountRow, findAccount } from '../../storage/repositories/accounts.ts';
import { confirmSession } from '../../storage/repositories/sessions.ts';
import type { Caller } from '../accounts/authenticate.ts';
import { refuseWrongPassword } from '../accounts/changePassword.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import { countersOf } from '../accounts/signInCounters.ts';
import type { SignInFrom } from '../accounts/startSession.ts';
import { checkProof } from './checkProof.ts';
import { factorCounters } from './counters.ts';
import { hasFactor, heldFactors } from './heldFactors.ts';
import { askOwnPasskey, sendFactorCode } from './secondStep.ts';

const purposeOf = (caller: Caller) => ({ kind: 'confirm', sessionId: caller.sessionId }) as const;

/**
 * With what the caller can confirm. Whoever has a second factor confirms with one: the password is the first thing that a
 * thief of both would have, and it is as little enough here as at the sign-in.
 */
export async function listConfirmations(ports: AccountsPorts, caller: Caller): Promise<ConfirmationKind[]> {
  const account = await own(ports, caller);
  const held = await heldFactors(ports, account.id);
  if (held.rows.length > 0) return [...held.askable];
  return account.password_hash === null ? [] : ['password'];
}

export async function sendConfirmCode(
  ports: AccountsPorts,
  caller: Caller,
  kind: SentCodeKind,
  address: string,
): Promise<string> {
  return sendFactorCode(ports, await own(ports, caller), kind, purposeOf(caller), address);
}

export async function askConfirmPasskey(ports: AccountsPorts, caller: Caller): Promise<PasskeyRequest> {
  return askOwnPasskey(ports, await own(ports, caller), purposeOf(caller));
}

/**
 * Renews the time at which the session's person has shown who they are. Guesses are counted as those of a sign-in are: a
 * stolen cookie is no way around the limits.
 * @throws ConclaveError factor.unavailable for the password of somebody with a second factor, auth.wrong_credentials, factor.wrong, auth.too_many_attempts
 */
export async function confirm(
  ports: AccountsPorts,
  caller: Caller,
  proof: Confirmation,
  address: string,
  from: SignInFrom,
): Promise<void> {
  const account = await own(ports, caller);
  if (proof.kind === 'password') {
    if (await hasFactor(ports, account.id)) throw new ConclaveError('factor.unavailable');
    await refuseWrongPassword(ports, account, proof.password, address);
  } else {
    const counters = await countersOf(ports, account.email, address, from);
    const attempt = await ports.factors.attempts.begin(factorCounters(counters, proof.kind));
    await checkProof(ports, account, proof, purposeOf(caller));
    await attempt.succeeded();
  }
  await confirmSession(ports.db, caller.sessionId, new Date(ports.clock()));
}

async function own(ports: AccountsPorts, caller: Caller): Promise<AccountRow> {
  const account = await findAccount(ports.db, caller.accountId);
  if (account === null) throw new ConclaveError('auth.required');
  return account;
}
