import type { OwnFactorKind } from '@conclave/protocol';
import type { AccountRow } from '../../storage/repositories/accounts.ts';
import type { Purpose } from './purposes.ts';

/** A message about second factors, for `ports.mail`. */
export interface FactorMail {
  readonly to: string;
  readonly kind: string;
  readonly subject: string;
  readonly text: string;
}

const NAMES: Readonly<Record<OwnFactorKind, string>> = {
  totp: 'an authenticator app',
  email: 'codes by email',
  sms: 'codes by text message',
  passkey: 'a passkey',
};

const WHY: Readonly<Record<Purpose['kind'], string>> = {
  'second-step': 'to finish signing in',
  confirm: 'to confirm that it is you',
  'set-up': 'to set up codes by email',
};

/** The code is not in the subject: that is what screens show when they are locked. */
export function codeMail(to: string, code: string, why: Purpose['kind']): FactorMail {
  return {
    to,
    kind: 'factor.code',
    subject: 'Your Conclave code',
    text: [
      `Enter this code ${WHY[why]}:`,
      '',
      `    ${code.slice(0, 4)} ${code.slice(4)}`,
      '',
      'It is good for 10 minutes. Tell it to nobody: nobody who works for this service will ask you for it.',
      ...(why === 'second-step'
        ? ['', 'If you are not signing in now, somebody knows your password. Change it.']
        : []),
    ].join('\n'),
  };
}

export function factorAddedMail({ email, name }: AccountRow, kind: OwnFactorKind, at: Date): FactorMail {
  return {
    to: email,
    kind: 'factor.added',
    subject: 'A second factor was added to your account',
    text: [
      `Hello ${name},`,
      '',
      `${capital(NAMES[kind])} can now be used to sign in to your account (set up ${spoken(at)}).`,
      '',
      warning,
    ].join('\n'),
  };
}

export function factorRemovedMail({ email, name }: AccountRow, kind: OwnFactorKind, at: Date): FactorMail {
  return {
    to: email,
    kind: 'factor.removed',
    subject: 'A second factor was removed from your account',
    text: [
      `Hello ${name},`,
      '',
      `${capital(NAMES[kind])} can no longer be used to sign in to your account (removed ${spoken(at)}).`,
      '',
      warning,
    ].join('\n'),
  };
}

export function factorsResetMail({ email, name }: AccountRow, at: Date): FactorMail {
  return {
    to: email,
    kind: 'factor.reset',
    subject: 'Your second factors were reset',
    text: [
      `Hello ${name},`,
      '',
      `An administrator removed all second factors and recovery codes of your account (${spoken(at)}), and signed you out`,
      'everywhere. Sign in with your password and set up a new one.',
      '',
      'If you did not ask for that, tell your administrator at once.',
    ].join('\n'),
  };
}

export function recoveryCodeUsedMail({ email, name }: AccountRow, left: number, at: Date): FactorMail {
  return {
    to: email,
    kind: 'factor.recovery_used',
    subject: 'A recovery code was used',
    text: [
      `Hello ${name},`,
      '',
      `One of your recovery codes was used to sign in (${spoken(at)}). ${left === 1 ? '1 is' : `${left} are`} left.`,
      ...(left < 3 ? ['Make new ones under “Sign-in security” in your account.'] : []),
      '',
      warning,
    ].join('\n'),
  };
}

const warning =
  'If that was not you: change your password, look through your second factors and devices, and tell your administrator.';

function spoken(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' at ')} UTC`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
