import { LIMITS, type ParticipantId } from '@conclave/protocol';
import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import type { Accepted } from './decision.ts';
import { groupIdOf, groupSeatOf, pendingOf } from './groupState.ts';
import type { RoomCommand } from './roomCommands.ts';
import type { RoomState } from './roomState.ts';
import { ada, bob, cid, dan, enter as enterRoom, eve, groupSeed, noRoom } from './testing/people.ts';

const first = groupIdOf(groupSeed, 1);
const second = groupIdOf(groupSeed, 2);

function enter(id: ParticipantId): RoomCommand {
  return enterRoom(id, { resumeHash: id }, { keyPackage: `of_${id}` });
}

const rejoin = (id: ParticipantId): RoomCommand => ({
  type: 'rejoin-group',
  id,
  keyPackage: 'again',
  introduction: null,
});
const expire = (now: number): RoomCommand => ({ type: 'expire', now });
const acknowledge = (id: ParticipantId, epoch: number, groupId = first): RoomCommand => ({
  ...{ type: 'acknowledge-group', id, groupId, epoch },
});
const refuse = (id: ParticipantId, applicant: ParticipantId): RoomCommand => ({
  ...{ type: 'refuse-applicant', id, groupId: first, applicant },
});

function commit(
  id: ParticipantId,
  epoch: number,
  added: readonly ParticipantId[],
  removed: readonly ParticipantId[] = [],
): RoomCommand {
  const welcome = added.length > 0 ? 'welcome' : null;
  return { type: 'commit-group', id, groupId: first, epoch, commit: 'commit', welcome, added, removed };
}

/** @returns the last state, and what all commands did. */
function run(commands: readonly RoomCommand[], from?: RoomState): Accepted {
  let state = from ?? noRoom();
  const events = commands.flatMap((command) => {
    const decision = decide(state, command);
    if (decision.refusal !== null) throw new Error(decision.refusal);
    state = decision.state;
    return decision.events;
  });
  return { state, events, refusal: null };
}

/** Where each stands. */
function roles(state: RoomState): Record<string, string> {
  const ids = [ada, bob, cid, dan].filter((id) => state.members.has(id));
  return Object.fromEntries(ids.map((id) => [id.slice(0, 3), state.group.seats.get(id)?.status ?? 'none']));
}

const limit = LIMITS.groupStalledMs;
const everybody = [ada, bob, cid, dan];
/** All four are members and in epoch 1. */
const four = run([
  ...everybody.map(enter),
  commit(ada, 0, [bob, cid, dan]),
  ...everybody.map((id) => acknowledge(id, 1)),
]).state;
const gone = (id: ParticipantId): RoomCommand => ({ type: 'leave', id, reason: 'left' });

test('R17 nobody waits long for members who are there and let nobody in', () => {
  const waiting = run([enter(ada), enter(bob), enter(cid), expire(1_000), expire(999 + limit)]).state;
  expect(roles(waiting)).toEqual({ ada: 'member', bob: 'waiting', cid: 'waiting' });
  const founded = run([expire(1_000 + limit)], waiting);
  expect(roles(founded.state)).toEqual({ ada: 'behind', bob: 'member', cid: 'waiting' });
  expect(founded.events).toMatchObject([
    { type: 'group-founded', id: bob, groupId: second },
    { type: 'group-reseated', id: ada, seat: { role: 'behind', groupId: second } },
    { type: 'group-reseated', id: bob, seat: { role: 'founder', groupId: second } },
    { type: 'group-reseated', id: cid, seat: { role: 'waiting', groupId: second } },
    { type: 'group-pending' },
  ]);
  // Whoever founds has as long as the one before.
  const later = run([expire(2_000 + limit), expire(1_999 + 2 * limit)], founded.state).state;
  expect(later.group.id).toBe(second);
  expect(run([expire(2_000 + 2 * limit)], later).state.group.id).not.toBe(second);
});

test('R17 who slept and wakes up applies like everybody else', () => {
  const { state } = run([enter(ada), enter(bob), expire(0), expire(limit), rejoin(ada)]);
  expect(groupSeatOf(state, ada, { groupId: first, epoch: 0 }).role).toBe('waiting');
  expect(pendingOf(state).waiting.map(({ participantId }) => participantId)).toEqual([ada]);
});

test('R17 whoever a member refuses takes nothing over, nor by applying again', () => {
  const { state } = run([enter(ada), enter(bob), refuse(ada, bob), expire(0), expire(10 * limit)]);
  expect(state.group.id).toBe(first);
  const sly = run(
    Array.from({ length: 20 }, (_, index) => [rejoin(bob), expire(index * 1_000), refuse(ada, bob)]).flat(),
    state,
  ).state;
  expect(sly.group.id).toBe(first);
});

test('R17 in a crowd each commit that serves who was first gives the others time, any other one does not', () => {
  const crowd = run([enter(ada), enter(bob), enter(cid), enter(dan), expire(0)]).state;
  const inTurn = run([commit(ada, 0, [bob]), expire(limit), expire(2 * limit - 1)], crowd).state;
  expect(inTurn.group.id).toBe(first);
  const outOfTurn = run([commit(ada, 0, [cid]), expire(limit)], crowd).state;
  expect(roles(outOfTurn)).toEqual({ ada: 'behind', bob: 'member', cid: 'behind', dan: 'waiting' });
});

test('R17 a room in which nobody waits stays as it is', () => {
  expect(run([expire(0), expire(10 * limit)], four).state).toBe(four);
});

test('R16 whose commit most others cannot use is no member any more, and the others go on', () => {
  const spoilt = run([gone(dan), enter(eve)], four).state;
  const one = run([commit(ada, 1, [], [dan]), rejoin(bob)], spoilt);
  expect(roles(one.state)).toMatchObject({ ada: 'member', bob: 'waiting', cid: 'member' });
  const two = run([commit(bob, 1, [], [dan]), acknowledge(ada, 2), rejoin(cid)], spoilt);
  expect(roles(two.state)).toMatchObject({ ada: 'member', bob: 'member', cid: 'waiting' });
  const most = run([rejoin(cid)], one.state);
  // Nobody is left: who was waiting founds another group, and not the one who spoilt this one.
  expect(most.state.group.id).toBe(second);
  expect(roles(most.state)).toMatchObject({ ada: 'behind', bob: 'waiting', cid: 'waiting' });
  expect(most.events[1]).toMatchObject({ type: 'group-founded' });
  expect(most.events[1]).not.toMatchObject({ id: ada });
});

test('R16 who could follow stays a member and removes the one who spoilt it', () => {
  const { state } = run([rejoin(dan), commit(ada, 1, [dan], [dan]), acknowledge(dan, 2)], four);
  const told = run([acknowledge(cid, 2), acknowledge(bob, 2), acknowledge(ada, 2), enter(eve)], state).state;
  const spoilt = run([commit(ada, 2, [eve]), acknowledge(dan, 3), rejoin(bob), rejoin(cid)], told).state;
  const fallen = run([rejoin(eve)], spoilt);
  expect(roles(fallen.state)).toEqual({ ada: 'behind', bob: 'waiting', cid: 'waiting', dan: 'member' });
  expect(fallen.events).toContainEqual({
    ...{ type: 'group-reseated', id: ada, seat: { role: 'behind', groupId: first } },
  });
  expect(pendingOf(fallen.state).gone).toContain(ada);
});

test('R16 Welcomes of no use, one by one, keep nobody out for good', () => {
  const added = [bob, cid].flatMap((id, epoch) => [commit(ada, epoch, [id]), rejoin(id)]);
  const { state } = run([enter(ada), enter(bob), enter(cid), ...added]);
  expect(state.group.id).toBe(second);
  expect(roles(state)).toEqual({ ada: 'behind', bob: 'member', cid: 'waiting' });
});

test('R16 one who cannot follow, and whoever comes anew from an epoch that they were in, blame nobody', () => {
  const once = run([enter(ada), enter(bob), commit(ada, 0, [bob]), rejoin(bob)]).state;
  expect(roles(once)).toEqual({ ada: 'member', bob: 'waiting' });
  expect(roles(run([rejoin(bob), rejoin(cid), rejoin(dan)], four).state)).toMatchObject({ ada: 'member' });
  // What went wrong once and is well now is forgotten.
  const steps = [bob, cid].flatMap((id, index) => [
    ...[rejoin(id), commit(ada, 3 * index + 1, [id], [id]), rejoin(id)],
    ...[commit(ada, 3 * index + 2, [id], [id]), acknowledge(id, 3 * index + 3)],
    ...[gone(index === 0 ? dan : id), commit(ada, 3 * index + 3, [], [index === 0 ? dan : id])],
  ]);
  expect(roles(run(steps, four).state)).toMatchObject({ ada: 'member', bob: 'member' });
});
