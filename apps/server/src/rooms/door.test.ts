import { CONTROLS, LIMITS, type MeetingRules, type ParticipantId } from '@conclave/protocol';
import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import type { RoomCommand } from './roomCommands.ts';
import type { Visitor } from './roomState.ts';
import { on, run } from './testing/commands.ts';
import { account, guest, host, invitation, invited, member } from './testing/door.ts';
import { ada, bob, cid, dan, enter, idOf } from './testing/people.ts';
import { FIRST_RULES } from './testing/rules.ts';

const admit = (by: ParticipantId, ...ids: readonly ParticipantId[]): RoomCommand => ({
  type: 'admit',
  by,
  admissions: new Map(ids.map((id) => [id, `signed for ${id}`])),
  now: 5,
});
const remove = (by: ParticipantId, participantId: ParticipantId, ban = false): RoomCommand => ({
  ...{ type: 'moderate', by, now: 6 },
  moderation: { action: 'remove', participantId, ban },
});
const lock = (by: ParticipantId, locked = true): RoomCommand => ({
  ...{ type: 'moderate', by, now: 6 },
  moderation: { action: 'lock', locked },
});

type Outcome = 'inside' | 'waits' | 'meeting.members_only';
const outcomes: readonly [MeetingRules['straightIn'], MeetingRules['guests'], ...Outcome[]][] = [
  // straightIn, guests, host, member, invited, guest
  ['everybody', 'allowed', 'inside', 'inside', 'inside', 'inside'],
  ['organisation', 'allowed', 'inside', 'inside', 'inside', 'waits'],
  ['invited', 'allowed', 'inside', 'waits', 'inside', 'waits'],
  ['nobody', 'allowed', 'inside', 'waits', 'waits', 'waits'],
  ['everybody', 'refused', 'inside', 'inside', 'meeting.members_only', 'meeting.members_only'],
  ['organisation', 'refused', 'inside', 'inside', 'meeting.members_only', 'meeting.members_only'],
  ['invited', 'refused', 'inside', 'waits', 'meeting.members_only', 'meeting.members_only'],
  ['nobody', 'refused', 'inside', 'waits', 'meeting.members_only', 'meeting.members_only'],
];

test.each(outcomes)('R20 where %s comes straight in and guests are %s', (straightIn, guests, ...expected) => {
  const came = [host, member, invited, guest].map((who) => {
    const { state, refusal } = run({ ...FIRST_RULES, straightIn, guests }, enter(ada, who));
    if (refusal !== null) return refusal;
    return state.members.has(ada) ? 'inside' : state.lobby.has(ada) ? 'waits' : 'nowhere';
  });
  expect(came).toEqual(expected);
});

test('R20 whoever waits is in no list, no group and takes no place', () => {
  const { state, events } = run(FIRST_RULES, enter(ada, host), enter(bob, guest));
  expect(events).toEqual([
    { type: 'knocked', knock: expect.objectContaining({ id: bob, identity: 'self-declared' }) },
  ]);
  expect([...state.members.keys()]).toEqual([ada]);
  expect([...state.group.seats.keys()]).toEqual([ada]);
});

test('R21 a host’s word leads inside, with what they have signed, into the group as well', () => {
  const { state, events } = run(FIRST_RULES, enter(ada, host), enter(bob, guest), admit(ada, bob));
  expect(state.lobby.size).toBe(0);
  expect(state.members.get(bob)).toMatchObject({ entry: 'admitted', admission: `signed for ${bob}` });
  expect(state.group.seats.get(bob)?.status).toBe('waiting');
  expect(events.map(({ type }) => type)).toEqual(['knock-over', 'joined', 'group-pending']);
});

test('R21 nobody else’s word does: not a member’s, not that of somebody who waits or has gone', () => {
  const before = run(
    FIRST_RULES,
    enter(ada, host),
    enter(bob, member),
    enter(cid, guest),
    enter(dan, guest),
  ).state;
  const gone = on(before, { type: 'leave', id: ada, reason: 'left' }).state;
  for (const [state, by] of [
    [before, bob],
    [before, dan],
    [gone, ada],
  ] as const) {
    expect(decide(state, admit(by, cid)).refusal).toBe('meeting.not_allowed');
    expect(decide(state, { type: 'turn-away', by, id: cid, whom: 'one', ban: false, now: 0 }).refusal).toBe(
      'meeting.not_allowed',
    );
  }
});

test('R21 a co-host lets in with the control for it, and with no other', () => {
  const appoint = (controls: readonly (typeof CONTROLS)[number][]): RoomCommand => ({
    ...{ type: 'moderate', by: ada, now: 0 },
    moderation: { action: 'appoint', participantId: bob, controls: [...controls] },
  });
  const before = run(FIRST_RULES, enter(ada, host), enter(bob, member), enter(cid, guest)).state;
  const others = on(before, appoint(CONTROLS.filter((control) => control !== 'admit'))).state;
  expect(decide(others, admit(bob, cid)).refusal).toBe('meeting.not_allowed');
  expect(decide(on(others, appoint(['admit'])).state, admit(bob, cid)).refusal).toBeNull();
});

test('a room that is full lets in none of those who were named, and says so', () => {
  const rules = { ...FIRST_RULES, participants: 2 };
  const before = run(rules, enter(ada, host), enter(bob, guest), enter(cid, { visitorKey: 'other' })).state;
  const all = decide(before, admit(ada, bob, cid));
  expect(all.refusal).toBe('meeting.full');
  expect(decide(before, admit(ada, cid)).refusal).toBeNull();
});

test('those who wait are told whether somebody is there who can let them in', () => {
  const waiting = run(FIRST_RULES, enter(bob, guest)).state;
  const came = on(waiting, enter(ada, host));
  expect(came.events).toContainEqual({ type: 'host-presence', present: true });
  const lost = on(came.state, { type: 'lose-socket', id: ada, keptUntil: 30_000, pageClosed: false });
  expect(lost.events).toContainEqual({ type: 'host-presence', present: false });
});

test('nobody’s place is kept at the door, and nobody waits for ever', () => {
  const waiting = run(FIRST_RULES, enter(bob, guest)).state;
  const lost = on(waiting, { type: 'lose-socket', id: bob, keptUntil: 30_000, pageClosed: false });
  expect(lost.state.lobby.size).toBe(0);
  const late = on(waiting, { type: 'expire', now: LIMITS.lobbyMs });
  expect(late.events).toEqual([expect.objectContaining({ type: 'knock-over', reason: 'waited-too-long' })]);
});

test('one browser fills no lobby, and a full one says so', () => {
  const tabs = ['t1', 't2', 't3', 't4'].map((tab) => enter(idOf(tab), guest));
  expect(run(FIRST_RULES, ...tabs).refusal).toBe('meeting.knocked_too_often');
  const people = Array.from({ length: LIMITS.lobby + 1 }, (_, index) =>
    enter(idOf(`n${index}-`), { visitorKey: `browser ${index}` }),
  );
  expect(run(FIRST_RULES, ...people).refusal).toBe('meeting.lobby_full');
});

test('one address does not fill the lobby, and whoever was turned away is heard again a minute later', () => {
  const office = Array.from({ length: 221 }, (_, index) =>
    enter(idOf(`n${index}-`), { visitorKey: `browser ${index}`, addressKey: '192.0.2.1' }),
  );
  expect(run(FIRST_RULES, ...office).refusal).toBe('meeting.lobby_full');
  const elsewhere = enter(cid, { visitorKey: 'elsewhere', addressKey: '198.51.100.7' });
  expect(run(FIRST_RULES, ...office.slice(1), elsewhere).refusal).toBeNull();
  const turnAway: RoomCommand = { type: 'turn-away', by: ada, id: bob, whom: 'one', ban: false, now: 1_000 };
  const away = run(FIRST_RULES, enter(ada, host), enter(bob, guest), turnAway).state;
  expect(decide(away, enter(cid, guest, { now: 60_000 })).refusal).toBe('meeting.knocked_too_often');
  expect(decide(away, enter(cid, { visitorKey: 'another' }, { now: 60_000 })).refusal).toBeNull();
  expect(decide(away, enter(cid, guest, { now: 61_000 })).refusal).toBeNull();
});

const known: readonly [string, Partial<Visitor>, Partial<Visitor>][] = [
  ['the same account from another browser', member, { ...member, visitorKey: 'another' }],
  ['the same invitation from another browser', invited, { ...invited, visitorKey: 'another' }],
  ['the same browser under another name', guest, { visitorKey: 'browser', name: 'Somebody else' }],
  ['the same browser with an account now', guest, { ...member, visitorKey: 'browser' }],
  [
    'another browser at the same address, with the passcode alone',
    guest,
    { ...guest, visitorKey: 'another' },
  ],
];

test.each(known)('R22 who was removed does not come back: %s', (_, first, again) => {
  const rules = { ...FIRST_RULES, straightIn: 'everybody' } as const;
  for (const ban of [false, true]) {
    const out = run(rules, enter(ada, host), enter(bob, first), remove(ada, bob, ban));
    expect(out.events).toContainEqual(expect.objectContaining({ type: 'left', reason: 'removed' }));
    expect(decide(out.state, enter(cid, again)).refusal).toBe('meeting.banned');
    const pardoned = on(out.state, {
      ...{ type: 'moderate', by: ada, now: 7 },
      moderation: { action: 'let-back', participantId: bob },
    });
    expect(decide(pardoned.state, enter(cid, again)).refusal).toBeNull();
  }
});

test('R22 an address keeps out nobody who is known otherwise, and a stranger elsewhere waits from then on', () => {
  const rules = { ...FIRST_RULES, straightIn: 'everybody' } as const;
  const out = run(rules, enter(ada, host), enter(bob, guest), remove(ada, bob)).state;
  const colleague = on(out, enter(cid, { ...member, addressKey: '192.0.2.1' }));
  expect(colleague.state.members.has(cid)).toBe(true);
  const stranger = on(out, enter(dan, { visitorKey: 'far away', addressKey: '198.51.100.7' }));
  expect(stranger.state.lobby.has(dan)).toBe(true);
});

test('R22 their other tabs go too, and what they had at the door', () => {
  const second = { ...guest };
  const out = run(
    { ...FIRST_RULES, straightIn: 'everybody' },
    enter(ada, { ...host, visitorKey: 'browser' }),
    enter(bob, guest),
    enter(cid, second),
    remove(ada, bob),
  );
  // A host who shares a browser with them stays.
  expect([...out.state.members.keys()]).toEqual([ada]);
});

test('R22 an invitation that is taken back ends a stay and a wait', () => {
  const uninvite: RoomCommand = { type: 'uninvite', invitationId: invitation };
  const inside = run(
    { ...FIRST_RULES, straightIn: 'invited' },
    enter(ada, host),
    enter(bob, invited),
    uninvite,
  );
  expect(inside.events).toContainEqual(expect.objectContaining({ type: 'left', reason: 'uninvited' }));
  const waiting = run({ ...FIRST_RULES, straightIn: 'nobody' }, enter(bob, invited), uninvite);
  expect(waiting.events).toEqual([expect.objectContaining({ type: 'knock-over', reason: 'uninvited' })]);
});

test('R23 into a locked meeting come hosts, and whom they let in who waited already', () => {
  const before = run(FIRST_RULES, enter(ada, host), enter(bob, guest), lock(ada)).state;
  for (const who of [member, guest, invited])
    expect(decide(before, enter(cid, who)).refusal).toBe('meeting.locked');
  expect(decide(before, enter(dan, host)).refusal).toBeNull();
  expect(decide(before, admit(ada, bob)).refusal).toBeNull();
  expect(decide(on(before, lock(ada, false)).state, enter(cid, member)).refusal).toBeNull();
});

test('R23 whoever is inside and has lost the connection comes back into a locked meeting', () => {
  const away = run(FIRST_RULES, enter(ada, host), enter(bob, member), lock(ada), {
    type: 'lose-socket',
    id: bob,
    keptUntil: 30_000,
    pageClosed: true,
  }).state;
  const back = decide(away, {
    ...{ type: 'resume', resumeHash: `of ${bob}`, nextHash: 'next' },
    claim: { kind: 'new', keyPackage: 'AAAA', introduction: null },
  });
  expect(back.refusal).toBeNull();
});

test('R24 a host comes into a meeting that is full for others, by a second device too', () => {
  const rules = { ...FIRST_RULES, participants: 2, straightIn: 'everybody' } as const;
  const full = run(rules, enter(bob, guest), enter(cid, { visitorKey: 'other' })).state;
  expect(decide(full, enter(dan, { visitorKey: 'third' })).refusal).toBe('meeting.full');
  const first = on(full, enter(ada, host));
  expect(first.refusal).toBeNull();
  expect(on(first.state, enter(idOf('ada 2'.replace(' ', '-')), host)).refusal).toBeNull();
});

test('rules that let somebody in who waits let them in at once, and those that refuse them say so', () => {
  const waiting = run(FIRST_RULES, enter(ada, host), enter(bob, guest)).state;
  const open = on(waiting, { type: 'set-rules', now: 9, rules: { ...FIRST_RULES, straightIn: 'everybody' } });
  expect(open.state.members.get(bob)).toMatchObject({ entry: 'passcode', joinedAt: 9 });
  const closed = on(waiting, { type: 'set-rules', now: 9, rules: { ...FIRST_RULES, guests: 'refused' } });
  expect(closed.events).toContainEqual(
    expect.objectContaining({ type: 'knock-over', reason: 'members-only' }),
  );
});

const open = { ...FIRST_RULES, straightIn: 'everybody' } as const;
const same = { addressKey: '192.0.2.1' };

test.each<[string, Partial<Visitor>]>([
  ['somebody with an account', { ...member, ...same, visitorKey: 'usual' }],
  ['somebody with an invitation', { ...invited, ...same, visitorKey: 'usual' }],
])('R22 %s who was removed does not come back with the passcode alone from a private window', (_, who) => {
  const out = run(open, enter(ada, host), enter(bob, who), remove(ada, bob, true)).state;
  expect(decide(out, enter(cid, { ...same, visitorKey: 'private' })).refusal).toBe('meeting.banned');
  // On another network nobody knows whether it is them: they wait.
  expect(on(out, enter(dan, { visitorKey: 'elsewhere' })).state.lobby.has(dan)).toBe(true);
});

test('R22 what they have at the door in another browser goes too, and is let in by nobody', () => {
  const waiting = run(
    FIRST_RULES,
    enter(ada, host),
    enter(bob, guest),
    enter(cid, { ...guest, visitorKey: 'other' }),
  );
  const out = on(waiting.state, admit(ada, bob), remove(ada, bob)).state;
  expect(out.lobby.size).toBe(0);
});

test('R15, R22 the id of a stay that was ended is nobody’s any more', () => {
  const out = run(open, enter(ada, host), enter(bob, guest), remove(ada, bob, true)).state;
  const forgotten = { ...out, group: { ...out.group, usedIds: new Set<ParticipantId>() } };
  expect(decide(forgotten, enter(bob, member)).refusal).toBe('meeting.id_taken');
});

test('an invitation is one person’s: beyond a few browsers whoever comes with it waits', () => {
  const rules = { ...FIRST_RULES, straightIn: 'invited' } as const;
  const four = ['i1', 'i2', 'i3', 'i4'].map((name) => enter(idOf(name), { ...invited, visitorKey: name }));
  const { state } = run(rules, ...four);
  expect([state.members.size, state.lobby.size]).toEqual([3, 1]);
});

test('R24 a host comes in where as many are as ever may be', () => {
  const many = Array.from({ length: LIMITS.participants }, (_, index) =>
    enter(idOf(`m${index}-`), { visitorKey: `browser ${index}` }),
  );
  const full = run(open, ...many).state;
  expect(decide(full, enter(bob, member)).refusal).toBe('meeting.full');
  expect(decide(full, enter(ada, host)).refusal).toBeNull();
});

test('whoever is made a co-host while they wait comes in as one, into a locked meeting too', () => {
  const rules = { ...FIRST_RULES, straightIn: 'nobody' } as const;
  const waiting = run(rules, enter(ada, host), enter(bob, member), lock(ada)).state;
  const cohosts = new Map([[account, ['admit'] as const]]);
  const { state } = on(waiting, { type: 'set-cohosts', cohosts, now: 3 });
  expect(state.members.get(bob)).toMatchObject({ role: 'cohost', controls: ['admit'], entry: 'host' });
});

test('another passcode ends the wait of those who know the former one', () => {
  const { state, events } = run(FIRST_RULES, enter(bob, guest), { type: 'change-passcode' });
  expect(state.lobby.size).toBe(0);
  expect(events).toEqual([expect.objectContaining({ type: 'knock-over', reason: 'new-passcode' })]);
});

test('what was ordered ends when nobody is inside, whoever still waits at the door', () => {
  const waiting = run(FIRST_RULES, enter(ada, host), enter(bob, guest), lock(ada)).state;
  const empty = on(waiting, { type: 'leave', id: ada, reason: 'left' }).state;
  expect(empty.orders.locked).toBe(false);
  expect(decide(empty, enter(cid, member)).refusal).toBeNull();
});
