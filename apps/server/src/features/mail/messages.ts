import type { AccountRow } from '../../storage/repositories/accounts.ts';
import type { Device } from '../accounts/describeDevice.ts';
import { instantIn, letter, type Reader, type Sender, textsFor } from './letter.ts';
import type { OutgoingMail } from './MailPort.ts';

/** A link by which somebody who is invited makes the account theirs. `byPassword`: false where passwords are off. */
export function invitationMail(
  reader: Reader,
  inviter: string,
  link: string,
  byPassword: boolean,
  sender: Sender,
): OutgoingMail {
  const texts = textsFor(reader, sender).invitation;
  return letter('invitation', reader, texts.subject({ inviter }), true, sender, [
    texts.why({ inviter, service: new URL(sender.origin).host }),
    byPassword ? texts.open : texts.openSignOn,
    link,
    texts.until,
  ]);
}

export function resetMail(reader: Reader, link: string, sender: Sender): OutgoingMail {
  const texts = textsFor(reader, sender).reset;
  return letter('reset', reader, texts.subject, true, sender, [texts.why, link, texts.until, texts.notYou]);
}

export function passwordChangedMail(reader: Reader, at: Date, sender: Sender): OutgoingMail {
  const texts = textsFor(reader, sender);
  const { subject, what, notYou } = texts.passwordChanged;
  return letter('password-changed', reader, subject, false, sender, [
    what({ when: instantIn(texts, at) }),
    notYou,
    `${sender.origin}/forgot-password`,
  ]);
}

export function passwordRemovedMail(reader: Reader, at: Date, sender: Sender): OutgoingMail {
  const texts = textsFor(reader, sender);
  const { subject, what, notYou } = texts.passwordRemoved;
  return letter('password-removed', reader, subject, false, sender, [
    what({ when: instantIn(texts, at) }),
    notYou,
    `${sender.origin}/forgot-password`,
  ]);
}

export function newDeviceMail(reader: Reader, browser: Device, at: Date, sender: Sender): OutgoingMail {
  const texts = textsFor(reader, sender);
  const { subject, what, notYou } = texts.newDevice;
  const device = texts.device(browser);
  return letter('new-device', reader, subject({ device }), false, sender, [
    what({ device, when: instantIn(texts, at) }),
    notYou,
    `${sender.origin}/account/devices`,
  ]);
}

export function identityLinkedMail(reader: Reader, provider: string, at: Date, sender: Sender): OutgoingMail {
  const texts = textsFor(reader, sender);
  const { subject, what, notYou } = texts.identityLinked;
  return letter('identity-linked', reader, subject({ provider }), false, sender, [
    what({ provider, when: instantIn(texts, at) }),
    notYou,
    `${sender.origin}/account/linked`,
  ]);
}

/** To the address that is theirs no more. @param former the account as it was */
export function addressChangedMail(
  former: Reader & Pick<AccountRow, 'id'>,
  at: Date,
  sender: Sender,
): OutgoingMail {
  const texts = textsFor(former, sender);
  const { subject, what, notYou } = texts.addressChanged;
  const mail = letter('address-changed', former, subject, false, sender, [
    what({ when: instantIn(texts, at) }),
    notYou,
  ]);
  return { ...mail, formerlyOf: former.id };
}

export function attackMail(
  reader: Reader,
  what: { readonly account: string | null; readonly attempts: number },
  sender: Sender,
): OutgoingMail {
  const texts = textsFor(reader, sender).attack;
  return letter('attack', reader, texts.subject, false, sender, [
    what.account === null ? texts.many(what) : texts.one({ account: what.account, attempts: what.attempts }),
    texts.done,
  ]);
}
