import type { Policy } from '@conclave/protocol';
import { createOutgoing } from '../../net/outgoing.ts';
import { LOGOUT_ATTEMPTS, SCIM_ATTEMPTS, SIGN_ON_BEGINS } from '../../policy/attempts.ts';
import { factorPolicyOf } from '../../policy/secondFactors.ts';
import { AttemptLimiter } from '../../security/attempts.ts';
import type { Sealer } from '../../security/sealed.ts';
import { listFactorKinds } from '../../storage/repositories/factors.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import { heldFactors } from '../factors/heldFactors.ts';
import { offeredKinds } from '../factors/listFactors.ts';
import { OidcClients } from './oidc/OidcClients.ts';
import type { SignOnPorts } from './ports.ts';

/** What sign-on and provisioning need, on top of accounts. */
export function openSignOn(
  accounts: AccountsPorts,
  options: { readonly allowPrivate: boolean; readonly sealer: Sealer },
): SignOnPorts {
  const { db, clock, emit, origin } = accounts;
  const { sealer, allowPrivate } = options;
  const outgoing = createOutgoing({ allowPrivate });
  const withPolicy = (policy: Policy | undefined): AccountsPorts =>
    policy === undefined
      ? accounts
      : { ...accounts, factors: { ...accounts.factors, policy: () => factorPolicyOf(policy) } };
  return {
    db,
    clock,
    emit,
    accounts,
    sealer,
    outgoing,
    origin,
    isSsoOnly: () => accounts.policy.current().signOn === 'sso-only',
    comingSsoOnly: new Set(),
    hasSecondFactor: async (id, inside, under) =>
      (await heldFactors({ ...withPolicy(under), db: inside }, id)).askable.length > 0,
    hasPasskey: async (id, inside, under) =>
      offeredKinds(withPolicy(under)).includes('passkey') &&
      (await listFactorKinds(inside, id)).includes('passkey'),
    oidc: new OidcClients(outgoing, sealer, clock),
    beginAttempts: new AttemptLimiter(SIGN_ON_BEGINS),
    logoutAttempts: new AttemptLimiter(LOGOUT_ATTEMPTS),
    scimAttempts: new AttemptLimiter(SCIM_ATTEMPTS),
  };
}
