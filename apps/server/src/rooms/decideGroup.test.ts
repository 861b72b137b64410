import { type GroupClaim, LIMITS, type ParticipantId } from '@conclave/protocol';
import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import { groupIdOf, groupSeatOf, pendingOf } from './groupState.ts';
import type { RoomCommand } from './roomCommands.ts';
import type { RoomEvent } from './roomEvents.ts';
import type { RoomState } from './roomState.ts';
import { ada, bob, cid, dan, enter as enterRoom, groupSeed, idOf, noRoom } from './testing/people.ts';

const first = groupIdOf(groupSeed, 1);
const second = groupIdOf(groupSeed, 2);

function enter(id: ParticipantId, keyPackage = `of_${id}`): RoomCommand {
  return enterRoom(id, { resumeHash: id }, { keyPackage });
}

function lose(id: ParticipantId, pageClosed = false): RoomCommand {
  return { type: 'lose-socket', id, keptUntil: 30_000, pageClosed };
}

function resume(id: ParticipantId, claim: GroupClaim): RoomCommand {
  return { type: 'resume', resumeHash: id, nextHash: id, claim };
}

function kept(epoch: number, groupId = first): GroupClaim {
  return { kind: 'kept', groupId, epoch };
}

/** Whoever came straight in with the passcode. */
const newcomer = (participantId: ParticipantId) => ({ participantId, entry: 'passcode', admission: null });
const leave = (id: ParticipantId): RoomCommand => ({ type: 'leave', id, reason: 'left' });
const rejoin = (id: ParticipantId, keyPackage = 'again'): RoomCommand => ({
  type: 'rejoin-group',
  id,
  keyPackage,
  introduction: null,
});

function commit(
  id: ParticipantId,
  epoch: number,
  added: readonly ParticipantId[] = [],
  removed: readonly ParticipantId[] = [],
  groupId = first,
): Extract<RoomCommand, { type: 'commit-group' }> {
  const welcome = added.length > 0 ? `welcome_${epoch}` : null;
  return { type: 'commit-group', id, groupId, epoch, commit: `${id}_${epoch}`, welcome, added, removed };
}

interface Run {
  readonly state: RoomState;
  readonly events: readonly RoomEvent[];
  readonly refusal: string | null;
}

/** @returns the last state, and what the last command did. */
function run(commands: readonly RoomCommand[], from?: RoomState): Run {
  const state = from ?? noRoom();
  let last: Run = { state, events: [], refusal: null };
  for (const command of commands) last = decide(last.state, command);
  return last;
}

function of<T extends RoomEvent['type']>({ events }: Run, type: T) {
  return events.filter((event): event is Extract<RoomEvent, { type: T }> => event.type === type);
}

/** As often as wanted: Bob comes in anew by a commit of Ada. */
function again(epoch: number): RoomCommand[] {
  return [rejoin(bob), commit(ada, epoch, [bob], [bob])];
}

/** Ada, Bob and Cid are members, in epoch 2. */
const three = run([enter(ada), enter(bob), commit(ada, 0, [bob]), enter(cid), commit(bob, 1, [cid])]).state;

test('the first one founds a group, everybody else waits and is told of to members', () => {
  const alone = run([enter(ada)]);
  expect(of(alone, 'group-founded')).toEqual([{ type: 'group-founded', id: ada, groupId: first }]);
  expect(groupSeatOf(alone.state, ada, null)).toEqual({ role: 'founder', groupId: first });
  const two = run([enter(bob)], alone.state);
  expect(groupSeatOf(two.state, bob, null)).toEqual({ role: 'waiting', groupId: first });
  expect(of(two, 'group-pending')).toEqual([{ type: 'group-pending', urgent: false }]);
  expect(pendingOf(two.state)).toEqual({
    waiting: [{ ...newcomer(bob), keyPackage: `of_${bob}` }],
    gone: [],
  });
});

test('R10 of two commits for an epoch the first is taken and relayed, the other one refused', () => {
  const waiting = run([enter(dan)], three).state;
  const won = run([commit(bob, 2, [dan])], waiting);
  expect(of(won, 'group-committed')).toMatchObject([
    { commit: { epoch: 2, commit: `${bob}_2`, from: bob }, to: [ada, cid] },
  ]);
  expect(of(won, 'group-welcomed')).toEqual([
    { type: 'group-welcomed', groupId: first, epoch: 3, welcome: 'welcome_2', from: bob, to: [dan] },
  ]);
  expect(pendingOf(won.state)).toEqual({ waiting: [], gone: [] });
  const lost = run([commit(ada, 2)], won.state);
  expect(lost).toEqual({ state: won.state, events: [], refusal: 'group.stale_epoch' });
  expect(run([commit(ada, 4)], won.state).refusal).toBe('group.stale_epoch');
});

test('R12 nobody is added who does not wait, and nobody removed who is not gone', () => {
  expect(run([commit(ada, 2, [dan])], three).refusal).toBe('group.not_pending');
  expect(run([commit(ada, 2, [bob])], three).refusal).toBe('group.not_pending');
  expect(run([commit(ada, 2, [], [bob])], three).refusal).toBe('group.not_pending');
  expect(run([leave(bob), commit(ada, 2, [], [bob])], three).refusal).toBeNull();
  expect(run([commit(ada, 2)], three).refusal).toBe('group.not_pending');
  expect(run([enter(dan), commit(ada, 2)], three).refusal).toBe('group.not_pending');
});

test('R14 who waits, who has left and who means another group neither commits, nor sends, nor acknowledges', () => {
  const { state } = run([enter(dan), leave(cid)], three);
  for (const [id, groupId] of [
    [dan, first],
    [cid, first],
    [ada, second],
  ] as const)
    for (const command of [
      commit(id, 2, [], [], groupId),
      { type: 'send-to-group', id, groupId, to: 'everybody', message: 'AAAA' },
      { type: 'acknowledge-group', id, groupId, epoch: 2 },
      { type: 'refuse-applicant', id, groupId, applicant: dan },
    ] as const)
      expect(run([command], state)).toEqual({ state, events: [], refusal: 'group.not_member' });
});

test('a message goes to all other members who are connected, and to nobody else', () => {
  const { state } = run([enter(dan), lose(cid)], three);
  const sent = run(
    [{ type: 'send-to-group', id: ada, groupId: first, to: 'everybody', message: 'AAAA' }],
    state,
  );
  expect(sent.events).toEqual([
    { type: 'group-messaged', groupId: first, from: ada, message: 'AAAA', to: [bob] },
  ]);
  expect(sent.state).toBe(state);
});

test('whoever goes is told of at once, whichever way they went', () => {
  for (const went of [
    [leave(cid)],
    [lose(cid), { type: 'expire', now: 30_000 } as const],
    [lose(cid, true)],
    [rejoin(cid)],
  ]) {
    const run1 = run(went, three);
    expect(of(run1, 'group-pending')).toEqual([{ type: 'group-pending', urgent: true }]);
    expect(pendingOf(run1.state).gone).toEqual([cid]);
    const done = run([commit(ada, 2, [], [cid])], run1.state);
    expect(of(done, 'group-committed')[0]?.to).toEqual([bob]);
    expect(pendingOf(done.state).gone).toEqual([]);
  }
});

test('R11 who comes back with the state kept gets what was missed, their own commit among it', () => {
  const away = run(
    [lose(cid), enter(dan), commit(ada, 2, [dan]), leave(dan), commit(bob, 3, [], [dan])],
    three,
  ).state;
  const back = run([resume(cid, kept(2))], away).state;
  expect(groupSeatOf(back, cid, { groupId: first, epoch: 2 })).toEqual({
    role: 'member',
    groupId: first,
    missed: [
      { epoch: 2, commit: `${ada}_2`, from: ada, added: [newcomer(dan)] },
      { epoch: 3, commit: `${bob}_3`, from: bob, added: [] },
    ],
  });
  const own = run([enter(dan), commit(cid, 2, [dan]), lose(cid), resume(cid, kept(2))], three).state;
  expect(groupSeatOf(own, cid, { groupId: first, epoch: 2 })).toMatchObject({ missed: [{ from: cid }] });
});

test.each([
  ['an epoch before their own Welcome', kept(1)],
  ['an epoch that there has not been', kept(3)],
  ['another group', kept(2, second)],
])('R11 who claims the state of %s is behind: the leaf is dead, and nothing comes', (_, claim) => {
  const { state } = run([lose(cid), resume(cid, claim)], three);
  expect(groupSeatOf(state, cid, { groupId: first, epoch: 2 })).toEqual({ role: 'behind', groupId: first });
  expect(pendingOf(state)).toEqual({ waiting: [], gone: [cid] });
  expect(of(run([commit(ada, 2, [], [cid])], state), 'group-committed')[0]?.to).toEqual([bob]);
  const anew = run([rejoin(cid), commit(ada, 2, [cid], [cid])], state);
  expect(of(anew, 'group-welcomed')[0]?.to).toEqual([cid]);
  expect(pendingOf(anew.state)).toEqual({ waiting: [], gone: [] });
});

test.each([
  ['number', 'AAAA', LIMITS.groupMissedCommits],
  ['characters', 'A'.repeat(LIMITS.groupMissedChars / 8), 8],
])('R11 commits are kept up to a %s, and who missed more is behind', (_, bytes, limit) => {
  const commits = Array.from({ length: limit + 1 }, (_, index) =>
    again(index + 2).map((one) => (one.type === 'commit-group' ? { ...one, commit: bytes } : one)),
  ).flat();
  const away = run([lose(cid), ...commits], three).state;
  expect(away.group.commits).toHaveLength(limit);
  const roleOf = (epoch: number) =>
    groupSeatOf(run([resume(cid, kept(epoch))], away).state, cid, { groupId: first, epoch }).role;
  expect(roleOf(2)).toBe('behind');
  expect(roleOf(3)).toBe('member');
});

test('a page that was loaded anew has a new leaf, by one commit if nobody was faster', () => {
  const back = run(
    [lose(cid), resume(cid, { kind: 'new', keyPackage: 'fresh', introduction: null })],
    three,
  ).state;
  expect(pendingOf(back)).toEqual({ waiting: [{ ...newcomer(cid), keyPackage: 'fresh' }], gone: [cid] });
  const { state } = run([commit(ada, 2, [cid], [cid])], back);
  expect(groupSeatOf(state, cid, { groupId: first, epoch: 3 }).role).toBe('member');
});

test('a commit that adds somebody whose socket went is taken, and no Welcome is waited for', () => {
  const { state } = run([enter(dan), lose(dan)], three);
  expect(pendingOf(state).waiting).toEqual([]);
  const added = run([commit(ada, 2, [dan])], state);
  expect(of(added, 'group-welcomed')[0]?.to).toEqual([]);
  const back = run(
    [resume(dan, { kind: 'new', keyPackage: 'fresh', introduction: null })],
    added.state,
  ).state;
  expect(pendingOf(back)).toEqual({ waiting: [{ ...newcomer(dan), keyPackage: 'fresh' }], gone: [dan] });
});

test('R13 when the founder goes before anybody is in, the next one founds another group', () => {
  const { state } = run([enter(ada), enter(bob), enter(cid)]);
  const over = run([leave(ada)], state);
  expect(of(over, 'group-reseated')).toEqual([
    { type: 'group-reseated', id: bob, seat: { role: 'founder', groupId: second } },
    { type: 'group-reseated', id: cid, seat: { role: 'waiting', groupId: second } },
  ]);
  expect(pendingOf(over.state)).toMatchObject({ waiting: [{ participantId: cid }], gone: [] });
  expect(over.state.group.epoch).toBe(0);
});

test('R13 whoever is alone and cannot use the state founds another group', () => {
  const alone = run([leave(bob), leave(cid), rejoin(ada)], three).state;
  expect(groupSeatOf(alone, ada, null)).toEqual({ role: 'founder', groupId: second });
  const reloaded = run([
    enter(ada),
    lose(ada, true),
    resume(ada, { kind: 'new', keyPackage: 'fresh', introduction: null }),
  ]).state;
  expect(groupSeatOf(reloaded, ada, null)).toEqual({ role: 'founder', groupId: second });
});

test('R13 nobody waits long for members who are away, and who comes back late applies anew', () => {
  const { state } = run([enter(ada), lose(ada), enter(bob), { type: 'expire', now: 1_000 }]);
  const waiting = run([{ type: 'expire', now: 1_000 + LIMITS.groupDesertedMs - 1 }], state).state;
  expect(groupSeatOf(waiting, bob, null).role).toBe('waiting');
  const founded = run([{ type: 'expire', now: 1_000 + LIMITS.groupDesertedMs }], waiting);
  expect(of(founded, 'group-reseated')[0]).toMatchObject({ id: bob, seat: { role: 'founder' } });
  const back = run([resume(ada, kept(0))], founded.state).state;
  expect(groupSeatOf(back, ada, { groupId: first, epoch: 0 })).toEqual({ role: 'behind', groupId: second });
  const inTime = run([resume(ada, kept(0)), { type: 'expire', now: 9_000 }], waiting).state;
  expect(groupSeatOf(inTime, bob, null).role).toBe('waiting');
});

test('an epoch is settled once, when all members who are connected are in it', () => {
  const acknowledge = (id: ParticipantId, epoch = 2) =>
    ({ type: 'acknowledge-group', id, groupId: first, epoch }) as const;
  const some = run([acknowledge(ada), acknowledge(bob), acknowledge(cid, 1)], three);
  expect(of(some, 'group-settled')).toEqual([]);
  const all = run([acknowledge(cid)], some.state);
  const settled = { type: 'group-settled', groupId: first, epoch: 2, to: [ada, bob, cid] };
  expect(all.events).toEqual([settled]);
  expect(run([acknowledge(cid)], all.state).events).toEqual([]);
  const next = run([...again(2), ...[ada, bob, cid].map((id) => acknowledge(id, 3))], all.state);
  expect(next.events).toEqual([{ ...settled, epoch: 3, to: [ada, cid, bob] }]);
  const another = run(
    [leave(bob), leave(cid), rejoin(ada), { ...acknowledge(ada, 0), groupId: second }],
    all.state,
  );
  expect(another.events).toEqual([{ ...settled, groupId: second, epoch: 0, to: [ada] }]);
  // Nor is anybody waited for who has gone.
  expect(of(run([lose(cid)], some.state), 'group-settled')).toEqual([{ ...settled, to: [ada, bob] }]);
  expect(of(run([leave(cid)], some.state), 'group-settled')).toEqual([{ ...settled, to: [ada, bob] }]);
});

test('who is refused hears it once from each member, and anew with another KeyPackage', () => {
  const refuse: RoomCommand = { type: 'refuse-applicant', id: ada, groupId: first, applicant: dan };
  const refused = run([enter(dan), refuse], three);
  expect(refused.events).toEqual([{ type: 'group-refused', groupId: first, to: dan, by: ada }]);
  expect(run([refuse], refused.state).events).toEqual([]);
  expect(run([{ ...refuse, id: bob }], refused.state).events).toHaveLength(1);
  expect(of(run([rejoin(dan), refuse], refused.state), 'group-refused')).toHaveLength(1);
  expect(run([{ ...refuse, applicant: bob }], three).refusal).toBe('group.not_pending');
});

test('as many who wait are named as a message carries, those who came first', () => {
  const crowd = Array.from({ length: 60 }, (_, index) => idOf(`crowd${100 + index}`));
  const many = run([enter(ada), ...crowd.map((id) => enter(id))]);
  expect(pendingOf(many.state).waiting.map(({ participantId }) => participantId)).toEqual(crowd.slice(0, 50));
  // Who comes after them changes nothing that members could do now.
  expect(of(many, 'group-pending')).toEqual([]);
  const large = 'A'.repeat(LIMITS.groupPendingChars / 12);
  const few = run([enter(ada), ...crowd.map((id) => enter(id, large))]).state;
  expect(pendingOf(few).waiting).toHaveLength(12);
});

test('R15 an id is never given to another person', () => {
  expect(run([enter(ada), enter(ada)]).refusal).toBe('meeting.id_taken');
  expect(run([enter(ada), enter(bob), leave(ada), enter(ada)]).refusal).toBe('meeting.id_taken');
});
