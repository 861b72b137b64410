import type { OwnFactorKind } from '@conclave/protocol';
import type { AccountRow } from '../../storage/repositories/accounts.ts';
import type { OutgoingMail } from '../mail/MailPort.ts';
import { instant, letter } from '../mail/messages.ts';
import { factorMailTexts as texts } from './mailTexts.ts';
import type { Purpose } from './purposes.ts';

type Person = Pick<AccountRow, 'email' | 'name'>;

/** The code is not in the subject, which screens show when they are locked. */
export function codeMail(person: Person, code: string, why: Purpose['kind'], origin: string): OutgoingMail {
  return letter('factor-code', person, texts.code.subject, true, origin, [
    texts.code.why[why],
    `    ${code}`,
    texts.code.until,
    ...(why === 'second-step' ? [texts.code.notSigningIn] : []),
  ]);
}

export function factorsGuessedMail(person: Person, origin: string): OutgoingMail {
  const { subject, what, next } = texts.guessed;
  return letter('factors-guessed', person, subject, false, origin, [what, next, `${origin}/account/profile`]);
}

export function factorAddedMail(person: Person, kind: OwnFactorKind, at: Date, origin: string): OutgoingMail {
  const what = texts.added.what({ kind: texts.kinds[kind], when: instant(at) });
  return letter('factor-added', person, texts.added.subject, false, origin, [what, ...notYou(origin)]);
}

export function factorRemovedMail(
  person: Person,
  kind: OwnFactorKind,
  at: Date,
  origin: string,
): OutgoingMail {
  const what = texts.removed.what({ kind: texts.kinds[kind], when: instant(at) });
  return letter('factor-removed', person, texts.removed.subject, false, origin, [what, ...notYou(origin)]);
}

export function factorsResetMail(person: Person, at: Date, origin: string): OutgoingMail {
  const what = texts.reset.what({ when: instant(at) });
  return letter('factors-reset', person, texts.reset.subject, false, origin, [what, texts.reset.notAsked]);
}

export function recoveryCodeUsedMail(person: Person, left: number, at: Date, origin: string): OutgoingMail {
  return letter('recovery-code-used', person, texts.recovery.subject, false, origin, [
    texts.recovery.what({ when: instant(at), left }),
    ...(left < 3 ? [texts.recovery.few, securityPage(origin)] : []),
    ...notYou(origin),
  ]);
}

function notYou(origin: string): string[] {
  return [texts.notYou, securityPage(origin)];
}

function securityPage(origin: string): string {
  return `${origin}/account/security`;
}
