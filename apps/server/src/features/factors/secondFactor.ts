import { ConclaveError, type FactorKind } from '@conclave/protocol';
import { SIGN_IN_CHALLENGE_MS, SIGN_IN_CHALLENGE_TRIES } from '../../policy/attempts.ts';
import { hashToken, makeToken } from '../../security/tokens.ts';
import { type AccountRow, lockCredentials } from '../../storage/repositories/accounts.ts';
import { insertChallenge } from '../../storage/repositories/signInChallenges.ts';
import type { SignInMethod } from '../../storage/tables.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import { heldFactors } from './heldFactors.ts';
import { mustHave } from './mustHave.ts';

/** What has to follow once somebody has shown the first thing that they know. */
export type SecondFactor =
  | { readonly kind: 'none' }
  /** They must set one up before they can do anything else. */
  | { readonly kind: 'set-up' }
  | { readonly kind: 'ask'; readonly challenge: string; readonly factors: FactorKind[] };

/**
 * Whoever has a second factor is asked for it, by a challenge that is good for ten minutes, for this account, and once. The
 * password alone never is enough for them, also when nothing of what they have can be used at present.
 * @throws ConclaveError auth.wrong_credentials, when the password was changed in between
 */
export async function secondFactorFor(
  ports: AccountsPorts,
  account: AccountRow,
  method: SignInMethod,
): Promise<SecondFactor> {
  const held = await heldFactors(ports, account.id);
  if (held.rows.length === 0) return { kind: (await mustHave(ports, account)) ? 'set-up' : 'none' };
  const challenge = makeToken();
  const row = {
    token_hash: hashToken(challenge),
    account_id: account.id,
    method,
    tries_left: SIGN_IN_CHALLENGE_TRIES,
    expires_at: new Date(ports.clock() + SIGN_IN_CHALLENGE_MS),
  };
  // Whoever changes the password ends the challenges that there are: one of the former password must not come after that.
  await ports.db.transaction().execute(async (transaction) => {
    const same = await lockCredentials(transaction, account.id, account.password_hash);
    if (!same) throw new ConclaveError('auth.wrong_credentials');
    await insertChallenge(transaction, row);
  });
  return { kind: 'ask', challenge, factors: [...held.askable] };
}
