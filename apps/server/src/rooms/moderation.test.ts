import {
  COHOST_CONTROLS,
  CONTROLS,
  type Control,
  type ModeratedSource,
  NO_SOURCES,
  type OrderModeration,
  type ParticipantId,
  type SourceSet,
  type Whom,
} from '@conclave/protocol';
import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import type { RoomCommand } from './roomCommands.ts';
import type { RoomState } from './roomState.ts';
import { on } from './testing/commands.ts';
import { accountOf, ada, bob, cid, dan, enter, eve, idOf, noRoom } from './testing/people.ts';
import { OPEN_RULES } from './testing/rules.ts';

const all: SourceSet = { microphone: true, camera: true, screen: true, screenAudio: true };
const everybody: Whom = { who: 'all', except: [] };
const only = (...participantIds: ParticipantId[]): Whom => ({ who: 'some', participantIds });

const by = (who: ParticipantId, moderation: OrderModeration): RoomCommand => ({
  type: 'moderate',
  by: who,
  moderation,
  now: 1,
});
const say = (id: ParticipantId, sources: SourceSet): RoomCommand => ({ type: 'set-sources', id, sources });
/** Ada is the host, Bob a co-host with what co-hosts usually have, Cid a member, Dan and Eve guests; all send everything. */
const room = on(
  noRoom(OPEN_RULES),
  enter(ada, { role: 'host', accountId: accountOf(1) }),
  enter(bob, { role: 'member', accountId: accountOf(2) }),
  enter(cid, { role: 'member', accountId: accountOf(3) }),
  enter(dan, { visitorKey: 'of dan' }),
  enter(eve, { visitorKey: 'of eve' }),
  by(ada, { action: 'appoint', participantId: bob, controls: [...COHOST_CONTROLS] }),
  ...[ada, bob, cid, dan, eve].map((id) => say(id, all)),
).state;
const sourcesOf = (state: RoomState, id: ParticipantId) => state.members.get(id)?.sources;
const allowedOf = (state: RoomState, id: ParticipantId) => state.members.get(id)?.allowed;

const orders: readonly [Control, OrderModeration][] = [
  ['media', { action: 'stop', sources: ['microphone'], whom: only(dan) }],
  ['media', { action: 'hold', sources: ['camera'], whom: everybody, held: true }],
  ['remove', { action: 'remove', participantId: dan, ban: false }],
  ['lock', { action: 'lock', locked: true }],
  ['spotlight', { action: 'spotlight', participantIds: [dan] }],
  ['chat', { action: 'chat', chat: 'off' }],
  ['lock', { action: 'secure' }],
  ['media', { action: 'secure' }],
  ['appoint', { action: 'appoint', participantId: cid, controls: [] }],
  ['end', { action: 'end' }],
];

test.each(orders)('R25 without the control %s nobody does this: %j', (control, moderation) => {
  const lacking = on(
    room,
    by(ada, { action: 'appoint', participantId: cid, controls: CONTROLS.filter((one) => one !== control) }),
  ).state;
  expect(decide(lacking, by(cid, moderation)).refusal).toBe('meeting.not_allowed');
  for (const who of [dan, idOf('nobody')])
    expect(decide(room, by(who, moderation)).refusal).toBe('meeting.not_allowed');
  expect(decide(room, by(ada, moderation)).refusal).toBeNull();
});

test('R25 nobody rules over a host, and hosts alone over co-hosts', () => {
  const ways = (id: ParticipantId): OrderModeration[] => [
    { action: 'stop', sources: ['microphone'], whom: only(id) },
    { action: 'hold', sources: ['microphone'], whom: only(id), held: true },
    { action: 'remove', participantId: id, ban: true },
    { action: 'appoint', participantId: id, controls: [] },
  ];
  const full = on(room, by(ada, { action: 'appoint', participantId: cid, controls: [...CONTROLS] })).state;
  for (const moderation of ways(ada))
    expect(decide(full, by(cid, moderation)).refusal).toBe('meeting.not_allowed');
  for (const moderation of ways(bob))
    expect(decide(full, by(cid, moderation)).refusal).toBe('meeting.not_allowed');
  expect(decide(full, by(ada, { action: 'remove', participantId: bob, ban: false })).refusal).toBeNull();
  expect(decide(full, by(ada, { action: 'remove', participantId: ada, ban: false })).refusal).toBe(
    'meeting.not_allowed',
  );
});

test('R25 one who may not be ruled makes it refused for all who are named', () => {
  const { refusal, state } = decide(
    room,
    by(bob, { action: 'stop', sources: ['microphone'], whom: only(dan, ada) }),
  );
  expect(refusal).toBe('meeting.not_allowed');
  expect(sourcesOf(state, dan)).toEqual(all);
});

test.each<ModeratedSource>(['microphone', 'camera', 'screen'])(
  'R26 a stopped %s is off at once, and on only after its client has said that it is off',
  (source) => {
    const stopped = decide(room, by(ada, { action: 'stop', sources: [source], whom: only(dan) }));
    const off = { ...all, [source]: false, ...(source === 'screen' && { screenAudio: false }) };
    expect(sourcesOf(stopped.state, dan)).toEqual(off);
    expect(stopped.events).toContainEqual({
      type: 'moderated',
      to: dan,
      what: 'stopped',
      sources: [source],
      by: ada,
    });
    // What was under way when it was stopped undoes nothing.
    const late = on(stopped.state, say(dan, all)).state;
    expect(sourcesOf(late, dan)).toEqual(off);
    const again = on(late, say(dan, off), say(dan, all)).state;
    expect(sourcesOf(again, dan)).toEqual(all);
  },
);

test('R26 of all, or of all but some, those are stopped who are neither host nor co-host', () => {
  const stopped = on(
    room,
    by(bob, { action: 'stop', sources: ['microphone'], whom: { who: 'all', except: [eve] } }),
  ).state;
  expect([ada, bob, cid, dan, eve].map((id) => sourcesOf(stopped, id)?.microphone)).toEqual([
    true,
    true,
    false,
    false,
    true,
  ]);
});

test('R27 what is held for all holds for whoever comes later, and is given back one by one or to all', () => {
  const hold = (held: boolean, whom: Whom = everybody): OrderModeration => ({
    action: 'hold',
    sources: ['screen'],
    whom,
    held,
  });
  const held = on(room, by(ada, hold(true))).state;
  expect([ada, bob, cid, dan].map((id) => allowedOf(held, id)?.screen)).toEqual([true, true, false, false]);
  const late = on(held, enter(idOf('late'))).state;
  expect(allowedOf(late, idOf('late'))).toMatchObject({ screen: false, screenAudio: false, camera: true });
  const given = on(late, by(ada, hold(false, only(dan))));
  expect(allowedOf(given.state, dan)?.screen).toBe(true);
  expect(sourcesOf(given.state, dan)?.screen).toBe(false);
  expect(given.events).toContainEqual({
    type: 'moderated',
    to: dan,
    what: 'given',
    sources: ['screen'],
    by: ada,
  });
  const free = on(given.state, by(ada, hold(false))).state;
  expect([...free.members.values()].every(({ allowed }) => allowed.screen)).toBe(true);
  // Held once more, the one it was given to before is held like all others.
  expect(allowedOf(on(free, by(ada, hold(true))).state, dan)?.screen).toBe(false);
});

test('R27 whoever is left out of an order for all stays as they were', () => {
  const whom: Whom = { who: 'all', except: [dan] };
  const held = on(room, by(ada, { action: 'hold', sources: ['microphone'], whom, held: true })).state;
  expect([cid, dan, eve].map((id) => allowedOf(held, id)?.microphone)).toEqual([false, true, false]);
  expect(sourcesOf(held, dan)?.microphone).toBe(true);
});

test('R27 one person alone is held, and what others may is not touched', () => {
  const held = on(
    room,
    by(ada, { action: 'hold', sources: ['microphone'], whom: only(dan), held: true }),
  ).state;
  expect([cid, dan, eve].map((id) => allowedOf(held, id)?.microphone)).toEqual([true, false, true]);
  expect(sourcesOf(on(held, say(dan, NO_SOURCES), say(dan, all)).state, dan)?.microphone).toBe(false);
});

test('R28 nobody gives a control that they lack, and nobody without an account gets one', () => {
  const appointing = on(
    room,
    by(ada, { action: 'appoint', participantId: bob, controls: ['appoint', 'admit'] }),
  ).state;
  const appoint = (id: ParticipantId, controls: Control[]) =>
    by(bob, { action: 'appoint', participantId: id, controls });
  expect(decide(appointing, appoint(cid, ['remove'])).refusal).toBe('meeting.not_allowed');
  const given = on(appointing, appoint(cid, ['admit']));
  expect(given.state.members.get(cid)).toMatchObject({ role: 'cohost', controls: ['admit'] });
  expect(decide(room, by(ada, { action: 'appoint', participantId: dan, controls: ['admit'] })).refusal).toBe(
    'meeting.not_allowed',
  );
});

test('R28 a co-host is one by another device too, and no longer when it is taken back', () => {
  const gone = on(room, { type: 'leave', id: bob, reason: 'left' }).state;
  const back = on(gone, enter(idOf('bob-again'), { role: 'member', accountId: accountOf(2) })).state;
  expect(back.members.get(idOf('bob-again'))).toMatchObject({ role: 'cohost', controls: COHOST_CONTROLS });
  const dismissed = on(back, by(ada, { action: 'appoint', participantId: idOf('bob-again'), controls: [] }));
  expect(dismissed.state.members.get(idOf('bob-again'))).toMatchObject({ role: 'member', controls: [] });
  expect(dismissed.events).toContainEqual(expect.objectContaining({ type: 'moderated', what: 'dismissed' }));
});

test('securing a meeting is one step: locked, silent, dark, and no chat', () => {
  const { state, events } = decide(room, by(bob, { action: 'secure' }));
  expect(state.orders).toEqual({
    live: false,
    locked: true,
    held: { microphone: true, camera: true, screen: true },
    chat: 'off',
    spotlight: [],
  });
  for (const id of [cid, dan, eve]) expect(sourcesOf(state, id)).toEqual(NO_SOURCES);
  for (const id of [ada, bob]) expect(sourcesOf(state, id)).toEqual(all);
  expect(events.filter(({ type }) => type === 'ordered').length).toBeGreaterThan(0);
});

test('the room stays in its safe state when its host goes', () => {
  const secured = on(room, by(ada, { action: 'secure' }), { type: 'leave', id: ada, reason: 'left' }).state;
  expect(secured.orders.locked).toBe(true);
  expect(allowedOf(secured, dan)?.microphone).toBe(false);
  // And a co-host goes on.
  expect(decide(secured, by(bob, { action: 'lock', locked: false })).refusal).toBeNull();
});

test('nobody stays in the light who has gone, and whoever is not here does not come into it', () => {
  const lit = on(room, by(ada, { action: 'spotlight', participantIds: [dan, cid] })).state;
  expect(on(lit, { type: 'leave', id: dan, reason: 'left' }).state.orders.spotlight).toEqual([cid]);
  expect(decide(room, by(ada, { action: 'spotlight', participantIds: [idOf('nobody')] })).refusal).toBe(
    'meeting.not_here',
  );
});

test('the end is for everybody, those at the door among them', () => {
  const waiting = on({ ...room, rules: { ...OPEN_RULES, straightIn: 'nobody' } }, enter(idOf('late'))).state;
  const { state, events } = decide(waiting, by(ada, { action: 'end' }));
  expect([state.members.size, state.lobby.size]).toEqual([0, 0]);
  expect(events.filter(({ type }) => type === 'left')).toHaveLength(5);
  expect(events).toContainEqual(expect.objectContaining({ type: 'knock-over', reason: 'meeting-ended' }));
});

test('a report reaches those who can do something, about somebody who is here', () => {
  const report = (id: ParticipantId): RoomCommand => ({ type: 'report', by: dan, id, reason: 'spam' });
  expect(decide(room, report(eve)).events).toEqual([{ type: 'reported', id: eve, by: dan, reason: 'spam' }]);
  expect(decide(room, report(idOf('nobody'))).refusal).toBe('meeting.not_here');
  expect(decide(room, report(dan)).refusal).toBe('meeting.not_here');
});

test('R26 the sound of a screen is no way round: alone it is not taken in, and it ends with the screen', () => {
  const sound = { ...NO_SOURCES, screenAudio: true };
  expect(sourcesOf(on(room, say(dan, NO_SOURCES), say(dan, sound)).state, dan)).toEqual(NO_SOURCES);
  const stop = by(ada, { action: 'stop', sources: ['screen'], whom: everybody });
  const state = on(
    room,
    say(dan, { ...sound, screen: true }),
    stop,
    say(dan, { ...sound, screen: true }),
  ).state;
  expect(sourcesOf(state, dan)).toEqual(NO_SOURCES);
});

test('R27 who was held is held when they come again, and in their other tab', () => {
  const hold = by(ada, { action: 'hold', sources: ['microphone'], whom: only(dan), held: true });
  const tab = on(room, enter(idOf('tab'), { visitorKey: 'of dan' }), hold).state;
  expect(allowedOf(tab, idOf('tab'))?.microphone).toBe(false);
  const again = on(
    room,
    hold,
    { type: 'leave', id: dan, reason: 'left' },
    enter(idOf('back'), { visitorKey: 'of dan' }),
  ).state;
  expect(allowedOf(again, idOf('back'))?.microphone).toBe(false);
  expect(allowedOf(again, eve)?.microphone).toBe(true);
});

test('R28 what was said in the meeting of a co-host counts before what is kept of others', () => {
  const cohosts = new Map([[accountOf(2), COHOST_CONTROLS]]);
  const dismissed = on(
    room,
    { type: 'set-cohosts', cohosts, now: 0 },
    by(ada, { action: 'appoint', participantId: bob, controls: [] }),
    { type: 'set-cohosts', cohosts: new Map([...cohosts, [accountOf(3), ['admit'] as const]]), now: 0 },
  ).state;
  expect(dismissed.members.get(bob)).toMatchObject({ role: 'member', controls: [] });
  expect(dismissed.members.get(cid)).toMatchObject({ role: 'cohost', controls: ['admit'] });
});

test('R25 removing somebody puts no co-host out who shares a browser with them, and nobody themselves', () => {
  const shared = on(
    room,
    enter(idOf('other'), { role: 'member', accountId: accountOf(4), visitorKey: 'shared' }),
    by(ada, { action: 'appoint', participantId: idOf('other'), controls: ['remove'] }),
    enter(idOf('guest'), { visitorKey: 'shared' }),
    by(bob, { action: 'remove', participantId: idOf('guest'), ban: false }),
  ).state;
  expect(shared.members.has(idOf('other'))).toBe(true);
  expect(shared.members.has(idOf('guest'))).toBe(false);
});

test('what could not be kept at first is kept when it is said once more', () => {
  const remove = by(ada, { action: 'remove', participantId: dan, ban: true });
  const again = on(room, remove, remove);
  expect(again.refusal).toBeNull();
  expect(again.events).toEqual([
    { type: 'removed', removal: expect.objectContaining({ id: dan, lasting: true }), by: ada },
  ]);
});
