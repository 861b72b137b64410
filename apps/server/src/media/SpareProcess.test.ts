import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SpareProcess, type Waiting } from './SpareProcess.ts';

const exit = { code: null, signal: 'SIGKILL' };

class Process implements Waiting {
  readonly closed: Promise<typeof exit>;
  die: () => void = () => {};
  disposed = false;

  constructor() {
    this.closed = new Promise((resolve) => {
      this.die = () => resolve(exit);
    });
  }

  async [Symbol.asyncDispose]() {
    this.disposed = true;
    this.die();
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function makeSpare() {
  const started: Process[] = [];
  const spare = new SpareProcess({
    pauseMs: 1_000,
    spawn: () => {
      const process = new Process();
      started.push(process);
      return process;
    },
  });
  return { spare, started };
}

test('the first is started when it is needed, the next one waits before it is', async () => {
  const { spare, started } = makeSpare();
  await using _ = spare;
  expect(spare.take()).toBe(started[0]);
  vi.advanceTimersByTime(1_000);
  expect(started).toHaveLength(2);
  expect(spare.take()).toBe(started[1]);
  expect(started).toHaveLength(2);
  expect(spare.take()).toBe(started[2]);
});

test('a spare that dies is replaced', async () => {
  const { spare, started } = makeSpare();
  await using _ = spare;
  spare.take();
  vi.advanceTimersByTime(1_000);
  started[1]?.die();
  await started[1]?.closed;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(spare.take()).toBe(started[2]);
});

test('what was not taken ends with the spare, and nothing is started afterwards', async () => {
  const { spare, started } = makeSpare();
  spare.take();
  vi.advanceTimersByTime(1_000);
  await spare[Symbol.asyncDispose]();
  expect(started.map(({ disposed }) => disposed)).toEqual([false, true]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(started).toHaveLength(2);
});
