import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bars } from './Bars.ts';

describe('Bars', () => {
  it('keeps an abuser out for longer each time, up to ten minutes, and nobody else', () => {
    const bars = new Bars();
    let now = 0;
    const lasted: number[] = [];
    for (let time = 0; time < 9; time++) {
      bars.bar('mallory', now);
      lasted.push(bars.left('mallory', now));
      expect(bars.left('anna', now)).toBe(0);
      now += bars.left('mallory', now);
      expect(bars.left('mallory', now)).toBe(0);
    }
    expect(lasted.slice(0, 4)).toEqual([10_000, 20_000, 40_000, 80_000]);
    expect(Math.max(...lasted)).toBe(600_000);
  });

  it('forgets what is long ago, and holds a bounded number', () => {
    const bars = new Bars();
    bars.bar('mallory', 0);
    bars.bar('oscar', 1_000_000);
    bars.bar('mallory', 1_000_000);
    expect(bars.left('mallory', 1_000_000)).toBe(10_000);
    fc.assert(
      fc.property(fc.array(fc.nat(30_000), { maxLength: 50 }), (ids) => {
        for (const id of ids) bars.bar(`peer ${id}`, 1_000_001);
        for (const id of ids) expect(bars.left(`peer ${id}`, 1_000_001)).toBeGreaterThan(0);
      }),
    );
  });
});
