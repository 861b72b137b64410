import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeTotpSecret, totpBase32, totpCode, totpStep, totpUri } from './totp.ts';

const seed = Buffer.from('12345678901234567890');

// RFC 6238, appendix B, SHA-1; its eight digits end in our six.
test.each([
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
])('at %i s the code of the standard', (seconds, code) => {
  expect(totpCode(seed, seconds * 1000)).toBe(code.slice(-6));
  expect(totpStep(seed, code.slice(-6), seconds * 1000)).toBe(Math.floor(seconds / 30));
});

test('a code is good one step early and one step late, and never further away', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 20, maxLength: 20 }),
      fc.integer({ min: 1_000_000, max: 100_000_000 }),
      fc.integer({ min: -6, max: 6 }),
      fc.integer({ min: 0, max: 29_999 }),
      (secret, step, away, within) => {
        const code = totpCode(secret, step * 30_000);
        const now = (step + away) * 30_000 + within;
        const found = totpStep(secret, code, now);
        if (Math.abs(away) <= 1) expect([step, step + away]).toContain(found);
        // Another step's code may be the same by chance, and then that step is what is found.
        else if (found !== null) expect(totpCode(secret, found * 30_000)).toBe(code);
        if (found !== null) expect(Math.abs(found - (step + away))).toBeLessThanOrEqual(1);
      },
    ),
    { numRuns: 300 },
  );
});

test.each(['', '12345', '1234567', 'abcdef', '000000 ', '-00001', '１２３４５６'])(
  '"%s" is no code',
  (code) => {
    expect(totpStep(seed, code, 59_000)).toBeNull();
  },
);

test('secrets have 160 random bits; an app gets issuer, account and all parameters', () => {
  const secret = makeTotpSecret();
  expect(secret).toHaveLength(20);
  expect(makeTotpSecret()).not.toEqual(secret);
  expect(totpBase32(seed)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  const uri = new URL(totpUri(seed, 'meet.example.org', 'ada@example.org'));
  expect(uri.protocol).toBe('otpauth:');
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    issuer: 'meet.example.org',
    secret: totpBase32(seed),
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  });
});
