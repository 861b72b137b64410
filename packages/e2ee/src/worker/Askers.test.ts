import { expect, test } from 'vitest';
import { Askers, amongAll } from './Askers.ts';

test('whoever goes on asking is answered once a minute, and others at once', () => {
  let now = 0;
  let answers = 0;
  let timers: { readonly at: number; readonly run: () => void }[] = [];
  const askers = new Askers(
    { now: () => now, after: (ms, run) => void timers.push({ at: now + ms, run }) },
    () => {
      answers += 1;
    },
  );
  for (; now < 10 * 60_000; now += 1_000) {
    askers.asked('mallory');
    for (const { run } of timers.filter(({ at }) => at <= now)) run();
    timers = timers.filter(({ at }) => at > now);
  }
  expect(answers).toBeGreaterThan(10);
  expect(answers).toBeLessThan(25);
  const before = answers;
  askers.asked('ada');
  expect(answers).toBe(before + 1);
});

test('among many answers take their time', () => {
  expect(amongAll(1_000, 3)).toBe(1_000);
  expect(amongAll(1_000, 299)).toBe(29_900);
});
