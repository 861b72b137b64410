import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { toasts } from './toasts.ts';
import { untilLoaded } from './untilLoaded.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { querySelectorAll: () => [] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('gives a part as soon as it can be fetched, and says once that it could not', async () => {
  let failures = 6;
  const load = vi.fn(async () => {
    if (failures-- > 0) throw new TypeError('Failed to fetch dynamically imported module');
    return 'a part';
  });
  const loaded = untilLoaded(load);
  await vi.advanceTimersByTimeAsync(400);
  expect(load).toHaveBeenCalledTimes(1);
  expect(toasts.get()).toHaveLength(1);
  // 0.5, 1, 2, 4, 8 and 8 seconds.
  await vi.advanceTimersByTimeAsync(23_000);
  expect(load).toHaveBeenCalledTimes(6);
  await vi.advanceTimersByTimeAsync(1_000);
  await expect(loaded).resolves.toBe('a part');
  expect(toasts.get()).toHaveLength(0);
});

it('gives up where that is asked for, with what was wrong the last time', async () => {
  const load = vi.fn(async () => {
    throw new TypeError('404');
  });
  const loaded = untilLoaded(load, 3);
  const given = expect(loaded).rejects.toThrow('404');
  await vi.advanceTimersByTimeAsync(10_000);
  await given;
  expect(load).toHaveBeenCalledTimes(3);
});
