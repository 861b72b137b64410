import type { MailLanguage, Recurrence, Schedule } from '@conclave/protocol';
import { expect, test } from 'vitest';
import { MAIL_TEXTS } from './mailTexts.ts';
import { whenInWords } from './whenInWords.ts';

const say = (language: MailLanguage, change: Partial<Schedule>) =>
  whenInWords(
    { start: '2026-11-30T09:00', zone: 'Europe/Stockholm', minutes: 60, recurrence: null, ...change },
    MAIL_TEXTS[language],
  );

test.each([
  ['en', 'Monday, 30 November 2026, 09:00 to 10:00 (Europe/Stockholm)'],
  ['de', 'Montag, 30. November 2026, 09:00 bis 10:00 Uhr (Europe/Stockholm)'],
  ['fr', 'lundi 30 novembre 2026, de 09:00 à 10:00 (Europe/Stockholm)'],
  ['es', 'lunes, 30 de noviembre de 2026, de 09:00 a 10:00 (Europe/Stockholm)'],
] as const)('once, in %s', (language, words) => {
  // English of Great Britain comes with and without a comma after the weekday, as ICU goes.
  expect(say(language, {}).replace('Monday 30', 'Monday, 30')).toBe(words);
});

test.each([
  ['en', /23:30 to Tuesday,? 1 December 2026, 00:30/],
  ['de', /^Montag, 30\. November 2026, 23:30 Uhr, bis Dienstag, 1\. Dezember 2026, 00:30 Uhr/],
  ['fr', /^du lundi 30 novembre 2026 à 23:30 au mardi 1 décembre 2026 à 00:30/],
  ['es', /^desde el lunes, 30 de noviembre de 2026, 23:30, hasta el martes, 1 de diciembre de 2026, 00:30/],
] as const)('over midnight, in %s', (language, words) => {
  expect(say(language, { start: '2026-11-30T23:30' })).toMatch(words);
});

const never = { kind: 'never' } as const;
const weekly: Recurrence = { every: 'week', interval: 1, days: ['mo', 'sa'], end: never };

test.each([
  ['en', weekly, 'every week on Monday and Saturday'],
  ['de', weekly, 'jede Woche montags und samstags'],
  ['fr', weekly, 'toutes les semaines le lundi et le samedi'],
  ['es', weekly, 'todas las semanas los lunes y los sábados'],
  ['en', { ...weekly, interval: 2 }, 'every 2 weeks on Monday and Saturday'],
  ['de', { ...weekly, interval: 2 }, 'alle 2 Wochen montags und samstags'],
  ['fr', { ...weekly, interval: 2 }, 'toutes les 2 semaines le lundi et le samedi'],
  ['es', { ...weekly, interval: 2 }, 'cada 2 semanas los lunes y los sábados'],
  ['en', { every: 'day', interval: 1, end: { kind: 'count', count: 1 } }, 'every day, 1 time'],
  ['de', { every: 'day', interval: 1, end: { kind: 'count', count: 1 } }, 'jeden Tag, 1-mal'],
  ['fr', { every: 'day', interval: 1, end: { kind: 'count', count: 1 } }, 'tous les jours, 1 fois'],
  ['es', { every: 'day', interval: 1, end: { kind: 'count', count: 1 } }, 'todos los días, 1 vez'],
  ['en', { every: 'month', interval: 3, end: { kind: 'count', count: 4 } }, 'every 3 months, 4 times'],
  ['de', { every: 'month', interval: 3, end: { kind: 'count', count: 4 } }, 'alle 3 Monate, 4-mal'],
  ['fr', { every: 'month', interval: 3, end: { kind: 'count', count: 4 } }, 'tous les 3 mois, 4 fois'],
  ['es', { every: 'month', interval: 3, end: { kind: 'count', count: 4 } }, 'cada 3 meses, 4 veces'],
  [
    'de',
    { every: 'month', interval: 1, end: { kind: 'until', day: '2027-05-30' } },
    'jeden Monat, bis Sonntag, 30. Mai 2027',
  ],
  [
    'fr',
    { every: 'day', interval: 2, end: { kind: 'until', day: '2027-05-30' } },
    'tous les 2 jours, jusqu’au dimanche 30 mai 2027',
  ],
] as const)('again and again, in %s: %o', (language, recurrence, words) => {
  expect(say(language, { recurrence: recurrence as Recurrence }).split('(Europe/Stockholm), ')[1]).toBe(
    words,
  );
});
