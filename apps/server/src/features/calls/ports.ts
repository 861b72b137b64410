import type { CallId } from '@conclave/protocol';
import type { Background } from '../../background.ts';
import type { Clock } from '../../clock.ts';
import type { Emit } from '../../observability/events.ts';
import type { AttemptLimiter } from '../../security/attempts.ts';
import type { Db } from '../../storage/tables.ts';
import type { InvitationSecrets } from '../invitations/InvitationSecrets.ts';
import type { MailPort } from '../mail/MailPort.ts';
import type { PolicyPort } from '../policy/ports.ts';
import type { CallChannels } from './CallChannels.ts';
import type { CallDesk } from './CallDesk.ts';
import type { ContactSecrets } from './ContactSecrets.ts';

/** What the operations on calls and contacts are given. */
export interface CallsPorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly policy: PolicyPort;
  readonly mail: MailPort;
  readonly origin: () => string;
  readonly background: Background;
  readonly onFault: (fault: unknown) => void;
  readonly desk: CallDesk;
  readonly channels: CallChannels;
  /** Callers from outside who wait for an answer, by call: how many of their requests are open. */
  readonly waiting: Map<CallId, number>;
  readonly secrets: ContactSecrets;
  readonly invitationSecrets: InvitationSecrets;
  readonly rings: AttemptLimiter<'caller' | 'pair'>;
  readonly searches: AttemptLimiter<'account' | 'day'>;
  readonly added: AttemptLimiter<'account'>;
  readonly opened: AttemptLimiter<'address'>;
  readonly missedMails: AttemptLimiter<'recipient'>;
}
