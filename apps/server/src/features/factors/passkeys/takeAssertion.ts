import type { AccountId, PasskeyAssertion } from '@conclave/protocol';
import { advanceCounter, type FactorRow, findPasskeyRow } from '../../../storage/repositories/factors.ts';
import { spendChallenge } from '../../../storage/repositories/spentChallenges.ts';
import type { AccountsPorts } from '../../accounts/ports.ts';
import { hashChallenge, type PasskeyPurpose, readPasskeyChallenge } from './challenges.ts';
import { userHandleOf } from './options.ts';
import { verifyAssertion } from './verify.ts';

export type TakenAssertion =
  | { readonly verdict: 'right'; readonly passkey: FactorRow }
  /** `copied`: the counter went back, so there may be two of the same authenticator. */
  | { readonly verdict: 'wrong' | 'replayed' | 'copied'; readonly passkey: FactorRow | null };

/**
 * Checks a passkey's answer to one of our challenges and uses it up.
 * @param accountId whose it must be; null where the passkey says who it is
 */
export async function takeAssertion(
  ports: AccountsPorts,
  assertion: PasskeyAssertion,
  purpose: PasskeyPurpose,
  accountId: AccountId | null,
): Promise<TakenAssertion> {
  const party = ports.factors.relyingParty();
  const passkey = await findPasskeyRow(ports.db, assertion.id);
  const wrong = { verdict: 'wrong', passkey } as const;
  if (party === null || passkey === null || !isOf(passkey, assertion, accountId)) return wrong;
  let asked: { readonly hash: Buffer; readonly until: Date } | null = null;
  const counter = await verifyAssertion(party, passkey, assertion, (challenge) => {
    const until = readPasskeyChallenge(ports.factors.keys, purpose, challenge, ports.clock());
    asked = until === null ? null : { hash: hashChallenge(challenge), until };
    return until !== null;
  });
  if (counter === null || asked === null) return wrong;
  const { hash, until }: { readonly hash: Buffer; readonly until: Date } = asked;
  if (!(await spendChallenge(ports.db, hash, until))) return { verdict: 'replayed', passkey };
  const moved = await advanceCounter(ports.db, passkey.id, counter, new Date(ports.clock()));
  return moved ? { verdict: 'right', passkey } : { verdict: 'copied', passkey };
}

/** A passkey that was not asked for by name must say whose it is (Web Authentication Level 3, section 7.2, step 6). */
function isOf(passkey: FactorRow, { response }: PasskeyAssertion, accountId: AccountId | null): boolean {
  const handle = response.userHandle ?? null;
  if (handle !== null && handle !== userHandleOf(passkey.account_id)) return false;
  return accountId === null ? handle !== null : passkey.account_id === accountId;
}
