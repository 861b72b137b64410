import { MAIL_LANGUAGES, type MailLanguage } from '@conclave/protocol';
import { describe, expect, test } from 'vitest';
import { MAIL_TEXTS } from './mailTexts.ts';

/** All that any text takes, so that each can be called in the same way. */
const given = {
  name: '‹name›',
  origin: '‹origin›',
  inviter: '‹inviter›',
  service: '‹service›',
  when: '‹when›',
  device: '‹device›',
  browser: '‹browser›',
  system: '‹system›',
  provider: '‹provider›',
  title: '‹title›',
  email: '‹email›',
  caller: '‹caller›',
  account: '‹account›',
  attempts: 77,
  code: '‹code›',
  kind: '‹kind›',
  left: 7,
  count: 7,
  day: '‹day›',
  lastDay: '‹last›',
  time: '‹time›',
  from: '‹from›',
  to: '‹to›',
  zone: '‹zone›',
  every: 'month',
  interval: 3,
  days: ['‹weekday›'],
  and: (items: readonly string[]) => items.join(' & '),
} as const;

/** Every text of a language by its path, with what it is given filled in. */
function textsOf(language: MailLanguage): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (path: string, node: unknown): void => {
    if (typeof node === 'string') found.set(path, node);
    else if (typeof node === 'function') found.set(path, node(given));
    else for (const [key, value] of Object.entries(node as object)) walk(`${path}.${key}`, value);
  };
  walk('', MAIL_TEXTS[language]);
  return found;
}

const fillings = (text: string) => [...text.matchAll(/‹\w+›|\d+/g)].map(([part]) => part).sort();
const english = textsOf('en');
/** These are the same everywhere. */
const names = new Set(['.from']);

describe.each(MAIL_LANGUAGES)('%s', (language) => {
  const own = textsOf(language);

  test('has no text more than English', () => {
    expect([...own.keys()]).toEqual([...english.keys()]);
  });

  test.each([...english.keys()])('%s says all that it is given, on one line', (path) => {
    const text = own.get(path) ?? '';
    expect(fillings(text)).toEqual(fillings(english.get(path) ?? ''));
    expect(text).toMatch(/\S/);
    expect(text).not.toMatch(/undefined|null|NaN|\[object|\$\{|[\p{Cc}\p{Zl}\p{Zp}]|^\s|\s$| {2}/u);
  });

  if (language === 'en') return;

  test.each([...english.keys()].filter((path) => !names.has(path)))('%s is translated', (path) => {
    expect(own.get(path)).not.toBe(english.get(path));
  });

  test('a text message fits into one with the line for phones', () => {
    // 3GPP TS 23.038: 160 characters of its own alphabet, 70 where one is in no such alphabet.
    expect(own.get('.factors.code.sms')).toMatch(/^[\w ‹›.,:;'àèéìòùäöüñ-]{1,100}$/);
  });
});
