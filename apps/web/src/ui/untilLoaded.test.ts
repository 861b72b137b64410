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
