import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { until } from '../testing/until.ts';
import { Pulse } from './Pulse.ts';

let open: DisposableStack;
beforeEach(() => {
  open = new DisposableStack();
});
afterEach(() => open.dispose());

const work = (ms: number): void => {
  const end = performance.now() + ms;
  while (performance.now() < end);
};

test('calls back again and again, until it is ended', async () => {
  let beats = 0;
  const pulse = open.use(new Pulse(1, () => (beats += 1)));
  await until(() => beats >= 5);
  pulse[Symbol.dispose]();
  const ended = beats;
  // Another one's time passes instead.
  let others = 0;
  open.use(new Pulse(1, () => (others += 1)));
  await until(() => others >= 5);
  expect(beats).toBe(ended);
});

test('may be ended by what it calls', async () => {
  let beats = 0;
  const pulse = new Pulse(1, () => {
    beats += 1;
    pulse[Symbol.dispose]();
  });
  await until(() => beats > 0);
  let others = 0;
  open.use(new Pulse(1, () => (others += 1)));
  await until(() => others >= 5);
  expect(beats).toBe(1);
});

test('work that takes longer than the period keeps nothing else from its turn', async () => {
  let beats = 0;
  open.use(
    new Pulse(2, () => {
      beats += 1;
      work(8);
    }),
  );
  await until(() => beats > 2);
  const { port1, port2 } = new MessageChannel();
  open.defer(() => port1.close());
  const before = beats;
  port1.postMessage('from outside');
  await once(port2, 'message');
  await new Promise((resolve) => setImmediate(resolve));
  expect(beats - before).toBeLessThanOrEqual(3);
});

test('keeps its period beside the work that it does', async () => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'setImmediate', 'clearTimeout', 'clearImmediate', 'performance'],
  });
  try {
    const times: number[] = [];
    using _ = new Pulse(20, () => times.push(performance.now()));
    await vi.advanceTimersByTimeAsync(205);
    expect(times.length).toBeGreaterThanOrEqual(9);
    expect(times.length).toBeLessThanOrEqual(10);
  } finally {
    vi.useRealTimers();
  }
});
