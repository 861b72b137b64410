import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FloodGuard } from './FloodGuard.ts';

const LIMIT = { bitsPerSecond: 8_000_000, packetsPerSecond: 3_000 };

/** When the guard speaks, ms; null: never. */
function flooded(packets: Iterable<readonly [now: number, bytes: number]>): number | null {
  const guard = new FloodGuard(LIMIT);
  for (const [now, bytes] of packets) if (guard.arrive(bytes, now)) return now;
  return null;
}

function* steady(perSecond: number, bytes: number, from: number, to: number): Generator<[number, number]> {
  for (let now = from; now < to; now += 1_000 / perSecond) yield [now, bytes];
}

describe('FloodGuard', () => {
  it('speaks in five seconds of ten times the limit, in bits or in packets', () => {
    expect(flooded(steady(9_000, 1_111, 0, 10_000))).toBeLessThan(5_100);
    expect(flooded(steady(30_000, 20, 0, 10_000))).toBeLessThan(5_100);
  });

  it('never speaks of whoever stays within three times the limit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 20, max: 1_400 })), {
          minLength: 1,
          maxLength: 400,
        }),
        (steps) => {
          let now = 0;
          let last = -1_000;
          let [bits, packets] = [0, 0];
          const sent: [number, number][] = [];
          for (const [wait, bytes] of steps) {
            now += wait;
            // Any second at all, not only those that the guard happens to look at.
            if (now - last >= 1_000) [last, bits, packets] = [now, 0, 0];
            if (bits + bytes * 8 > 12_000_000 || packets >= 4_500) continue;
            bits += bytes * 8;
            packets += 1;
            sent.push([now, bytes]);
          }
          expect(flooded(sent)).toBeNull();
        },
      ),
    );
  });

  it('never speaks of a burst of two seconds, however large, nor of a pause that is made up for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10_000, max: 40_000 }),
        fc.integer({ min: 100, max: 1_900 }),
        fc.nat(3_000),
        (perSecond, length, before) => {
          const packets = [
            ...steady(100, 1_000, 0, before),
            ...steady(perSecond, 1_000, before, before + length),
            ...steady(100, 1_000, before + length, before + 10_000),
          ];
          expect(flooded(packets)).toBeNull();
        },
      ),
      { numRuns: 30 },
    );
    const late = Array.from({ length: 12_000 }, (): [number, number] => [4_000, 1_000]);
    expect(
      flooded([...steady(300, 1_000, 0, 1_000), ...late, ...steady(300, 1_000, 4_000, 9_000)]),
    ).toBeNull();
  });
});
