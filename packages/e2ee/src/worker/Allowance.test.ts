import { expect, test } from 'vitest';
import { Allowance } from './Allowance.ts';

test('so many at once, so many a second, each for themselves', () => {
  const allowance = new Allowance({ burst: 3, perSecond: 2 });
  expect([0, 0, 0, 0].map((now) => allowance.take('ann', now))).toEqual([true, true, true, false]);
  expect(allowance.take('bob', 0)).toBe(true);
  expect([500, 500].map((now) => allowance.take('ann', now))).toEqual([true, false]);
});

test('what cost more is paid for, and no debt is kept', () => {
  const allowance = new Allowance({ burst: 30, perSecond: 10 });
  expect(allowance.take('ann', 0)).toBe(true);
  allowance.charge('ann', 25, 0);
  expect([0, 0, 0, 0, 0].map((now) => allowance.take('ann', now))).toEqual([true, true, true, true, false]);
  allowance.charge('ann', 25, 0);
  expect(allowance.take('ann', 100)).toBe(true);
});
