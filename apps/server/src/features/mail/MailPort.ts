import { type AccountId, MailLanguage } from '@conclave/protocol';
import * as z from 'zod/mini';

/** What a mail may carry besides its text. */
export const MailExtra = z.strictObject({
  /** What it is written in. */
  language: z.optional(MailLanguage),
  /** Who answers go to: the person on whose behalf it is sent. */
  replyTo: z.optional(z.strictObject({ name: z.string(), address: z.string() })),
  /** An entry for calendars (RFC 6047). */
  calendar: z.optional(z.strictObject({ method: z.enum(['REQUEST', 'CANCEL']), content: z.string() })),
});
export type MailExtra = z.infer<typeof MailExtra>;

/** A message to one person, plain text. */
export interface OutgoingMail {
  /** For lists and statistics: `invitation`, `reset`, `new-device`, … */
  readonly kind: string;
  readonly to: string;
  /** Whose address that was, where it is not theirs any more. */
  readonly formerlyOf?: AccountId;
  readonly subject: string;
  readonly text: string;
  /** It holds a link or a code that lets somebody in: the text is kept no longer than it takes to send it. */
  readonly secret: boolean;
  readonly extra?: MailExtra;
}

export interface MailPort {
  /** The server that mails go to; null where there is none and they are kept for an administrator to see. */
  readonly server: string | null;
  /** What is written to those who have chosen nothing else. */
  readonly language: MailLanguage;
  /** Stored when this resolves, and sent as soon as the mail server takes it. */
  send(mail: OutgoingMail): Promise<void>;
}
