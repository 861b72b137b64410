import { ConclaveError } from '@conclave/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SignalClosed } from '../signalling/Signal.ts';
import { Reconnection } from './Reconnection.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** @param answers what each try comes to: null is success */
function tries(answers: (Error | null)[]) {
  const at: number[] = [];
  const failed = vi.fn();
  const closing = new AbortController();
  const begun = Date.now();
  const reconnection = new Reconnection({
    enter: async () => {
      at.push(Date.now() - begun);
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer !== null && answer !== undefined) throw answer;
    },
    failed,
    isOver: () => closing.signal.aborted,
    closing: closing.signal,
    now: () => Date.now(),
  });
  return { reconnection, at, failed, closing };
}

test('it tries at once, then at growing intervals, until one is in', async () => {
  const { reconnection, at, failed } = tries([new SignalClosed(1006), new SignalClosed(1006), null]);
  const done = reconnection.run();
  await vi.advanceTimersByTimeAsync(10_000);
  await done;
  expect(at).toHaveLength(3);
  expect(at[0]).toBeLessThan(10);
  expect(failed).not.toHaveBeenCalled();
});

test('it does not knock before the server wants to be asked again', async () => {
  const often = new ConclaveError('meeting.knocked_too_often', { retryAfterMs: 30_000 });
  const { reconnection, at } = tries([null]);
  const done = reconnection.run(often);
  await vi.advanceTimersByTimeAsync(29_000);
  expect(at).toEqual([]);
  await vi.advanceTimersByTimeAsync(2_000);
  await done;
  expect(at).toHaveLength(1);
});

test.each(['meeting.banned', 'meeting.locked', 'meeting.lobby_full'] as const)(
  'a closed door ends it: %s',
  async (code) => {
    const { reconnection, failed } = tries([new ConclaveError(code)]);
    const done = reconnection.run();
    await vi.advanceTimersByTimeAsync(10);
    await done;
    expect(failed).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code }));
  },
);

test('it gives up after five minutes in which the server was not reached', async () => {
  const { reconnection, failed } = tries([new SignalClosed(1006)]);
  const done = reconnection.run();
  await vi.advanceTimersByTimeAsync(4 * 60_000);
  expect(failed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(70_000);
  await done;
  expect(failed).toHaveBeenCalledOnce();
});

test('nothing is tried any more once it is over', async () => {
  const { reconnection, at, closing } = tries([new SignalClosed(1006)]);
  const done = reconnection.run();
  await vi.advanceTimersByTimeAsync(1_000);
  closing.abort();
  await done;
  const count = at.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(at).toHaveLength(count);
});
