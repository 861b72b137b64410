import { expect, test } from 'vitest';
import { pump } from './pump.ts';
import type { EncodedFrame } from './transformer.ts';

const frame = (number: number) => ({ number }) as unknown as EncodedFrame;
const numberOf = (one: EncodedFrame) => (one as unknown as { number: number }).number;

function ends(options: { readonly sink?: UnderlyingSink<EncodedFrame> } = {}) {
  let source!: ReadableStreamDefaultController<EncodedFrame>;
  const state = {
    written: [] as number[],
    cancelled: null as unknown,
    aborted: null as unknown,
    closed: false,
  };
  const readable = new ReadableStream<EncodedFrame>({
    start: (controller) => {
      source = controller;
    },
    cancel: (reason) => {
      state.cancelled = reason;
    },
  });
  let sink!: WritableStreamDefaultController;
  const writable = new WritableStream<EncodedFrame>({
    start: (controller) => {
      sink = controller;
    },
    write: (one) => {
      state.written.push(numberOf(one));
    },
    close: () => {
      state.closed = true;
    },
    abort: (reason) => {
      state.aborted = reason;
    },
    ...options.sink,
  });
  return { readable, writable, source, sink, state };
}

test('frames go through in order, those that do not pass are dropped, and the end closes the other end', async () => {
  const { readable, writable, source, state } = ends();
  for (let number = 0; number < 6; number++) source.enqueue(frame(number));
  source.close();
  await pump({ readable, writable }, async (one) => {
    // The later ones are ready sooner.
    for (let turn = numberOf(one); turn < 6; turn++) await Promise.resolve();
    return numberOf(one) % 2 === 0;
  });
  expect(state.written).toEqual([0, 2, 4]);
  expect(state.closed).toBe(true);
});

test('a source that breaks aborts the other end', async () => {
  const { readable, writable, source, state } = ends();
  const broken = new Error('gone');
  source.error(broken);
  await expect(pump({ readable, writable }, async () => true)).rejects.toBe(broken);
  expect(state.aborted).toBe(broken);
});

test('a sink that breaks while nothing comes cancels the source', async () => {
  const { readable, writable, sink, state } = ends();
  const broken = new Error('gone');
  const pumped = pump({ readable, writable }, async () => true);
  sink.error(broken);
  await expect(pumped).rejects.toThrow();
  expect(state.cancelled).toBe(broken);
});

test('what cannot be passed ends both', async () => {
  const { readable, writable, source, state } = ends();
  const broken = new Error('a mistake');
  source.enqueue(frame(1));
  await expect(
    pump({ readable, writable }, async () => {
      throw broken;
    }),
  ).rejects.toBe(broken);
  expect(state).toMatchObject({ written: [], cancelled: broken, aborted: broken });
});
