import type { FactorPolicy } from '../../policy/secondFactors.ts';
import type { AttemptLimiter } from '../../security/attempts.ts';
import type { FactorKeys } from '../../security/factorKeys.ts';
import type { SmsPort } from '../../sms/SmsPort.ts';
import type { SignInCounter } from '../accounts/ports.ts';
import type { RelyingParty } from './passkeys/relyingParty.ts';

/** What the second factors need besides accounts and sessions. */
export interface FactorTools {
  readonly keys: FactorKeys;
  /** As it is now. */
  policy(): FactorPolicy;
  /** Null where no gateway is set up. */
  readonly sms: SmsPort | null;
  /** Null where browsers make no passkeys: the service is reached by an address, not by a name. */
  relyingParty(): RelyingParty | null;
  /** Wrong codes. */
  readonly attempts: AttemptLimiter<SignInCounter>;
  /** Codes that are sent: each is somebody's mail or money. */
  readonly sends: AttemptLimiter<'address' | 'account' | 'service'>;
}
