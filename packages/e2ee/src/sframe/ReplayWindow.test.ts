import fc from 'fast-check';
import { expect, test } from 'vitest';
import { REPLAY_WINDOW, ReplayWindow } from './ReplayWindow.ts';

const verdict = (window: ReplayWindow, counter: bigint): string => {
  try {
    window.mark(counter);
    return 'new';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test('is wide enough for several streams under one key', () => {
  expect(REPLAY_WINDOW).toBeGreaterThanOrEqual(1_024);
});

test('judges as a list of everything received does, far jumps and the largest counters included', () => {
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: -40, max: 40 }) },
    { weight: 2, arbitrary: fc.integer({ min: -REPLAY_WINDOW - 40, max: REPLAY_WINDOW + 40 }) },
    { weight: 1, arbitrary: fc.integer({ min: -5 * REPLAY_WINDOW, max: 5 * REPLAY_WINDOW }) },
  );
  const start = fc.constantFrom(0n, 5_000n, (1n << 53n) - 3n, (1n << 64n) - 20_000n);
  fc.assert(
    fc.property(start, fc.array(step, { maxLength: 120 }), (first, steps) => {
      const window = new ReplayWindow();
      const received = new Set<bigint>();
      let newest = -1n;
      let counter = first;
      for (const by of [0, ...steps]) {
        counter += BigInt(by);
        if (counter < 0n || counter >= 1n << 64n) continue;
        const expected = received.has(counter)
          ? newest - counter >= BigInt(REPLAY_WINDOW)
            ? 'too-old'
            : 'replayed'
          : newest - counter >= BigInt(REPLAY_WINDOW)
            ? 'too-old'
            : 'new';
        expect(verdict(window, counter)).toBe(expected);
        if (expected !== 'new') continue;
        received.add(counter);
        if (counter > newest) newest = counter;
      }
    }),
    { numRuns: 300 },
  );
});

test('looking does not mark', () => {
  const window = new ReplayWindow();
  window.check(3n);
  window.check(3n);
  window.mark(3n);
  expect(() => window.check(3n)).toThrow(expect.objectContaining({ code: 'replayed' }));
});
