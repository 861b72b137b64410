import { ConclaveError, type PasskeyAssertion, type PasskeyRequest } from '@conclave/protocol';
import { findAccount } from '../../storage/repositories/accounts.ts';
import { finishSignIn, type SignInOutcome } from '../accounts/finishSignIn.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import type { SignInFrom } from '../accounts/startSession.ts';
import { makePasskeyChallenge } from './passkeys/challenges.ts';
import { passkeyRequest } from './passkeys/options.ts';
import { takeAssertion } from './passkeys/takeAssertion.ts';

const anybody = { kind: 'sign-in', subject: '' } as const;

/** For whichever passkey the browser has: nobody has said who they are. Nothing is kept of it. */
export function askPasskey(ports: AccountsPorts): PasskeyRequest {
  const party = ports.factors.relyingParty();
  if (party === null || !isAllowed(ports)) throw new ConclaveError('factor.unavailable');
  return passkeyRequest(party, makePasskeyChallenge(ports.factors.keys, anybody, ports.clock()), []);
}

/**
 * A passkey alone signs in: it is something that one has, opened by something that one knows or is, and bound to this
 * service (NIST SP 800-63B-4 section 3.1.6). No second factor is asked for.
 * @throws ConclaveError factor.wrong, also for a passkey that nobody has; auth.too_many_attempts, auth.suspended
 */
export async function signInWithPasskey(
  ports: AccountsPorts,
  assertion: PasskeyAssertion,
  address: string,
  from: SignInFrom,
): Promise<SignInOutcome> {
  if (!isAllowed(ports)) throw new ConclaveError('factor.unavailable');
  const attempt = await ports.factors.attempts.begin({ address, account: null, day: null, service: null });
  const { verdict, passkey } = await takeAssertion(ports, assertion, anybody, null);
  const account = passkey === null ? null : await findAccount(ports.db, passkey.account_id);
  const event = { accountId: account?.id ?? null, kind: 'passkey', purpose: 'sign-in' } as const;
  if (verdict !== 'right' || account === null) {
    ports.emit({ event: 'factor.refused', ...event, reason: verdict === 'right' ? 'wrong' : verdict });
    throw new ConclaveError('factor.wrong');
  }
  ports.emit({ event: 'factor.used', ...event, accountId: account.id });
  await attempt.succeeded();
  return finishSignIn(ports, account, { method: 'passkey', strong: true }, address, from);
}

function isAllowed({ factors }: AccountsPorts): boolean {
  return factors.policy().allowedFactors.includes('passkey');
}
