import { NO_SOURCES } from '@conclave/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Counts, isFlowing, toFallBackTo, toMoveTo } from './flow.ts';

const sources = fc.record({
  microphone: fc.boolean(),
  camera: fc.boolean(),
  screen: fc.boolean(),
  screenAudio: fc.boolean(),
});
const counts: fc.Arbitrary<Counts> = fc.record({
  microphone: fc.nat(40),
  camera: fc.nat(40),
  screen: fc.nat(3),
});

test('where nothing is on there is nothing to wait for', () => {
  expect(isFlowing(NO_SOURCES, {}, {}, toMoveTo)).toBe(true);
});

test('whatever is on has to come, whatever else comes', () => {
  fc.assert(
    fc.property(sources, counts, counts, (on, before, now) => {
      for (const source of ['microphone', 'camera', 'screen'] as const) {
        const stands = { ...now, [source]: before[source] ?? 0 };
        expect(isFlowing({ ...on, [source]: true }, before, stands, toFallBackTo)).toBe(false);
      }
    }),
  );
});

test('more of it never makes it less', () => {
  fc.assert(
    fc.property(sources, counts, counts, fc.nat(10), (on, before, now, more) => {
      const later = Object.fromEntries(Object.entries(now).map(([key, count]) => [key, (count ?? 0) + more]));
      if (isFlowing(on, before, now, toMoveTo)) expect(isFlowing(on, before, later, toMoveTo)).toBe(true);
    }),
  );
});
