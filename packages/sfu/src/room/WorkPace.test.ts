import { expect, it } from 'vitest';
import { WorkPace } from './WorkPace.ts';

it('runs at once when nothing has run', () => {
  expect(new WorkPace().due(0)).toBe(true);
});

it('spends at most a fifth of the time, however often it is asked', () => {
  const pace = new WorkPace();
  let spent = 0;
  for (let now = 0; now < 10_000; now += 1) {
    if (!pace.due(now)) continue;
    pace.ran(now, now + 50);
    spent += 50;
    now += 50;
  }
  expect(spent).toBeLessThanOrEqual(2_000);
  expect(spent).toBeGreaterThan(1_500);
});

it('does cheap work a hundred times a second at most', () => {
  const pace = new WorkPace();
  let runs = 0;
  for (let now = 0; now < 1_000; now += 0.5) {
    if (!pace.due(now)) continue;
    pace.ran(now, now);
    runs += 1;
  }
  expect(runs).toBe(100);
});
