import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';

test('the first try comes at once, later ones ever later, none later than five seconds', () => {
  expect(backoffMs(0, 1)).toBe(0);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempt, random) => {
        const wait = backoffMs(attempt, random);
        expect(wait).toBeGreaterThanOrEqual(250);
        expect(wait).toBeLessThanOrEqual(5_000);
        expect(backoffMs(attempt + 1, random)).toBeGreaterThanOrEqual(wait);
      },
    ),
  );
});
