import { type AccountId, MAIL_LANGUAGES, type MailLanguage } from '@conclave/protocol';
import { describe, expect, test } from 'vitest';
import {
  codeMail,
  factorAddedMail,
  factorRemovedMail,
  factorsGuessedMail,
  factorsResetMail,
  recoveryCodeUsedMail,
} from '../factors/mails.ts';
import { missedCallMail } from './callMails.ts';
import type { Reader, Sender } from './letter.ts';
import type { OutgoingMail } from './MailPort.ts';
import { cancelledMail, meetingInvitationMail } from './meetingMails.ts';
import {
  addressChangedMail,
  attackMail,
  identityLinkedMail,
  invitationMail,
  newDeviceMail,
  passwordChangedMail,
  passwordRemovedMail,
  resetMail,
} from './messages.ts';

const origin = 'https://meet.example.org';
const link = `${origin}/m/x#secret`;
const at = new Date('2026-03-05T18:30:00Z');
/** How each language writes that day and time. */
const instants: Readonly<Record<MailLanguage, string>> = {
  en: '5 March 2026 at 18:30 (UTC)',
  de: '5. März 2026 um 18:30 Uhr (UTC)',
  fr: '5 mars 2026 à 18:30 (UTC)',
  es: '5 de marzo de 2026 a las 18:30 (UTC)',
};
const greetings: Readonly<Record<MailLanguage, string>> = {
  en: 'Hello Ann,',
  de: 'Guten Tag Ann,',
  fr: 'Bonjour Ann,',
  es: 'Hola, Ann:',
};
const about = {
  organizer: { name: 'Ida', email: 'ida@example.org' },
  title: 'Plans',
  schedule: { start: '2026-03-05T09:00', zone: 'Europe/Paris', minutes: 30, recurrence: null },
  calendar: 'BEGIN:VCALENDAR',
};

type Write = (reader: Reader, sender: Sender) => OutgoingMail;
/** Every mail that there is, and what of the given must be in it. `at`: the instant, as the language writes it. */
const mails: Readonly<Record<string, readonly [Write, ...string[]]>> = {
  invitation: [(to, by) => invitationMail(to, 'Ida', link, true, by), 'Ida', link, 'meet.example.org'],
  'invitation where passwords are off': [
    (to, by) => invitationMail(to, 'Ida', link, false, by),
    'Ida',
    link,
    'meet.example.org',
  ],
  reset: [(to, by) => resetMail(to, link, by), link],
  'password-changed': [(to, by) => passwordChangedMail(to, at, by), 'at', `${origin}/forgot-password`],
  'password-removed': [(to, by) => passwordRemovedMail(to, at, by), 'at', `${origin}/forgot-password`],
  'new-device': [
    (to, by) => newDeviceMail(to, { browser: 'Firefox', system: 'Linux' }, at, by),
    'at',
    'Firefox',
    'Linux',
    `${origin}/account/devices`,
  ],
  'identity-linked': [
    (to, by) => identityLinkedMail(to, 'Their ID', at, by),
    'at',
    'Their ID',
    `${origin}/account/linked`,
  ],
  'address-changed': [(to, by) => addressChangedMail({ ...to, id: 'id' as AccountId }, at, by), 'at'],
  attack: [
    (to, by) => attackMail(to, { account: 'eve@example.org', attempts: 50 }, by),
    'eve@example.org',
    '50',
  ],
  'attack on many': [(to, by) => attackMail(to, { account: null, attempts: 50 }, by), '50'],
  'missed-call': [(to, by) => missedCallMail(to, 'Ida', at, by), 'at', 'Ida', `${origin}/people/missed`],
  'meeting-invitation': [
    (to, sender) => meetingInvitationMail(to, { ...about, sender, link, isUpdate: false }),
    'Ida (ida@example.org)',
    'Plans',
    '2026, ',
    '(Europe/Paris)',
    link,
  ],
  'meeting-invitation, once more': [
    (to, sender) => meetingInvitationMail(to, { ...about, sender, link, isUpdate: true }),
    link,
  ],
  'meeting-invitation without a title or a time': [
    (to, sender) =>
      meetingInvitationMail(to, { ...about, title: null, schedule: null, sender, link, isUpdate: true }),
    link,
  ],
  'meeting-cancelled': [(to, sender) => cancelledMail(to, { ...about, sender }), 'Ida', 'Plans'],
  'factor-code': [(to, by) => codeMail(to, '1234 5678', 'second-step', by), '    1234 5678'],
  'factor-code, to confirm': [(to, by) => codeMail(to, '1234 5678', 'confirm', by), '    1234 5678'],
  'factor-code, to set up': [(to, by) => codeMail(to, '1234 5678', 'set-up', by), '    1234 5678'],
  'factors-guessed': [(to, by) => factorsGuessedMail(to, by), `${origin}/account/profile`],
  'factor-added': [(to, by) => factorAddedMail(to, 'totp', at, by), 'at', `${origin}/account/security`],
  'factor-removed': [(to, by) => factorRemovedMail(to, 'sms', at, by), 'at', `${origin}/account/security`],
  'factors-reset': [(to, by) => factorsResetMail(to, true, at, by), 'at'],
  'factors-reset, without a password': [
    (to, by) => factorsResetMail(to, false, at, by),
    'at',
    `${origin}/forgot-password`,
  ],
  'recovery-code-used': [
    (to, by) => recoveryCodeUsedMail(to, 2, at, by),
    'at',
    ' 2',
    `${origin}/account/security`,
  ],
};

const sender = (language: MailLanguage): Sender => ({ origin, language });
const ann = (mail_language: MailLanguage | null): Reader => ({
  name: 'Ann',
  email: 'ann@example.org',
  mail_language,
});

describe.each(MAIL_LANGUAGES)('in %s', (language) => {
  test.each(Object.keys(mails))('%s', (kind) => {
    const [write, ...facts] = mails[kind] ?? [];
    const mail = write?.(ann(language), sender('en'));
    const text = mail?.text ?? '';
    expect(text).toContain(`${greetings[language]}\n\n`);
    expect(text.endsWith(`\n\n-- \nConclave, ${origin}`)).toBe(true);
    for (const fact of facts) expect(text).toContain(fact === 'at' ? instants[language] : fact);
    expect(`${mail?.subject}${text}`).not.toMatch(/undefined|null|NaN|\[object|\$\{|‹/);
    expect(mail?.extra?.language).toBe(language);
  });
});

test.each(Object.keys(mails))('%s: whoever has chosen no language has that of the organisation', (kind) => {
  const [write] = mails[kind] ?? [];
  expect(write?.(ann(null), sender('fr'))).toEqual({ ...write?.(ann('fr'), sender('en')) });
});

test.each([
  ['en', '1 is left', '2 are left', '0 are left'],
  ['de', 'Es bleibt 1', 'Es bleiben 2', 'Es bleiben 0'],
  ['fr', 'Il vous en reste 1', 'Il vous en reste 2', 'Il vous en reste 0'],
  ['es', 'Queda 1', 'Quedan 2', 'Quedan 0'],
] as const)('what is counted has its own form in %s', (language, one, two, none) => {
  const text = (left: number) => recoveryCodeUsedMail(ann(language), left, at, sender('en')).text;
  expect(text(1)).toContain(`${one}.`);
  expect(text(2)).toContain(`${two}.`);
  expect(text(0)).toContain(`${none}.`);
});

// Schemas let none of these in. A subject holds whatever comes all the same.
const hostile = 'Ida\r\nBcc: eve@example.org\u2028\u0085\u0000x';
describe.each(MAIL_LANGUAGES)('in %s no subject has a line of its own', (language) => {
  test.each([
    ['an inviter', (by: Sender) => invitationMail(ann(language), hostile, link, true, by)],
    ['a device', (by: Sender) => newDeviceMail(ann(language), { browser: hostile, system: hostile }, at, by)],
    ['a provider', (by: Sender) => identityLinkedMail(ann(language), hostile, at, by)],
    [
      'an organizer',
      (by: Sender) =>
        meetingInvitationMail(ann(language), {
          ...about,
          organizer: { name: hostile, email: 'ida@example.org' },
          title: null,
          sender: by,
          link,
          isUpdate: false,
        }),
    ],
    ['a title', (by: Sender) => cancelledMail(ann(language), { ...about, title: hostile, sender: by })],
  ])('for the name of %s', (_, write) => {
    const { subject } = write(sender('en'));
    expect(subject).toContain('Bcc: eve@example.org');
    expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
  });
});
