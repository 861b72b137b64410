import type { AccountId, SessionId } from '@conclave/protocol';
import type { Clock } from '../../clock.ts';
import type { Notifier } from '../../notifier.ts';
import type { Emit } from '../../observability/events.ts';
import type { AttemptLimiter } from '../../security/attempts.ts';
import type { KnownPlaces } from '../../security/KnownPlaces.ts';
import type { PasswordHasher } from '../../security/passwordHash.ts';
import type { Db } from '../../storage/tables.ts';

/** A session that is over, and by what. */
export interface SessionEnd {
  readonly accountId: AccountId;
  readonly sessionId: SessionId;
  readonly by: 'sign-out' | 'revoked' | 'expired';
}

/** What the operations on accounts and sessions are given. */
export interface AccountsPorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly passwords: PasswordHasher;
  readonly sessionEnded: Notifier<SessionEnd>;
  readonly signInAttempts: AttemptLimiter<'address' | 'account'>;
  readonly knownPlaces: KnownPlaces;
  readonly ownerLinkAttempts: AttemptLimiter<'address'>;
}
