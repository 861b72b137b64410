import type { WorkerEvent } from '@conclave/sfu';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { silentAfterMs, type Worker, WorkerPlace } from './WorkerPlace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A worker without a process. */
function makeWorker() {
  let say = (_event: WorkerEvent): void => {};
  const end = Promise.withResolvers<{ code: number | null; signal: string | null }>();
  const worker = {
    closed: end.promise,
    onEvent: (listener: (event: WorkerEvent) => void) => {
      say = listener;
      return () => {};
    },
    [Symbol.asyncDispose]: async () => end.resolve({ code: null, signal: 'SIGKILL' }),
  } as unknown as Worker;
  return { worker, say: () => say({ type: 'speakers', room: 'r', speakers: [] }) };
}

test('a worker that says nothing any more is replaced; one that does is left alone', async () => {
  const made: ReturnType<typeof makeWorker>[] = [];
  const [died, fault] = [vi.fn(), vi.fn()];
  await using place = new WorkerPlace({
    index: 0,
    start: async () => {
      const next = makeWorker();
      made.push(next);
      return next.worker;
    },
    onEvent: () => {},
    onStarted: () => {},
    onDied: died,
    onFault: fault,
  });
  await vi.advanceTimersByTimeAsync(0);
  for (let second = 0; second < 30; second++) {
    made[0]?.say();
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect([made.length, died.mock.calls.length]).toEqual([1, 0]);
  await vi.advanceTimersByTimeAsync(silentAfterMs);
  expect([made.length, died.mock.calls.length, fault.mock.calls.length]).toEqual([2, 1, 1]);
  expect(place.worker).toBe(made[1]?.worker);
});
