import { MeetingId } from '@conclave/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Meeting, MeetingPhase } from '../meeting/types.ts';
import { State } from '../observable.ts';
import { Breakouts, GOES_AFTER_MS } from './Breakouts.ts';
import type { KnownBreakout } from './knownBreakout.ts';
import type { BreakoutNotice } from './types.ts';

const [red, blue] = ['22222', '33333'].map((part) => MeetingId.parse(`abcde-fghjk-mnpqr-${part}`)) as [
  MeetingId,
  MeetingId,
];

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

class FakeStay {
  readonly state = new State<{ phase: MeetingPhase }>({ phase: { name: 'idle' } });
  readonly join = vi.fn(async () => {});
  readonly [Symbol.asyncDispose] = vi.fn(async () => {});
  readonly roomId: string;
  constructor(roomId: string) {
    this.roomId = roomId;
  }
}

function rooms(own: MeetingId | null, more: Partial<KnownBreakout> = {}): KnownBreakout {
  const known = [red, blue].map((id) => ({ id, name: null }));
  return { rooms: known, own, choice: false, endsAt: null, closing: false, assigned: [], help: [], ...more };
}

function open() {
  const stays: FakeStay[] = [];
  const notices: BreakoutNotice[] = [];
  const turnOffMicrophone = vi.fn();
  const breakouts = new Breakouts({
    devices: { state: { get: () => ({ microphone: { on: true } }) }, turnOffMicrophone } as never,
    makeStay: (roomId) => {
      const stay = new FakeStay(roomId);
      stays.push(stay);
      return stay as unknown as Meeting;
    },
    now: () => 1_000,
  });
  breakouts.onNotice((notice) => notices.push(notice));
  return { breakouts, stays, notices, turnOffMicrophone };
}

test('whoever is asked into a room goes there by themselves after a moment, muted, and once', () => {
  const { breakouts, stays, notices, turnOffMicrophone } = open();
  breakouts.follow({ rooms: rooms(red), inRoom: null });
  expect(breakouts.state.get().asked).toEqual({ roomId: red, goesAt: 1_000 + GOES_AFTER_MS });
  expect(stays).toHaveLength(0);
  vi.advanceTimersByTime(GOES_AFTER_MS);
  expect(stays.map(({ roomId }) => roomId)).toEqual([red]);
  expect(stays[0]?.join).toHaveBeenCalledOnce();
  expect(turnOffMicrophone).toHaveBeenCalledOnce();
  expect(notices).toEqual([{ type: 'brought', muted: true }]);
  breakouts.follow({ rooms: rooms(red), inRoom: red });
  vi.advanceTimersByTime(60_000);
  expect(stays).toHaveLength(1);
});

test('whoever goes by themselves, at once or where all choose, is not muted', () => {
  const { breakouts, stays, turnOffMicrophone } = open();
  breakouts.follow({ rooms: rooms(null, { choice: true }), inRoom: null });
  expect(breakouts.state.get().asked).toBeNull();
  breakouts.go(blue);
  breakouts.follow({ rooms: rooms(blue, { choice: true }), inRoom: blue });
  expect(stays.map(({ roomId }) => roomId)).toEqual([blue]);
  expect(turnOffMicrophone).not.toHaveBeenCalled();
});

test('whoever falls out of a room is muted before the meeting hears them; whoever did not get in goes on as they were', () => {
  for (const inside of [true, false]) {
    const { breakouts, stays, notices, turnOffMicrophone } = open();
    breakouts.follow({ rooms: rooms(blue, { choice: true }), inRoom: null });
    breakouts.go(blue);
    const [stay] = stays;
    if (inside) stay?.state.set({ phase: { name: 'joined' } as MeetingPhase });
    stay?.state.set({ phase: { name: 'failed', code: 'encryption.broken' } as MeetingPhase });
    expect(turnOffMicrophone).toHaveBeenCalledTimes(inside ? 1 : 0);
    expect(notices.map(({ type }) => type)).toEqual(inside ? ['failed', 'brought'] : ['failed']);
    expect(breakouts.state.get().visit).toBeNull();
  }
});

test('one is in one room at a time: another one, the end of it, and the end of the meeting end the stay', () => {
  const { breakouts, stays, notices } = open();
  breakouts.follow({ rooms: rooms(red), inRoom: null });
  breakouts.go(red);
  breakouts.go(blue);
  expect(stays[0]?.[Symbol.asyncDispose]).toHaveBeenCalledOnce();
  expect(breakouts.state.get().visit?.roomId).toBe(blue);
  stays[1]?.state.set({ phase: { name: 'left', reason: 'moved', by: null } });
  expect(breakouts.state.get().visit).toBeNull();
  expect(notices).toEqual([{ type: 'brought', muted: true }]);
  breakouts.go(red);
  breakouts[Symbol.dispose]();
  expect(stays[2]?.[Symbol.asyncDispose]).toHaveBeenCalledOnce();
  expect(breakouts.state.get()).toEqual({ rooms: null, visit: null, asked: null });
});

test('after a reload one is back in the room at once; whoever has gone back is not taken there again', async () => {
  const { breakouts, stays } = open();
  breakouts.follow({ rooms: rooms(red), inRoom: red });
  expect(stays).toHaveLength(1);
  const request = vi.fn(async () => ({ type: 'ok' }));
  breakouts.setSignal({ request } as never);
  await breakouts.back();
  expect(request).toHaveBeenCalledWith({ type: 'breakout-leave' });
  breakouts.follow({ rooms: rooms(red), inRoom: red });
  breakouts.follow({ rooms: rooms(red), inRoom: null });
  vi.advanceTimersByTime(60_000);
  expect(stays).toHaveLength(1);
});
