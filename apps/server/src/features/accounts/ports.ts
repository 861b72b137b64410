import type { AccountId, SessionEndReason, SessionId } from '@conclave/protocol';
import type { Clock } from '../../clock.ts';
import type { Notifier } from '../../notifier.ts';
import type { Emit } from '../../observability/events.ts';
import type { AttemptLimiter } from '../../security/attempts.ts';
import type { KnownPlaces } from '../../security/KnownPlaces.ts';
import type { PasswordHasher } from '../../security/passwordHash.ts';
import type { AccountRow } from '../../storage/repositories/accounts.ts';
import type { SessionTie } from '../../storage/repositories/signOn/sessions.ts';
import type { SettingsStore } from '../../storage/SettingsStore.ts';
import type { Db } from '../../storage/tables.ts';
import type { FactorTools } from '../factors/FactorTools.ts';
import type { MailPort } from '../mail/MailPort.ts';
import type { PolicyChange, PolicyPort } from '../policy/ports.ts';

/** What attempts to sign in are counted by (`policy/attempts.ts`). */
export type SignInCounter = 'address' | 'account' | 'day' | 'service';

/** A session that is over, and by what. */
export interface SessionEnd {
  readonly accountId: AccountId;
  readonly sessionId: SessionId;
  readonly by: SessionEndReason;
}

/** What the operations on accounts and sessions are given. */
export interface AccountsPorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly mail: MailPort;
  readonly settings: SettingsStore;
  /** Where people reach the service: links in mails begin with it. */
  readonly origin: () => string;
  readonly policy: PolicyPort;
  /** False where people come in through a provider alone, and this person or browser is none of the exceptions. */
  readonly mayEnterByOneself: (account: AccountRow, cookieHeader: string | undefined) => Promise<boolean>;
  /** What the session of a sign-on that waits for a second factor will belong to; null when its provider no longer lets anybody in. */
  readonly takeTie: (challenge: string) => Promise<SessionTie | null>;
  /**
   * To be held while a policy comes that lets people in through a provider alone.
   * @throws ConclaveError sign_on.not_ready, while that would lock everybody out
   */
  readonly beginSsoOnly: (change: Pick<PolicyChange, 'policy' | 'before'>) => Promise<Disposable>;
  /**
   * Does in a transaction what could take away the last way in of the owners.
   * @throws ConclaveError sign_on.not_ready, when passwords are off and nobody could get in without the provider any more
   */
  readonly keepWaysIn: <T>(transaction: Db, change: () => Promise<T>) => Promise<T>;
  /** Whether somebody gets in by a passkey or through a provider, as the policy stands. */
  readonly entersWithoutPassword: (account: AccountRow, db: Db) => Promise<boolean>;
  readonly passwords: PasswordHasher;
  readonly sessionEnded: Notifier<SessionEnd>;
  readonly signInAttempts: AttemptLimiter<SignInCounter>;
  readonly knownPlaces: KnownPlaces;
  readonly factors: FactorTools;
  /** Of links with a token: those that make the owner, and those that are sent by mail. */
  readonly linkAttempts: AttemptLimiter<'address'>;
  readonly resetRequests: AttemptLimiter<'address' | 'account'>;
}
