import { expect, test } from 'vitest';
import { GroupWatch } from './GroupWatch.ts';

test('nothing is wrong with a group that goes on', () => {
  const watch = new GroupWatch();
  watch.outside(0);
  expect(watch.trouble(9_999)).toBeNull();
  watch.inside();
  for (let now = 10_000; now < 100_000; now += 5_000) {
    watch.pending([1, 'ann'], now);
    watch.advanced(false);
    watch.pending([], now + 200);
    expect(watch.trouble(now + 4_999)).toBeNull();
  }
});

test('who is let in by nobody is told after ten seconds, and not any more when inside', () => {
  const watch = new GroupWatch();
  watch.outside(0);
  watch.outside(8_000); // Tried once more: it is the same wait.
  expect(watch.nextChangeAt(8_000)).toBe(10_000);
  expect(watch.trouble(10_000)).toBe('waiting');
  expect(watch.nextChangeAt(10_000)).toBeNull();
  watch.inside();
  expect(watch.trouble(10_000)).toBeNull();
});

test('whoever waits at the door is told nothing, however long: the wait for the group begins with their seat', () => {
  const watch = new GroupWatch();
  watch.outside(0);
  watch.atTheDoor();
  expect(watch.nextChangeAt(0)).toBeNull();
  expect(watch.trouble(3_600_000)).toBeNull();
  watch.outside(3_600_000);
  expect(watch.trouble(3_609_999)).toBeNull();
  expect(watch.trouble(3_610_000)).toBe('waiting');
});

test('what is pending for ten seconds is told, whatever else is committed meanwhile', () => {
  const watch = new GroupWatch();
  watch.pending([3, 'ann'], 0);
  watch.advanced(false);
  watch.pending([3, 'bob'], 7_000);
  expect(watch.nextChangeAt(7_000)).toBe(10_000);
  expect(watch.trouble(10_000)).toBe('stuck');
  watch.pending(['bob'], 11_000);
  expect(watch.nextChangeAt(11_000)).toBe(17_000);
  expect(watch.trouble(11_000)).toBeNull();
  watch.pending([], 17_000);
  expect(watch.trouble(17_000)).toBeNull();
});

test('commits that do nothing while there is something to do are told soon', () => {
  const watch = new GroupWatch();
  for (let epoch = 0; epoch < 9; epoch++) watch.advanced(true);
  expect(watch.trouble(0)).toBeNull();
  watch.pending([3], 0);
  for (let epoch = 0; epoch < 3; epoch++) watch.advanced(true);
  expect(watch.trouble(100)).toBeNull();
  watch.advanced(true);
  expect(watch.trouble(100)).toBe('stuck');
  watch.advanced(false);
  expect(watch.trouble(100)).toBeNull();
});

test('messages of one member that cannot be read are told, unless they are few, at once, or one is read', () => {
  const watch = new GroupWatch();
  for (const now of [0, 1_000, 1_900]) watch.unreadable('ann', now);
  expect(watch.trouble(90_000)).toBeNull();
  for (const id of ['bob', 'cat', 'dan']) for (const now of [0, 3_000]) watch.unreadable(id, now);
  expect(watch.trouble(3_000)).toBeNull();
  watch.unreadable('ann', 2_000);
  expect(watch.trouble(2_000)).toBe('split');
  watch.read('ann');
  expect(watch.trouble(3_000)).toBeNull();
});

test('what could not be read a minute ago is no reason any more, and it is said when that is', () => {
  const watch = new GroupWatch();
  for (const now of [0, 1_000, 2_000]) watch.unreadable('ann', now);
  expect(watch.trouble(61_000)).toBe('split');
  expect(watch.nextChangeAt(61_000)).toBe(62_000);
  expect(watch.trouble(62_000)).toBeNull();
  expect(watch.nextChangeAt(62_000)).toBeNull();
});
