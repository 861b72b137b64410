import { pbkdf2Sync } from 'node:crypto';
import { expect, test } from 'vitest';
import { compareQr, personCode, personQr } from './personCode.ts';

const ann = new Uint8Array(32).fill(1);
const bob = new Uint8Array(32).fill(2);

test('both sides see the same sixty digits, and others with another key', async () => {
  const code = await personCode(ann, bob);
  expect(code).toHaveLength(12);
  expect(code.join('')).toMatch(/^[0-9]{60}$/);
  expect(await personCode(bob, ann)).toEqual(code);
  expect(await personCode(ann, new Uint8Array(32).fill(3))).not.toEqual(code);
});

test('the digits are those that another implementation of the description gives', async () => {
  const half = (key: Uint8Array) => {
    const bytes = pbkdf2Sync(key, 'Conclave person code v1', 5_200, 30, 'sha512');
    return [0, 5, 10, 15, 20, 25].map((at) => String(bytes.readUIntBE(at, 5) % 100_000).padStart(5, '0'));
  };
  const halves = [half(ann).join(''), half(bob).join('')].sort();
  expect((await personCode(ann, bob)).join('')).toBe(halves.join(''));
});

test('a scanned code matches when each sees the key that the other has', () => {
  expect(compareQr(personQr(ann, bob), bob, ann)).toBe('match');
  expect(compareQr(personQr(ann, bob), ann, bob)).toBe('mismatch');
  expect(compareQr(personQr(ann, new Uint8Array(32)), bob, ann)).toBe('mismatch');
  for (const text of ['', 'https://example.org', `${personQr(ann, bob)}A`, personQr(ann, bob).slice(1)]) {
    expect(compareQr(text, bob, ann)).toBe('unknown');
  }
});
