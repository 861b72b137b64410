import { expect, test } from 'vitest';
import { Secret } from '../secret.ts';
import { makeRecoveryCode, makeSentCode, plainCode } from './codes.ts';
import { FactorKeys } from './factorKeys.ts';

const keys = new FactorKeys(new Secret(Buffer.alloc(32, 7)));

test('what is sealed opens for its owner alone, unchanged, with the same secrets', () => {
  const sealed = keys.seal(Buffer.from('secret'), 'ada');
  expect(sealed.includes('secret')).toBe(false);
  expect(keys.open(sealed, 'ada').toString()).toBe('secret');
  expect(() => keys.open(sealed, 'bob')).toThrow();
  expect(() => keys.open(sealed.subarray(0, 20), 'ada')).toThrow();
  const changed = Buffer.from(sealed);
  changed[14] = (changed[14] ?? 0) ^ 1;
  expect(() => keys.open(changed, 'ada')).toThrow();
  expect(() => new FactorKeys(new Secret(Buffer.alloc(32, 8))).open(sealed, 'ada')).toThrow();
  expect(keys.seal(Buffer.from('secret'), 'ada').equals(sealed)).toBe(false);
});

test('the same code is another hash for somebody else, and with other secrets', () => {
  const hash = keys.hashCode('ada', '12345678');
  expect(hash).toHaveLength(32);
  expect(keys.hashCode('ada', '12345678').equals(hash)).toBe(true);
  expect(keys.hashCode('bob', '12345678').equals(hash)).toBe(false);
  const others = new FactorKeys(new Secret(Buffer.alloc(32, 8)));
  expect(others.hashCode('ada', '12345678').equals(hash)).toBe(false);
});

test('codes have the form that people are told, and are read however they were typed', () => {
  const sent = new Set(Array.from({ length: 200 }, makeSentCode));
  for (const code of sent) expect(code).toMatch(/^\d{8}$/);
  expect(sent.size).toBeGreaterThan(195);
  const recovery = makeRecoveryCode();
  expect(recovery).toMatch(/^[2-9a-hjkmnp-z]{5}-[2-9a-hjkmnp-z]{5}$/);
  expect(plainCode(` ${recovery.toUpperCase().replace('-', ' – ')}\n`)).toBe(recovery.replace('-', ''));
  expect(plainCode('１２３ ４５６')).toBe('123456');
});
