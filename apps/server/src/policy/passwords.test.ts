import { ConclaveError, FIRST_POLICY } from '@conclave/protocol';
import { expect, test } from 'vitest';
import { checkPassword, type PasswordRules } from './passwords.ts';

const person = ['Ada Lovelace', 'ada@analytical-engine.example'];

function verdict(password: string, rules: PasswordRules = FIRST_POLICY): string {
  try {
    checkPassword(password, person, rules);
    return 'good';
  } catch (refusal) {
    if (!(refusal instanceof ConclaveError)) throw refusal;
    expect(refusal.field).toBe('password');
    return refusal.code;
  }
}

test.each([
  ['violet kettle orbits slowly', 'good'],
  ['xK9#mQ2$vL7@pW4', 'good'],
  ['пять зелёных слонов танцуют', 'good'],
  ['xK9#mQ2$vL7@pW', 'password.too_short'],
  ['🐘🐘🐘🐘🐘🐘🐘', 'password.too_short'],
  [`${'violet kettle '.repeat(10)}`, 'password.too_long'],
  ['passwordpassword', 'password.too_common'],
  ['qwertyuiopqwertyuiop', 'password.too_common'],
  ['aaaaaaaaaaaaaaaaaaaa', 'password.too_simple'],
  ['123456789012345678', 'password.too_common'],
  ['abcdefghijklmnopq', 'password.too_simple'],
  ['Ada.Lovelace.1815', 'password.personal'],
  ['conclaveConclave!', 'password.personal'],
  ['analytical-engine', 'password.personal'],
  ['ｐａｓｓｗｏｒｄｐａｓｓｗｏｒｄ', 'password.too_common'],
  ['pass\u200bword\u200bpass\u200bword', 'password.too_common'],
  ['pâsswördpâsswörd', 'password.too_common'],
  ['\u200b\u200c\u200d'.repeat(6), 'password.too_simple'],
  ['Ａｄａ．Ｌｏｖｅｌａｃｅ．１８１５', 'password.personal'],
])('%s: %s', (password, expected) => {
  expect(verdict(password)).toBe(expected);
});

test.each([
  ['xK9#mQ2$', 'good'],
  ['kettle violet', 'good'],
  ['xK9#mQ2', 'password.too_short'],
  ['password', 'password.too_common'],
  ['aaaaaaaa', 'password.too_simple'],
  ['lovelace', 'password.personal'],
])('where everybody has a second factor, %s: %s', (password, expected) => {
  expect(verdict(password, { ...FIRST_POLICY, passwordLength: 8 })).toBe(expected);
});

test('length counts what people see as characters, however they were typed', () => {
  const composed = '\u00e9'.repeat(14);
  expect(verdict(composed)).toBe('password.too_short');
  expect(verdict(composed.normalize('NFD'))).toBe('password.too_short');
});

test('the longest password is judged at once', () => {
  const started = performance.now();
  verdict('a1'.repeat(64));
  verdict('Tr0ub4dour&3'.repeat(10));
  expect(performance.now() - started).toBeLessThan(5_000);
});

test('the organisation says how long a password is, and what it is made of', () => {
  const longer = { ...FIRST_POLICY, passwordLength: 30 };
  expect(verdict('violet kettle orbits slowly', longer)).toBe('password.too_short');
  expect(verdict('violet kettle orbits slowly today', longer)).toBe('good');
  expect(verdict('xK9#mQ2$vL7', { ...FIRST_POLICY, passwordLength: 8 })).toBe('good');
  const digits = { ...FIRST_POLICY, passwordComposition: 'letters-and-digits' } as const;
  expect(verdict('violet kettle orbits slowly', digits)).toBe('password.composition');
  expect(verdict('violet kettle orbits 7 moons', digits)).toBe('good');
  const signs = { ...FIRST_POLICY, passwordComposition: 'letters-digits-and-signs' } as const;
  expect(verdict('violet kettle orbits 7 moons', signs)).toBe('password.composition');
  expect(verdict('Violet kettle orbits 7 moons', signs)).toBe('password.composition');
  expect(verdict('Violet kettle orbits 7 moons!', signs)).toBe('good');
  expect(verdict('пять Зелёных слонов 7 танцуют!', signs)).toBe('good');
});
