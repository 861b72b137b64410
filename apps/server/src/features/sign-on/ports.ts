import type { AccountId, Policy } from '@conclave/protocol';
import type { Clock } from '../../clock.ts';
import type { Outgoing } from '../../net/outgoing.ts';
import type { Emit } from '../../observability/events.ts';
import type { AttemptLimiter } from '../../security/attempts.ts';
import type { Sealer } from '../../security/sealed.ts';
import type { Db } from '../../storage/tables.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import type { OidcClients } from './oidc/OidcClients.ts';

/** What the operations of sign-on and provisioning are given. */
export interface SignOnPorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly accounts: AccountsPorts;
  readonly sealer: Sealer;
  readonly outgoing: Outgoing;
  readonly oidc: OidcClients;
  /** Whether passwords are switched off (the organisation's policy). */
  readonly isSsoOnly: () => boolean;
  /** The policies that are about to hold, and let people in through a provider alone. */
  readonly comingSsoOnly: Set<Policy>;
  /** @param under as it is now, unless another policy is given */
  readonly hasSecondFactor: (accountId: AccountId, db: Db, under?: Policy) => Promise<boolean>;
  /** Whether somebody could sign in with a passkey alone. @param under as above */
  readonly hasPasskey: (accountId: AccountId, db: Db, under?: Policy) => Promise<boolean>;
  /** Where people reach the service. */
  readonly origin: () => string;
  /** Sign-ons that are begun and not finished. */
  readonly beginAttempts: AttemptLimiter<'address'>;
  /** Logouts that no provider has sent. */
  readonly logoutAttempts: AttemptLimiter<'address'>;
  /** Wrong tokens of SCIM. */
  readonly scimAttempts: AttemptLimiter<'address'>;
}
