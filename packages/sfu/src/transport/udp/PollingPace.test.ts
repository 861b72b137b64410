import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PollingPace } from './PollingPace.ts';

/** As the class has them; ms, wake-ups, datagrams. */
const WINDOW = 50;
const BUSY = 100;
const QUIET = 40;

/** The number of the wake-up that made it look. */
function wakeUps(pace: PollingPace, times: readonly number[]): number | null {
  const index = times.findIndex((time) => pace.onWakeUp(1, time));
  return index < 0 ? null : index + 1;
}

test('looks from the 100th wake-up on within 50 ms', () => {
  expect(wakeUps(new PollingPace(), Array(200).fill(0))).toBe(BUSY);
  expect(
    wakeUps(
      new PollingPace(),
      Array.from({ length: 200 }, (_, index) => index / 4),
    ),
  ).toBe(BUSY);
});

test('waits as long as wake-ups are fewer', () => {
  const times = Array.from({ length: 1_000 }, (_, index) => index * (WINDOW / (BUSY - 1)));
  expect(wakeUps(new PollingPace(), times)).toBeNull();
});

test('looks as long as it finds forty in 50 ms, and waits after fewer', () => {
  const pace = new PollingPace();
  wakeUps(pace, Array(BUSY).fill(0));
  let time = 0;
  for (; time < 1_000; time += 10) expect(pace.onLook(10, time)).toBe(true);
  const found = () => pace.onLook(time % WINDOW < QUIET - 1 ? 1 : 0, time);
  for (; time < 1_100 && found(); time++);
  expect(time).toBeGreaterThanOrEqual(1_000);
  expect(time).toBeLessThanOrEqual(1_000 + 2 * WINDOW);
});

test('neither waits nor looks for ever, and begins anew each time', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 10 }), (gaps) => {
      const pace = new PollingPace();
      let time = 0;
      for (const gap of gaps) {
        time += gap * 1_000;
        expect(wakeUps(pace, Array(200).fill(time))).toBe(BUSY);
        const begin = time;
        while (pace.onLook(0, time)) time += 1;
        expect(time - begin).toBeLessThanOrEqual(2 * WINDOW);
      }
    }),
  );
});

test('looks from the first wake-up on that finds as many at once', () => {
  // Each may lead to so much that there are few wake-ups, and it is busy for all that.
  expect(new PollingPace().onWakeUp(BUSY, 0)).toBe(true);
  expect(new PollingPace().onWakeUp(BUSY - 1, 0)).toBe(false);
});
