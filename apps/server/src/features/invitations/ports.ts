import type { AttemptLimiter } from '../../security/attempts.ts';
import type { MailPort } from '../mail/MailPort.ts';
import type { MeetingsPorts } from '../meetings/ports.ts';
import type { InvitationSecrets } from './InvitationSecrets.ts';

/** What the operations on invitations are given. */
export interface InvitationsPorts extends MeetingsPorts {
  readonly mail: MailPort;
  /** Where people reach the service: links begin with it. */
  readonly origin: () => string;
  readonly secrets: InvitationSecrets;
  readonly made: AttemptLimiter<'account'>;
  readonly mails: AttemptLimiter<'account' | 'day' | 'recipient' | 'service'>;
  readonly opened: AttemptLimiter<'address'>;
}
