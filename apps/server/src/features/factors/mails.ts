import type { OwnFactorKind } from '@conclave/protocol';
import { instantIn, letter, type Reader, type Sender, textsFor } from '../mail/letter.ts';
import type { OutgoingMail } from '../mail/MailPort.ts';
import type { MailTexts } from '../mail/texts.ts';
import type { Purpose } from './purposes.ts';

/** The code is not in the subject, which screens show when they are locked. */
export function codeMail(reader: Reader, code: string, why: Purpose['kind'], sender: Sender): OutgoingMail {
  const texts = textsFor(reader, sender).factors.code;
  return letter('factor-code', reader, texts.subject, true, sender, [
    texts.why[why],
    `    ${code}`,
    texts.until,
    ...(why === 'second-step' ? [texts.notSigningIn] : []),
  ]);
}

export function factorsGuessedMail(reader: Reader, sender: Sender): OutgoingMail {
  const { subject, what, next } = textsFor(reader, sender).factors.guessed;
  const page = `${sender.origin}/account/profile`;
  return letter('factors-guessed', reader, subject, false, sender, [what, next, page]);
}

export function factorAddedMail(reader: Reader, kind: OwnFactorKind, at: Date, sender: Sender): OutgoingMail {
  const texts = textsFor(reader, sender);
  const { kinds, added } = texts.factors;
  const what = added.what({ kind: kinds[kind], when: instantIn(texts, at) });
  return letter('factor-added', reader, added.subject, false, sender, [what, ...notYou(texts, sender)]);
}

export function factorRemovedMail(
  reader: Reader,
  kind: OwnFactorKind,
  at: Date,
  sender: Sender,
): OutgoingMail {
  const texts = textsFor(reader, sender);
  const { kinds, removed } = texts.factors;
  const what = removed.what({ kind: kinds[kind], when: instantIn(texts, at) });
  return letter('factor-removed', reader, removed.subject, false, sender, [what, ...notYou(texts, sender)]);
}

/** @param hasPassword whoever has none has nothing to sign in with, when it was a passkey that they lost */
export function factorsResetMail(
  reader: Reader,
  hasPassword: boolean,
  at: Date,
  sender: Sender,
): OutgoingMail {
  const texts = textsFor(reader, sender);
  const { subject, what, byPassword, withoutPassword, notAsked } = texts.factors.reset;
  return letter('factors-reset', reader, subject, false, sender, [
    what({ when: instantIn(texts, at) }),
    ...(hasPassword ? [byPassword] : [withoutPassword, `${sender.origin}/forgot-password`]),
    notAsked,
  ]);
}

export function recoveryCodeUsedMail(reader: Reader, left: number, at: Date, sender: Sender): OutgoingMail {
  const texts = textsFor(reader, sender);
  const { subject, what, few } = texts.factors.recovery;
  return letter('recovery-code-used', reader, subject, false, sender, [
    what({ when: instantIn(texts, at), left }),
    ...(left < 3 ? [few, securityPage(sender)] : []),
    ...notYou(texts, sender),
  ]);
}

function notYou(texts: MailTexts, sender: Sender): string[] {
  return [texts.factors.notYou, securityPage(sender)];
}

function securityPage({ origin }: Sender): string {
  return `${origin}/account/security`;
}
