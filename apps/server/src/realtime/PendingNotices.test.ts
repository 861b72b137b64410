import { LIMITS, MeetingId } from '@conclave/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Room } from '../rooms/Room.ts';
import { RoomRegistry } from '../rooms/RoomRegistry.ts';
import { beginning } from '../rooms/testing/people.ts';
import { PendingNotices } from './PendingNotices.ts';

const wait = LIMITS.groupPendingBatchMs;
let told: Room[];
let notices: PendingNotices;
const rooms = new RoomRegistry();
const room = rooms.open(MeetingId.parse('abcde-fghjk-mnpqr-stuvw'), beginning());
const other = rooms.open(MeetingId.parse('22222-22222-22222-22222'), beginning());

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  notices = new PendingNotices((one) => told.push(one));
});
afterEach(() => {
  notices[Symbol.dispose]();
  vi.useRealTimers();
});

test('the first is told at once, those that follow in one when it is no longer young', () => {
  notices.change(room, false);
  expect(told).toEqual([room]);
  for (let count = 0; count < 10; count++) notices.change(room, false);
  vi.advanceTimersByTime(wait - 1);
  expect(told).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(told).toHaveLength(2);
  notices.change(room, false);
  expect(told).toHaveLength(2);
  vi.advanceTimersByTime(wait);
  expect(told).toHaveLength(3);
  vi.advanceTimersByTime(10 * wait);
  expect(told).toHaveLength(3);
  notices.change(room, false);
  expect(told).toHaveLength(4);
});

test('what is urgent is told at once, with all that was held back', () => {
  notices.change(room, false);
  notices.change(room, false);
  vi.advanceTimersByTime(wait / 2);
  notices.change(room, true);
  expect(told).toHaveLength(2);
  vi.advanceTimersByTime(10 * wait);
  expect(told).toHaveLength(2);
});

test('no room waits for another one, and nothing is told after the end', () => {
  notices.change(room, false);
  notices.change(other, false);
  expect(told).toEqual([room, other]);
  notices.change(room, false);
  notices[Symbol.dispose]();
  vi.advanceTimersByTime(10 * wait);
  expect(told).toHaveLength(2);
  expect(vi.getTimerCount()).toBe(0);
});
