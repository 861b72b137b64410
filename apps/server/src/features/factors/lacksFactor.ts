import type { AccountId, Permission } from '@conclave/protocol';
import { hasAllowedFactor, mustHaveFactor } from '../../policy/secondFactors.ts';
import { listFactorKinds } from '../../storage/repositories/factors.ts';
import type { SignInMethod } from '../../storage/tables.ts';
import type { AccountsPorts } from '../accounts/ports.ts';

/**
 * Whether somebody must set up a second factor now: a policy that asks for one is in force at once, also for who is signed in.
 * Of those who sign in at the organisation's own sign-on, that asks for what it wants, unless their session began as a restricted one:
 * then their provider leaves it to us. @param restricted whether it did
 */
export async function lacksFactor(
  { db, factors }: AccountsPorts,
  accountId: AccountId,
  permissions: ReadonlySet<Permission>,
  method: SignInMethod,
  restricted = false,
): Promise<boolean> {
  const policy = factors.policy();
  const leftToUs = restricted || (method !== 'oidc' && method !== 'saml');
  if (!leftToUs || !mustHaveFactor(policy, permissions)) return false;
  return !hasAllowedFactor(policy, await listFactorKinds(db, accountId));
}
