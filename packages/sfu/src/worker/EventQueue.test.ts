import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { WorkerEvent } from '../control/events.ts';
import { EventQueue } from './EventQueue.ts';

const speaks = (who: string): WorkerEvent => ({ type: 'speakers', room: 'room', speakers: [who] });

test('what happens in one go is told in one go, in order', async () => {
  const told: WorkerEvent[][] = [];
  const queue = new EventQueue((events) => told.push(events));
  queue.add(speaks('ada'));
  queue.add(speaks('ben'));
  expect(told).toEqual([]);
  await nextTurn();
  queue.add(speaks('cyd'));
  await nextTurn();
  expect(told).toEqual([[speaks('ada'), speaks('ben')], [speaks('cyd')]]);
});

test('whoever has something else to tell lets what happened before go first', async () => {
  const told: WorkerEvent[][] = [];
  const queue = new EventQueue((events) => told.push(events));
  queue.add(speaks('ada'));
  queue.flush();
  expect(told).toEqual([[speaks('ada')]]);
  await nextTurn();
  expect(told).toHaveLength(1);
});
