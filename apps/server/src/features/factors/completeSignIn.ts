import { ConclaveError, type FactorProof } from '@conclave/protocol';
import { permissionsOf } from '../../policy/permissions.ts';
import { hashToken } from '../../security/tokens.ts';
import { takeChallenge, tryChallenge } from '../../storage/repositories/signInChallenges.ts';
import { tieSession } from '../../storage/repositories/signOn/sessions.ts';
import { customPermissions } from '../accounts/customPermissions.ts';
import { finishSignIn, type SignInOutcome } from '../accounts/finishSignIn.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import { countersOf } from '../accounts/signInCounters.ts';
import type { SignInFrom } from '../accounts/startSession.ts';
import { checkProof } from './checkProof.ts';
import { factorCounters } from './counters.ts';
import { lacksFactor } from './lacksFactor.ts';
import { waitingSignIn } from './waitingSignIn.ts';

/**
 * The second step of signing in. A challenge is of one account, takes ten tries of whatever kind, and signs in once: of any
 * number of right answers at the same time, one.
 * @throws ConclaveError factor.challenge_over, factor.wrong, auth.too_many_attempts, auth.suspended
 */
export async function completeSignIn(
  ports: AccountsPorts,
  input: { readonly challenge: string; readonly proof: FactorProof },
  address: string,
  from: SignInFrom,
): Promise<SignInOutcome> {
  const { account, method, tokenHash, purpose } = await waitingSignIn(ports, input.challenge);
  const counters = await countersOf(ports, account.email, address, from);
  const attempt = await ports.factors.attempts.begin(factorCounters(counters, input.proof.kind));
  if (!(await tryChallenge(ports.db, tokenHash, new Date(ports.clock())))) {
    throw new ConclaveError('factor.challenge_over');
  }
  await checkProof(ports, account, input.proof, purpose);
  await attempt.succeeded();
  if (!(await takeChallenge(ports.db, tokenHash))) throw new ConclaveError('factor.challenge_over');
  const fromProvider = method === 'oidc' || method === 'saml';
  const tie = fromProvider ? await ports.takeTie(input.challenge) : null;
  // The provider may have been switched off while the factor was asked for.
  if (fromProvider && tie === null) throw new ConclaveError('factor.challenge_over');
  // Theirs may no longer be one that is allowed.
  const permissions = permissionsOf(account.role_id, await customPermissions(ports.db, account.role_id));
  const restricted = await lacksFactor(ports, account.id, permissions, method);
  const outcome = await finishSignIn(ports, account, { method, strong: true, restricted }, address, from);
  if (tie !== null && outcome.kind === 'signed-in') {
    await tieSession(ports.db, hashToken(outcome.sessionToken), tie);
  }
  return outcome;
}
