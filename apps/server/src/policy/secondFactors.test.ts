import { BUILTIN_ROLES, type FactorKind } from '@conclave/protocol';
import { expect, test } from 'vitest';
import { type FactorPolicy, factorsToAsk, hasAllowedFactor, mustHaveFactor } from './secondFactors.ts';

const all: readonly FactorKind[] = ['totp', 'email', 'sms', 'passkey', 'recovery'];
const policy = (
  secondFactor: FactorPolicy['secondFactor'],
  allowedFactors: readonly FactorKind[] = all,
): FactorPolicy => ({ secondFactor, allowedFactors });

test.each([
  ['nobody', 'owner', false],
  ['privileged', 'owner', true],
  ['privileged', 'administrator', true],
  ['privileged', 'auditor', true],
  ['privileged', 'organiser', false],
  ['privileged', 'member', false],
  ['everybody', 'member', true],
] as const)('required of %s: %s must have one: %s', (who, role, expected) => {
  expect(mustHaveFactor(policy(who), new Set(BUILTIN_ROLES[role]))).toBe(expected);
});

test('one is asked for what one has, the safest first', () => {
  expect(factorsToAsk(policy('nobody'), ['recovery', 'email', 'totp', 'passkey'])).toEqual([
    'passkey',
    'totp',
    'email',
    'recovery',
  ]);
  expect(factorsToAsk(policy('everybody'), [])).toEqual([]);
});

test('what is not allowed is taken from those alone who have nothing else', () => {
  const strict = policy('everybody', ['totp', 'passkey', 'recovery']);
  expect(factorsToAsk(strict, ['email', 'totp', 'recovery'])).toEqual(['totp', 'recovery']);
  expect(factorsToAsk(strict, ['email', 'recovery'])).toEqual(['email', 'recovery']);
  expect(hasAllowedFactor(strict, ['email', 'sms'])).toBe(false);
  expect(hasAllowedFactor(strict, ['email', 'totp'])).toBe(true);
});
