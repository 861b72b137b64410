import type { MailLanguage } from '@conclave/protocol';
import type { AccountRow } from '../../storage/repositories/accounts.ts';
import type { MailPort, OutgoingMail } from './MailPort.ts';
import { MAIL_TEXTS } from './mailTexts.ts';
import type { MailTexts } from './texts.ts';

/** Whom a mail goes to. */
export type Reader = Pick<AccountRow, 'email' | 'name' | 'mail_language'>;

/** Where a mail is from, and what it is written in to those who have chosen nothing. */
export interface Sender {
  readonly origin: string;
  readonly language: MailLanguage;
}

export function senderOf(ports: { readonly origin: () => string; readonly mail: MailPort }): Sender {
  return { origin: ports.origin(), language: ports.mail.language };
}

export function textsFor(reader: Pick<Reader, 'mail_language'>, sender: Sender): MailTexts {
  return MAIL_TEXTS[languageFor(reader, sender)];
}

function languageFor({ mail_language }: Pick<Reader, 'mail_language'>, { language }: Sender): MailLanguage {
  return mail_language ?? language;
}

/** Greeting, paragraphs, and from where it comes, in the reader's language. */
export function letter(
  kind: string,
  reader: Reader,
  subject: string,
  secret: boolean,
  sender: Sender,
  paragraphs: readonly string[],
): OutgoingMail {
  const { email, name } = reader;
  const texts = textsFor(reader, sender);
  const text = [
    texts.greeting({ name }),
    ...paragraphs,
    `-- \n${texts.from({ origin: sender.origin })}`,
  ].join('\n\n');
  const extra = { language: languageFor(reader, sender) };
  return { kind, to: email, subject: oneLine(subject), text, secret, extra };
}

/** A name is one line by its schema; what goes into a header is made sure of here once more (RFC 5322 section 2.2). */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 200);
}

/** "26 November 2026 at 18:30 (UTC)" */
export function instantIn({ locale, instant }: MailTexts, at: Date): string {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(at);
  return instant({ day, time: at.toISOString().slice(11, 16) });
}
