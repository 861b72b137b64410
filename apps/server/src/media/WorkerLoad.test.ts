import type { WorkerSummary } from '@conclave/sfu';
import { expect, test } from 'vitest';
import { WorkerLoad } from './WorkerLoad.ts';

function summary(load: number, peers = 10): WorkerSummary {
  return { load, cpu: load, lag: 1, memory: 1, peers, packetsIn: 0, packetsOut: 0, rooms: [] };
}

function after(seconds: number, load: number, peers = 10) {
  const worker = new WorkerLoad();
  for (let second = 0; second < seconds; second++) worker.measured(summary(load, peers));
  return worker;
}

test('a busy worker takes newcomers into its meetings, but no further meeting', () => {
  const worker = after(20, 0.8);
  expect(worker.takesMeetings).toBe(false);
  expect(worker.takesNewcomers).toBe(true);
});

test('a worker at its limit takes nobody', () => {
  expect(after(20, 0.99).takesNewcomers).toBe(false);
  expect(after(1, 0.1, 2_000).takesNewcomers).toBe(false);
});

test('one busy second is not a busy worker', () => {
  const worker = after(20, 0.2);
  worker.measured(summary(1));
  expect(worker.takesMeetings).toBe(true);
});

test('who has just come counts before it can be measured, and for some seconds only', () => {
  const worker = after(20, 0.5);
  for (let each = 0; each < 100; each++) worker.expect();
  expect(worker.takesMeetings).toBe(false);
  for (let second = 0; second < 10; second++) worker.measured(summary(0.5));
  expect(worker.takesMeetings).toBe(true);
});

test('a successor has nothing to do', () => {
  const worker = after(20, 1);
  worker.died();
  expect(worker.takesMeetings).toBe(true);
});
