import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DepartureQueue } from '../../net/relay/DepartureQueue.ts';
import { Path, type PathImpairment } from '../../net/relay/Path.ts';
import { seededRandom } from '../../net/relay/random.ts';

const packets = 50_000;
const bytes = 1_000;

/** When packets that come every `everyMs` leave; null for lost ones. */
function run(impairment: PathImpairment, seed: number, everyMs = 2, count = packets): (number | null)[] {
  const path = new Path(seededRandom(seed));
  path.impair(impairment);
  return Array.from({ length: count }, (_, index) => path.admit(bytes, index * everyMs));
}

const seed = fc.integer({ min: 0, max: 0xffff_ffff });
const few = { numRuns: 20 };

test('without impairment everything comes out at once', () => {
  expect(run({}, 1, 2, 5)).toEqual([0, 2, 4, 6, 8]);
});

test('as much is lost as is asked for, alone or in bursts of the mean length that is asked for', () => {
  fc.assert(
    fc.property(seed, fc.constantFrom(0.05, 0.1, 0.3), fc.constantFrom(1, 4, 8), (seed, loss, burst) => {
      const out = run({ loss, burst }, seed);
      const lost = out.filter((time) => time === null).length;
      const bursts = out.filter((time, index) => time === null && out[index - 1] !== null).length;
      expect(lost / packets).toBeGreaterThan(loss * 0.6);
      expect(lost / packets).toBeLessThan(loss * 1.4);
      // Losses by chance follow each other too.
      const mean = burst === 1 ? 1 / (1 - loss) : burst;
      expect(lost / bursts).toBeGreaterThan(mean * 0.7);
      expect(lost / bursts).toBeLessThan(mean * 1.3);
    }),
    few,
  );
});

test('jitter delays by as much as is asked for and keeps the order, unless it may change it', () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 1, max: 300 }), (seed, jitterMs) => {
      const ordered = run({ delayMs: 20, jitterMs }, seed).map(Number);
      const took = ordered.map((time, index) => time - index * 2);
      expect(Math.min(...took.slice(0, 5_000))).toBeGreaterThanOrEqual(20);
      expect(Math.max(...took.slice(0, 5_000))).toBeLessThanOrEqual(20 + jitterMs);
      expect(ordered.every((time, index) => time >= (ordered[index - 1] ?? 0))).toBe(true);
      const free = run({ delayMs: 20, jitterMs: jitterMs + 10, jitterReorders: true }, seed).map(Number);
      expect(free.some((time, index) => time < (free[index - 1] ?? 0))).toBe(true);
    }),
    few,
  );
});

test('the share of overtaken packets is that which is asked for', () => {
  fc.assert(
    fc.property(seed, (seed) => {
      const out = run({ delayMs: 10, reordering: 0.05, reorderMs: 30 }, seed).map(Number);
      const overtaken = out.filter((time, index) => time - index * 2 === 40).length;
      expect(overtaken / packets).toBeGreaterThan(0.04);
      expect(overtaken / packets).toBeLessThan(0.06);
      expect(out.filter((time, index) => time - index * 2 === 10).length + overtaken).toBe(packets);
    }),
    few,
  );
});

test('a link carries its rate and no more, and nothing waits longer than its queue', () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 100, max: 3_000 }), (seed, rateKbit) => {
      const out = run({ rateKbit, queueMs: 150 }, seed, 2, 5_000);
      const through = out.filter((time) => time !== null);
      const seconds = (through.at(-1) ?? 0) / 1_000;
      const transmission = ((bytes + 42) * 8) / rateKbit;
      expect((through.length * (bytes + 42) * 8) / 1_000 / seconds).toBeLessThanOrEqual(rateKbit * 1.01);
      // 1,000 bytes every 2 ms are more than any of the rates: the link never rests.
      expect((through.length * (bytes + 42) * 8) / 1_000 / seconds).toBeGreaterThan(rateKbit * 0.98);
      const longest = Math.max(...out.map((time, index) => (time === null ? 0 : time - index * 2)));
      expect(longest).toBeLessThanOrEqual(150 + transmission + 0.001);
    }),
    few,
  );
});

test('what comes out is what went in, in the order of its times', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 })), (times) => {
      const queue = new DepartureQueue<number>();
      for (const [index, time] of times.entries()) queue.push(time, index);
      const sorted = times
        .map((time, index) => ({ time, index }))
        .sort((a, b) => a.time - b.time || a.index - b.index);
      expect(queue.take(-1)).toBeNull();
      expect(sorted.map(() => queue.take(50))).toEqual(sorted.map(({ index }) => index));
      expect(queue.size).toBe(0);
    }),
  );
});
