import { createOutgoing } from '../../net/outgoing.ts';
import { SCIM_ATTEMPTS, SIGN_ON_BEGINS } from '../../policy/attempts.ts';
import { AttemptLimiter } from '../../security/attempts.ts';
import type { Sealer } from '../../security/sealed.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import { heldFactors } from '../factors/heldFactors.ts';
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
  return {
    db,
    clock,
    emit,
    accounts,
    sealer,
    outgoing,
    origin,
    isSsoOnly: () => accounts.policy.current().signOn === 'sso-only',
    hasSecondFactor: async (id, inside) =>
      (await heldFactors({ ...accounts, db: inside }, id)).askable.length > 0,
    oidc: new OidcClients(outgoing, sealer, clock),
    beginAttempts: new AttemptLimiter(SIGN_ON_BEGINS),
    scimAttempts: new AttemptLimiter(SCIM_ATTEMPTS),
  };
}
