import { ConclaveError } from '@conclave/protocol';
import { hashToken } from '../../security/tokens.ts';
import { type AccountRow, findAccount } from '../../storage/repositories/accounts.ts';
import { findChallenge } from '../../storage/repositories/signInChallenges.ts';
import type { SignInMethod } from '../../storage/tables.ts';
import type { AccountsPorts } from '../accounts/ports.ts';

/** A sign-in that waits for its second step. */
export interface WaitingSignIn {
  readonly account: AccountRow;
  /** Of the first step. */
  readonly method: SignInMethod;
  readonly tokenHash: Buffer;
  readonly purpose: { readonly kind: 'second-step'; readonly challenge: string };
}

/** @throws ConclaveError factor.challenge_over: unknown, used, too old, or tried too often */
export async function waitingSignIn(ports: AccountsPorts, challenge: string): Promise<WaitingSignIn> {
  const tokenHash = hashToken(challenge);
  const waiting = await findChallenge(ports.db, tokenHash, new Date(ports.clock()));
  const account = waiting === null ? null : await findAccount(ports.db, waiting.account_id);
  if (waiting === null || account === null || account.status !== 'active') {
    throw new ConclaveError('factor.challenge_over');
  }
  return {
    account,
    method: waiting.method,
    tokenHash,
    purpose: { kind: 'second-step', challenge: tokenHash.toString('base64url') },
  };
}
