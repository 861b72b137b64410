import { LIMITS } from '@conclave/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyKeyPackage } from '../../dev-env/groupEntry.ts';
import { bootMeeting, type RunningMeeting } from './bootMeeting.ts';
import { allOf, commitOf, enter, enterGroup, hearPending, type Person, resumeOf } from './groups.ts';
import { SignalClient } from './SignalClient.ts';

let meeting: RunningMeeting;
beforeAll(async () => {
  meeting = await bootMeeting();
});
afterAll(() => meeting[Symbol.asyncDispose]());

/** Members of a meeting of their own; their sockets are closed with it. */
async function members(...names: string[]) {
  const room = await meeting.makeMeeting();
  const people = await enterGroup(meeting.origin, room, names);
  const stack = new DisposableStack();
  for (const { client } of people) stack.use(client);
  const join = async (name: string) => {
    const person = await enter(meeting.origin, room, name);
    stack.use(person.client);
    return person;
  };
  const open = async () => stack.use(await SignalClient.open(meeting.origin));
  return {
    room,
    people: people as [Person, Person, Person],
    join,
    open,
    [Symbol.dispose]: () => stack.dispose(),
  };
}

test('the first one founds the group; who comes next waits, is told of at once, is welcomed and settles in', async () => {
  const room = await meeting.makeMeeting();
  const ada = await enter(meeting.origin, room, 'Ada');
  using _ada = ada.client;
  expect(ada.group.role).toBe('founder');
  const asked = performance.now();
  const ben = await enter(meeting.origin, room, 'Ben');
  using _ben = ben.client;
  expect(ben.group).toEqual({ role: 'waiting', groupId: ada.group.groupId });
  const pending = await hearPending(ada, [ben.id], []);
  expect(performance.now() - asked).toBeLessThan(LIMITS.groupPendingBatchMs);
  expect(pending).toMatchObject({ waiting: [{ keyPackage: ben.keyPackage }] });
  const commit = commitOf(ada, 0, [ben.id]);
  expect(await ada.client.ask(commit)).toMatchObject({ type: 'ok' });
  expect(await ben.client.hear(({ type }) => type === 'group-welcome')).toEqual({
    type: 'group-welcome',
    groupId: ada.group.groupId,
    epoch: 1,
    welcome: commit.welcome,
    from: ada.id,
  });
  for (const { client, group } of [ada, ben])
    await client.ask({ type: 'group-ack', groupId: group.groupId, epoch: 1 });
  for (const { client } of [ada, ben])
    expect(await client.hear(({ type }) => type === 'group-settled')).toMatchObject({ epoch: 1 });
  expect(allOf(ben, 'group-commit')).toEqual([]);
});

test('two race for an epoch: one wins, the other one is refused and has the winning commit', async () => {
  using group = await members('Ada', 'Ben', 'Cid');
  const [ada, ben, cid] = group.people;
  const racers = [ada, ben];
  const dan = await group.join('Dan');
  const answers = await Promise.all(racers.map((one) => one.client.ask(commitOf(one, 2, [dan.id]))));
  const winner = racers[answers.findIndex(({ type }) => type === 'ok')];
  const loser = racers.find((one) => one !== winner);
  expect(answers.filter(({ type }) => type === 'ok')).toHaveLength(1);
  expect(answers.find(({ type }) => type === 'error')).toMatchObject({ code: 'group.stale_epoch' });
  if (winner === undefined || loser === undefined) throw new Error('Nobody won.');
  const { groupId, epoch, commit } = commitOf(winner, 2);
  // How those came into the meeting whom it adds, for members to check.
  const added = [{ participantId: dan.id, entry: 'passcode', admission: null }];
  const expected = { type: 'group-commit', groupId, epoch, commit, from: winner.id, added };
  for (const { client } of [loser, cid])
    expect(await client.hear((message) => message.type === 'group-commit' && message.epoch === 2)).toEqual(
      expected,
    );
  expect(allOf(winner, 'group-commit').filter((one) => one.epoch === 2)).toEqual([]);
});

test('who comes back on another socket gets what was missed, and after it what happens next', async () => {
  using group = await members('Ada', 'Ben');
  const [ada, ben] = group.people;
  ben.client.cut();
  const [dan, eve, fay] = [await group.join('Dan'), await group.join('Eve'), await group.join('Fay')];
  const late = await group.join('Late');
  await ada.client.ask(commitOf(ada, 1, [dan.id]));
  await ada.client.ask(commitOf(ada, 2, [eve.id]));
  const { groupId } = ben.group;
  const again = await group.open();
  const claim = { kind: 'kept', groupId, epoch: 1 };
  const joined = await again.ask(resumeOf(group.room.id, ben.joined.resumeToken, claim));
  expect(joined).toMatchObject({
    group: {
      role: 'member',
      missed: [1, 2].map((epoch) => ({ epoch, commit: commitOf(ada, epoch).commit, from: ada.id })),
    },
  });
  await ada.client.ask(commitOf(ada, 3, [fay.id]));
  await again.hear((message) => message.type === 'group-commit' && message.epoch === 3);
  expect(again.heard.filter(({ type }) => type === 'group-commit')).toHaveLength(1);
  // What there is to commit has been said while they were away.
  await hearPending({ ...ben, client: again }, [late.id], []);
});

test('who comes back with nothing is a new leaf in place of the former one', async () => {
  using group = await members('Ada', 'Ben', 'Cid');
  const [ada, ben] = group.people;
  ben.client.close(1001);
  await hearPending(ada, [], [ben.id]);
  const again = await group.open();
  const claim = { kind: 'new', keyPackage: anyKeyPackage() };
  const joined = await again.ask(resumeOf(group.room.id, ben.joined.resumeToken, claim));
  expect(joined).toMatchObject({ self: ben.id, group: { role: 'waiting' } });
  await hearPending(ada, [ben.id], [ben.id]);
  expect(await ada.client.ask(commitOf(ada, 2, [ben.id], [ben.id]))).toMatchObject({ type: 'ok' });
  expect(await again.hear(({ type }) => type === 'group-welcome')).toMatchObject({ epoch: 3 });
  await hearPending(ada, [], []);
});

test('who cannot use the state joins the group anew, without leaving the meeting', async () => {
  using group = await members('Ada', 'Ben');
  const [ada, ben] = group.people;
  const keyPackage = anyKeyPackage();
  expect(await ben.client.ask({ type: 'group-rejoin', keyPackage })).toMatchObject({
    type: 'group-seat',
    group: { role: 'waiting' },
  });
  expect(await hearPending(ada, [ben.id], [ben.id])).toMatchObject({ waiting: [{ keyPackage }] });
  expect(await ada.client.ask(commitOf(ada, 1, [ben.id], [ben.id]))).toMatchObject({ type: 'ok' });
  await ben.client.hear((message) => message.type === 'group-welcome' && message.epoch === 2);
});

test('the founder goes before anybody is in: the next one founds another group and is told who waits', async () => {
  const room = await meeting.makeMeeting();
  const [ada, ben, cid] = [
    await enter(meeting.origin, room, 'Ada'),
    await enter(meeting.origin, room, 'Ben'),
    await enter(meeting.origin, room, 'Cid'),
  ];
  using _ben = ben.client;
  using _cid = cid.client;
  await ada.client.ask({ type: 'leave' });
  const founded = await ben.client.hear(({ type }) => type === 'group-seat-changed');
  expect(founded).toMatchObject({ group: { role: 'founder' } });
  const groupId = founded.type === 'group-seat-changed' ? founded.group.groupId : '';
  expect(groupId).not.toBe(ada.group.groupId);
  expect(await cid.client.hear(({ type }) => type === 'group-seat-changed')).toMatchObject({
    group: { role: 'waiting', groupId },
  });
  await hearPending(ben, [cid.id], []);
});

test('whoever leaves is to be removed at once, however much was just said', async () => {
  using group = await members('Ada', 'Ben', 'Cid');
  const [ada, ben, cid] = group.people;
  await group.join('Dan');
  await ben.client.ask({ type: 'leave' });
  // On the same socket, and so before the answer to what is asked after it.
  await ada.client.hear((message) => message.type === 'participant-left');
  await ada.client.ask({ type: 'ping' });
  expect(allOf(ada, 'group-pending').at(-1)).toMatchObject({ gone: [ben.id] });
  await cid.client.ask(commitOf(cid, 2, [], [ben.id]));
  await ada.client.hear((message) => message.type === 'group-commit' && message.from === cid.id);
});

test('a message goes to every other member, in order, and to nobody who waits', async () => {
  using group = await members('Ada', 'Ben', 'Cid');
  const [ada, ben, cid] = group.people;
  const dan = await group.join('Dan');
  const { groupId } = ada.group;
  const messages = ['AAAA', 'BBBB', 'A'.repeat(Math.ceil((LIMITS.groupMessageBytes * 4) / 3))];
  for (const message of messages)
    expect(await ada.client.ask({ type: 'group-message', groupId, message })).toMatchObject({ type: 'ok' });
  for (const one of [ben, cid]) {
    await one.client.ask({ type: 'ping' });
    const heard = allOf(one, 'group-message');
    expect(heard.map(({ message, from }) => [message, from])).toEqual(messages.map((text) => [text, ada.id]));
  }
  await dan.client.ask({ type: 'ping' });
  expect(allOf(dan, 'group-message').concat(allOf(ada, 'group-message'))).toEqual([]);
});

test('who is refused by a member hears it, once', async () => {
  using group = await members('Ada', 'Ben');
  const [ada, ben] = group.people;
  const dan = await group.join('Dan');
  const { groupId } = ada.group;
  for (const { client } of [ada, ada, ben])
    await client.ask({ type: 'group-refuse', groupId, participantId: dan.id });
  await dan.client.ask({ type: 'ping' });
  expect(allOf(dan, 'group-refused').map(({ by }) => by)).toEqual([ada.id, ben.id]);
});

test('a crowd that joins at once is told of in few notices, and let in by one commit', async () => {
  using group = await members('Ada');
  const [ada] = group.people;
  const crowd = await Promise.all(Array.from({ length: 40 }, (_, index) => group.join(`Guest ${index}`)));
  const pending = await ada.client.hear(
    (message) => message.type === 'group-pending' && message.waiting.length === crowd.length,
  );
  const added =
    pending.type === 'group-pending' ? pending.waiting.map(({ participantId }) => participantId) : [];
  const notices = allOf(ada, 'group-pending').filter(({ waiting }) => waiting.length > 0);
  expect(notices.length).toBeLessThan(crowd.length / 2);
  expect(await ada.client.ask(commitOf(ada, 0, added))).toMatchObject({ type: 'ok' });
  for (const { client } of crowd) await client.hear(({ type }) => type === 'group-welcome');
});
