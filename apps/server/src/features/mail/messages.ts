import type { AccountRow } from '../../storage/repositories/accounts.ts';
import type { OutgoingMail } from './MailPort.ts';
import { mailTexts } from './texts.ts';

type Person = Pick<AccountRow, 'email' | 'name'>;

/** A link by which somebody who is invited makes the account theirs. */
export function invitationMail(person: Person, inviter: string, link: string, origin: string): OutgoingMail {
  const texts = mailTexts.invitation;
  return letter('invitation', person, texts.subject({ inviter }), true, origin, [
    texts.why({ inviter, service: hostOf(origin) }),
    texts.open,
    link,
    texts.until,
  ]);
}

export function resetMail(person: Person, link: string, origin: string): OutgoingMail {
  const texts = mailTexts.reset;
  return letter('reset', person, texts.subject, true, origin, [texts.why, link, texts.until, texts.notYou]);
}

export function passwordChangedMail(person: Person, at: Date, origin: string): OutgoingMail {
  const texts = mailTexts.passwordChanged;
  return letter('password-changed', person, texts.subject, false, origin, [
    texts.what({ when: instant(at) }),
    texts.notYou,
    `${origin}/forgot-password`,
  ]);
}

export function newDeviceMail(person: Person, device: string, at: Date, origin: string): OutgoingMail {
  const texts = mailTexts.newDevice;
  return letter('new-device', person, texts.subject({ device }), false, origin, [
    texts.what({ device, when: instant(at) }),
    texts.notYou,
    `${origin}/account/devices`,
  ]);
}

export function identityLinkedMail(person: Person, provider: string, at: Date, origin: string): OutgoingMail {
  const texts = mailTexts.identityLinked;
  return letter('identity-linked', person, texts.subject({ provider }), false, origin, [
    texts.what({ provider, when: instant(at) }),
    texts.notYou,
    `${origin}/account/linked`,
  ]);
}

export function attackMail(
  to: Person,
  what: { readonly account: string | null; readonly attempts: number },
  origin: string,
): OutgoingMail {
  const texts = mailTexts.attack;
  return letter('attack', to, texts.subject, false, origin, [
    what.account === null ? texts.many(what) : texts.one({ account: what.account, attempts: what.attempts }),
    texts.done,
  ]);
}

/** Greeting, paragraphs, and from where it comes. */
export function letter(
  kind: string,
  { email, name }: Person,
  subject: string,
  secret: boolean,
  origin: string,
  paragraphs: readonly string[],
): OutgoingMail {
  const text = [mailTexts.greeting({ name }), ...paragraphs, `-- \n${mailTexts.from({ origin })}`].join(
    '\n\n',
  );
  return { kind, to: email, subject: oneLine(subject), text, secret };
}

/** A name is one line by its schema; what goes into a header is made sure of here once more (RFC 5322 section 2.2). */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 200);
}

function hostOf(origin: string): string {
  return new URL(origin).host;
}

/** "2026-11-26 18:30 UTC" */
export function instant(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
