import type { AccountId, Permission } from '@conclave/protocol';
import { hasAllowedFactor, mustHaveFactor } from '../../policy/secondFactors.ts';
import { listFactorKinds } from '../../storage/repositories/factors.ts';
import type { SignInMethod } from '../../storage/tables.ts';
import type { AccountsPorts } from '../accounts/ports.ts';

/**
 * Whether somebody must set up a second factor now: a policy that asks for one is in force at once, also for who is signed in.
 * Of those who sign in at the organisation's own sign-on, that asks for what it wants.
 */
export async function lacksFactor(
  { db, factors }: AccountsPorts,
  accountId: AccountId,
  permissions: ReadonlySet<Permission>,
  method: SignInMethod,
): Promise<boolean> {
  const policy = factors.policy();
  if (method === 'oidc' || method === 'saml' || !mustHaveFactor(policy, permissions)) return false;
  return !hasAllowedFactor(policy, await listFactorKinds(db, accountId));
}
