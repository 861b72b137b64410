import {
  type BreakoutModeration,
  CONTROLS,
  LIMITS,
  MeetingId,
  NO_SOURCES,
  type ParticipantId,
  SessionId,
  type SourceSet,
} from '@conclave/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breakoutViewOf } from './breakoutState.ts';
import { decide } from './decide.ts';
import type { RoomCommand } from './roomCommands.ts';
import type { Visitor } from './roomState.ts';
import { on } from './testing/commands.ts';
import { accountOf, ada, bob, cid, dan, enter, idOf, noRoom } from './testing/people.ts';
import { DIRECT_RULES, OPEN_RULES } from './testing/rules.ts';

const account = (digit: number) => ({
  accountId: accountOf(digit),
  sessionId: SessionId.parse(`00000000-0000-4000-9000-00000000000${digit}`),
});
const [one, two] = ['22222', '33333'].map((part) => MeetingId.parse(`abcde-fghjk-mnpqr-${part}`)) as [
  MeetingId,
  MeetingId,
];
const all: SourceSet = { microphone: true, camera: true, screen: true, screenAudio: true };
const people: Readonly<Record<string, Partial<Visitor>>> = {
  [ada]: { role: 'host', visitorKey: 'of ada', ...account(1) },
  [bob]: { role: 'member', visitorKey: 'of bob', ...account(2) },
  [cid]: { visitorKey: 'of cid', addressKey: 'home' },
  [dan]: { visitorKey: 'of dan', addressKey: 'office' },
};

const moderate = (by: ParticipantId, moderation: BreakoutModeration, now = 1): RoomCommand => ({
  type: 'moderate-breakout',
  by,
  moderation,
  freshIds: [one, two],
  now,
});
const open = (more: Partial<Extract<BreakoutModeration, { action: 'open-rooms' }>> = {}) =>
  moderate(ada, {
    action: 'open-rooms',
    names: ['Red', null],
    choice: false,
    assigned: [
      { participantId: bob, room: 0 },
      { participantId: cid, room: 1 },
    ],
    minutes: null,
    ...more,
  });
const give = (id: ParticipantId, roomId: MeetingId, hash = `to ${id}`, now = 2): RoomCommand => ({
  type: 'give-ticket',
  id,
  roomId,
  hash,
  now,
});
const bearerOf = (id: ParticipantId) => ({
  sessionId: people[id]?.sessionId ?? null,
  visitorKey: people[id]?.visitorKey ?? null,
  addressKey: people[id]?.addressKey ?? null,
});
const stayIn = (roomId: MeetingId, id: ParticipantId, visit = 1) => ({
  roomId,
  stayId: idOf(`s${visit}-${id.slice(0, 3)}-${roomId.slice(-2)}`),
});
const use = (
  id: ParticipantId,
  roomId: MeetingId,
  more: Partial<Extract<RoomCommand, { type: 'use-ticket' }>> = {},
): RoomCommand => ({
  type: 'use-ticket',
  hash: `to ${id}`,
  bearer: bearerOf(id),
  stay: stayIn(roomId, id),
  now: 3,
  ...more,
});

const meeting = on(
  noRoom(OPEN_RULES),
  ...[ada, bob, cid, dan].map((id) => enter(id, people[id] ?? {})),
  ...[ada, bob, cid, dan].map((id): RoomCommand => ({ type: 'set-sources', id, sources: all })),
).state;
const opened = on(meeting, open()).state;
const bobIsAway = on(opened, give(bob, one), use(bob, one)).state;

test('R37 there are none of a webinar, whose audience is told of nobody in it', () => {
  const webinar = { ...meeting, rules: { ...meeting.rules, form: 'webinar' as const } };
  expect(decide(webinar, open()).refusal).toBe('meeting.not_allowed');
});

test('R34 whoever is asked into a room gets a ticket for it and for no other, and a host for each', () => {
  const may: readonly [ParticipantId, MeetingId, string | null][] = [
    [bob, one, null],
    [bob, two, 'breakout.not_assigned'],
    [cid, two, null],
    [cid, one, 'breakout.not_assigned'],
    [dan, one, 'breakout.not_assigned'],
    [ada, one, null],
    [ada, two, null],
    [idOf('nobody'), one, 'meeting.not_here'],
  ];
  for (const [id, roomId, refusal] of may) expect(decide(opened, give(id, roomId)).refusal).toBe(refusal);
  expect(decide(meeting, give(ada, one)).refusal).toBe('breakout.not_open');
  expect(decide(opened, give(ada, meeting.meeting.id)).refusal).toBe('breakout.not_open');
  const chosen = on(meeting, open({ choice: true, assigned: [] })).state;
  for (const id of [bob, cid, dan]) expect(decide(chosen, give(id, two)).refusal).toBeNull();
});

test.each<[string, Partial<Extract<RoomCommand, { type: 'use-ticket' }>>]>([
  ['one that was made up', { hash: 'made up' }],
  ['another room', { stay: stayIn(two, bob) }],
  ['another sign-in', { bearer: { ...bearerOf(bob), sessionId: account(3).sessionId } }],
  ['nobody who is signed in', { bearer: { ...bearerOf(bob), sessionId: null } }],
  ['another browser', { bearer: { ...bearerOf(bob), visitorKey: 'of dan' } }],
  ['too late', { now: 2 + LIMITS.breakoutTicketMs }],
])('R34 a ticket leads nowhere: %s', (_, changed) => {
  const given = on(opened, give(bob, one)).state;
  expect(decide(given, use(bob, one)).refusal).toBeNull();
  const { refusal, state } = decide(given, use(bob, one, changed));
  expect(refusal).toBe('breakout.ticket_invalid');
  expect(state).toBe(given);
});

test('R34 a guest whose browser keeps no cookie is known by the address', () => {
  const given = on(opened, give(cid, two)).state;
  const bearer = { ...bearerOf(cid), visitorKey: null };
  expect(decide(given, use(cid, two, { bearer })).refusal).toBeNull();
  const elsewhere = { ...bearer, addressKey: 'office' };
  expect(decide(given, use(cid, two, { bearer: elsewhere })).refusal).toBe('breakout.ticket_invalid');
});

test('R34 a ticket works once, the next one ends it, and so does being asked elsewhere', () => {
  expect(decide(bobIsAway, use(bob, one)).refusal).toBe('breakout.ticket_invalid');
  const again = on(opened, give(bob, one, 'first'), give(bob, one, 'second')).state;
  expect(decide(again, use(bob, one, { hash: 'first' })).refusal).toBe('breakout.ticket_invalid');
  const elsewhere = on(
    opened,
    give(bob, one),
    moderate(ada, { action: 'assign-room', participantId: bob, roomId: two }),
  ).state;
  expect(decide(elsewhere, use(bob, one)).refusal).toBe('breakout.ticket_invalid');
});

test('R35 whoever is in a breakout room sends nothing here, whatever they say or are given, until they are back', () => {
  expect(bobIsAway.members.get(bob)).toMatchObject({ allowed: NO_SOURCES, sources: NO_SOURCES });
  const tried = on(
    bobIsAway,
    { type: 'set-sources', id: bob, sources: all },
    {
      type: 'moderate',
      by: ada,
      moderation: {
        action: 'hold',
        sources: ['microphone'],
        whom: { who: 'some', participantIds: [bob] },
        held: false,
      },
      now: 4,
    },
    { type: 'set-sources', id: bob, sources: all },
  ).state;
  expect(tried.members.get(bob)).toMatchObject({ allowed: NO_SOURCES, sources: NO_SOURCES });
  const back = on(tried, { type: 'return', id: bob, stayId: null });
  expect(back.state.members.get(bob)).toMatchObject({ allowed: all, sources: NO_SOURCES, breakout: null });
  expect(back.events).toContainEqual({
    type: 'breakout-over',
    stay: stayIn(one, bob),
    reason: 'moved',
  });
});

test('R35 a direct path ends when one of the two goes into a breakout room', () => {
  const pair = on(
    noRoom(DIRECT_RULES),
    enter(ada, people[ada] ?? {}),
    enter(bob, people[bob] ?? {}),
    { type: 'expire', now: 0 },
    { type: 'expire', now: 60_000 },
  ).state;
  expect(pair.direct.offer).not.toBeNull();
  const away = on(
    pair,
    open({ assigned: [{ participantId: bob, room: 0 }] }),
    give(bob, one),
    use(bob, one),
    { type: 'expire', now: 120_000 },
  ).state;
  expect(away.direct.offer).toBeNull();
});

test.each<[string, RoomCommand, string]>([
  ['leaves', { type: 'leave', id: bob, reason: 'left' }, 'left'],
  ['is signed out', { type: 'leave', id: bob, reason: 'signed-out' }, 'signed-out'],
  [
    'is removed',
    {
      type: 'moderate',
      by: ada,
      moderation: { action: 'remove', participantId: bob, ban: true },
      now: 4,
    },
    'removed',
  ],
  ['is asked elsewhere', moderate(ada, { action: 'assign-room', participantId: bob, roomId: two }), 'moved'],
  ['is asked back', moderate(ada, { action: 'assign-room', participantId: bob, roomId: null }), 'moved'],
  ['is brought back with all', moderate(ada, { action: 'close-rooms', now: true }), 'moved'],
  ['hears the end of the meeting', { type: 'end' }, 'meeting-ended'],
])('R36 whoever %s is out of the room in the same decision', (_, command, reason) => {
  const { state, events } = decide(bobIsAway, command);
  expect(events.filter(({ type }) => type === 'breakout-over')).toEqual([
    { type: 'breakout-over', stay: stayIn(one, bob), reason },
  ]);
  expect(state.members.get(bob)?.breakout ?? null).toBeNull();
});

test('R36 whoever does not come back to the meeting in time is out of the room', () => {
  const lost = on(bobIsAway, { type: 'lose-socket', id: bob, keptUntil: 50, pageClosed: false }).state;
  expect(decide(lost, { type: 'expire', now: 49 }).events).toEqual([]);
  const { events } = decide(lost, { type: 'expire', now: 50 });
  expect(events).toContainEqual({ type: 'breakout-over', stay: stayIn(one, bob), reason: 'lost' });
});

test('R36 going into another room ends the stay in the first one; word of a former stay ends nothing', () => {
  const adaIsIn = on(opened, give(ada, one), use(ada, one)).state;
  const moved = on(adaIsIn, give(ada, two, 'next'), use(ada, two, { hash: 'next' }));
  expect(moved.events).toContainEqual({
    type: 'breakout-over',
    stay: stayIn(one, ada),
    reason: 'moved',
  });
  const late = decide(moved.state, { type: 'return', id: ada, stayId: stayIn(one, ada).stayId });
  expect(late.events).toEqual([]);
  expect(late.state.members.get(ada)?.breakout).toEqual(stayIn(two, ada));
});

const orders: readonly BreakoutModeration[] = [
  { action: 'open-rooms', names: [null, null], choice: true, assigned: [], minutes: null },
  { action: 'assign-room', participantId: cid, roomId: one },
  { action: 'time-rooms', minutes: 5 },
  { action: 'close-rooms', now: false },
  { action: 'close-rooms', now: true },
];
test.each(orders)('R37 without the control breakout nobody does this: %j', (moderation) => {
  const before = moderation.action === 'open-rooms' ? meeting : opened;
  const nearly = on(before, {
    type: 'moderate',
    by: ada,
    moderation: {
      action: 'appoint',
      participantId: bob,
      controls: CONTROLS.filter((control) => control !== 'breakout'),
    },
    now: 1,
  }).state;
  for (const who of [bob, cid, idOf('nobody')])
    expect(decide(nearly, moderate(who, moderation)).refusal).toBe('meeting.not_allowed');
  expect(decide(nearly, moderate(ada, moderation)).refusal).toBeNull();
});

test('R37 a co-host moves no host', () => {
  const led = on(opened, {
    type: 'moderate',
    by: ada,
    moderation: { action: 'appoint', participantId: bob, controls: ['breakout'] },
    now: 1,
  }).state;
  const move = (participantId: ParticipantId) =>
    decide(led, moderate(bob, { action: 'assign-room', participantId, roomId: two })).refusal;
  expect([move(ada), move(bob), move(dan)]).toEqual(['meeting.not_allowed', null, null]);
});

test('R38 closing gives notice, lets nobody else go, and brings all back when it is over', () => {
  const closing = on(bobIsAway, moderate(ada, { action: 'close-rooms', now: false }, 1_000)).state;
  expect(closing.breakout).toMatchObject({ closing: true, endsAt: 1_000 + LIMITS.breakoutNoticeMs });
  expect(decide(closing, give(cid, two)).refusal).toBe('breakout.not_open');
  const later = on(closing, moderate(ada, { action: 'close-rooms', now: false }, 9_000)).state;
  expect(later.breakout?.endsAt).toBe(1_000 + LIMITS.breakoutNoticeMs);
  const over = decide(closing, { type: 'expire', now: 1_000 + LIMITS.breakoutNoticeMs });
  expect(over.state.breakout).toBeNull();
  expect(over.events).toContainEqual({ type: 'breakout-over', stay: stayIn(one, bob), reason: 'moved' });
  expect(over.events).toContainEqual({ type: 'breakout-changed', to: null });
});

test('R38 a time that was set brings all back by itself, and can be taken back', () => {
  const timed = on(bobIsAway, moderate(ada, { action: 'time-rooms', minutes: 1 }, 0)).state;
  expect(decide(timed, { type: 'expire', now: 60_000 }).state.breakout).toBeNull();
  const untimed = on(timed, moderate(ada, { action: 'time-rooms', minutes: null }, 0)).state;
  expect(decide(untimed, { type: 'expire', now: 60_000 }).state.breakout).not.toBeNull();
});

test('whoever lacks the control sees the rooms and where they are asked to, and nothing of others', () => {
  const asking = on(bobIsAway, { type: 'ask-help', id: bob, asked: true }).state;
  const viewOf = (id: ParticipantId) => {
    const member = asking.members.get(id);
    return member === undefined ? null : breakoutViewOf(asking, member, 0);
  };
  expect(viewOf(cid)).toMatchObject({ own: two, assigned: [], help: [] });
  expect(viewOf(ada)).toMatchObject({ own: null, help: [bob] });
  expect(viewOf(ada)?.assigned).toHaveLength(2);
  expect(decide(opened, { type: 'ask-help', id: bob, asked: true }).refusal).toBe('breakout.not_open');
});

/** Commands of every kind, by everybody, in any order: most of them are refused. */
const anyId = fc.constantFrom(ada, bob, cid, dan);
const anyRoom = fc.constantFrom(one, two);
const anyCommand: fc.Arbitrary<RoomCommand> = fc.oneof(
  anyId.map((by) =>
    moderate(by, {
      action: 'open-rooms',
      names: [null, null],
      choice: false,
      assigned: [{ participantId: bob, room: 0 }],
      minutes: null,
    }),
  ),
  fc
    .tuple(anyId, anyId, fc.option(anyRoom))
    .map(([by, participantId, roomId]) => moderate(by, { action: 'assign-room', participantId, roomId })),
  fc.tuple(anyId, fc.boolean()).map(([by, now]) => moderate(by, { action: 'close-rooms', now })),
  fc.tuple(anyId, anyRoom).map(([id, roomId]) => give(id, roomId)),
  fc
    .tuple(anyId, anyRoom, fc.integer({ min: 1, max: 3 }))
    .map(([id, roomId, visit]) => use(id, roomId, { stay: stayIn(roomId, id, visit) })),
  anyId.map((id): RoomCommand => ({ type: 'return', id, stayId: null })),
  anyId.map((id): RoomCommand => ({ type: 'set-sources', id, sources: all })),
  anyId.map((id): RoomCommand => ({ type: 'leave', id, reason: 'left' })),
  fc.tuple(anyId, anyId).map(
    ([by, participantId]): RoomCommand => ({
      type: 'moderate',
      by,
      moderation: { action: 'remove', participantId, ban: false },
      now: 1,
    }),
  ),
);

test('R35, R36 in whatever order: nobody sends here who is elsewhere, and each stay that ends is said once', () => {
  fc.assert(
    fc.property(fc.array(anyCommand, { maxLength: 40 }), (commands) => {
      let state = opened;
      const inside = new Map<string, MeetingId>();
      for (const command of commands) {
        const asked = state.breakout?.assigned;
        const { state: next, events, refusal } = decide(state, command);
        for (const event of events) {
          if (event.type === 'breakout-over') expect(inside.delete(event.stay.stayId)).toBe(true);
        }
        if (command.type === 'use-ticket' && refusal === null) {
          inside.set(command.stay.stayId, command.stay.roomId);
          const [id] = [...next.members].find(([, one]) => one.breakout === command.stay) ?? [];
          expect(id === ada || asked?.get(id as ParticipantId) === command.stay.roomId).toBe(true);
        }
        const away = [...next.members.values()].flatMap(({ breakout }) => breakout ?? []);
        expect(new Map(away.map(({ stayId, roomId }) => [stayId, roomId]))).toEqual(inside);
        for (const member of next.members.values()) {
          if (member.breakout === null) continue;
          expect(member).toMatchObject({ allowed: NO_SOURCES, sources: NO_SOURCES });
        }
        if (next.breakout === null) expect(inside.size).toBe(0);
        state = next;
      }
    }),
  );
});
