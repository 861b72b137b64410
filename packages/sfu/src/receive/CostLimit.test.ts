import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CostLimit } from './CostLimit.ts';

describe('CostLimit', () => {
  it('never lets more through than what it begins with and what has come since', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(500), fc.integer({ min: 1, max: 80 })), { maxLength: 300 }),
        (work) => {
          const limit = new CostLimit(50, 100);
          let [now, spent] = [0, 0];
          for (const [wait, cost] of work) {
            now += wait;
            if (limit.allow(cost, now)) spent += cost;
            expect(spent).toBeLessThanOrEqual(100 + now * 0.05 + 1e-6);
          }
        },
      ),
    );
  });

  it('lets work below the rate through for ever', () => {
    const limit = new CostLimit(50);
    for (let now = 0; now < 60_000; now += 100) expect(limit.allow(4, now)).toBe(true);
  });
});
