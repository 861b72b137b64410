import { once } from 'node:events';
import { connect } from 'node:net';
import { CLOSE, LIMITS, PROTOCOL_VERSION, SIGNAL_PATH } from '@conclave/protocol';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { groupEntry } from '../../dev-env/groupEntry.ts';
import { bootMeeting, type MadeMeeting, type RunningMeeting } from './bootMeeting.ts';
import { allOf, commitOf, enter, enterGroup, type Person } from './groups.ts';
import { SignalClient } from './SignalClient.ts';

let meeting: RunningMeeting;
let room: MadeMeeting;
let ada: Person;
let ben: Person;
beforeAll(async () => {
  meeting = await bootMeeting();
});
afterAll(() => meeting[Symbol.asyncDispose]());
beforeEach(async () => {
  room = await meeting.makeMeeting();
  [ada, ben] = (await enterGroup(meeting.origin, room, ['Ada', 'Ben'])) as [Person, Person];
  return () => {
    for (const { client } of [ada, ben]) client[Symbol.dispose]();
  };
});

const characters = (bytes: number) => 'A'.repeat(Math.ceil((bytes * 4) / 3));

/** All that members were told of the group since they came in, besides what there is to commit. */
async function relayed(): Promise<unknown[]> {
  for (const { client } of [ada, ben]) await client.ask({ type: 'ping' });
  return [ada, ben].flatMap((one) => [
    ...allOf(one, 'group-commit'),
    ...allOf(one, 'group-message'),
    ...allOf(one, 'group-settled'),
  ]);
}

test('nothing of the group is taken before joining', async () => {
  using stranger = await SignalClient.open(meeting.origin);
  const { groupId } = ada.group;
  for (const message of [
    commitOf(ada, 1),
    { type: 'group-message', groupId, message: 'AAAA' },
    { type: 'group-ack', groupId, epoch: 1 },
    { type: 'group-rejoin', keyPackage: 'AAAA' },
    { type: 'group-refuse', groupId, participantId: ben.id },
  ])
    expect(await stranger.ask(message)).toMatchObject({ code: 'protocol.order' });
  expect(await relayed()).toEqual([]);
});

test('who waits, who has fallen out and who is in another meeting changes nothing and reaches nobody', async () => {
  const waiting = await enter(meeting.origin, room, 'Mallory');
  using _waiting = waiting.client;
  const elsewhere = await enter(meeting.origin, await meeting.makeMeeting(), 'Mallory');
  using _elsewhere = elsewhere.client;
  const { groupId } = ada.group;
  const outsiders: Person[] = [waiting, { ...elsewhere, group: ada.group }];
  for (const one of outsiders)
    for (const message of [
      commitOf(one, 1),
      commitOf(one, 1, [waiting.id]),
      commitOf(one, 1, [], [ada.id]),
      { type: 'group-message', groupId, message: 'AAAA' },
      { type: 'group-ack', groupId, epoch: 1 },
      { type: 'group-refuse', groupId, participantId: waiting.id },
    ])
      expect(await one.client.ask(message)).toMatchObject({ code: 'group.not_member' });
  expect(await relayed()).toEqual([]);
  expect(allOf(waiting, 'group-welcome')).toEqual([]);
});

test('who has given up the seat sends nothing with it any more', async () => {
  await ben.client.ask({ type: 'group-rejoin', keyPackage: 'AAAA' });
  const { groupId } = ben.group;
  expect(await ben.client.ask(commitOf(ben, 1))).toMatchObject({ code: 'group.not_member' });
  expect(await ben.client.ask({ type: 'group-message', groupId, message: 'AAAA' })).toMatchObject({
    code: 'group.not_member',
  });
  expect(await relayed()).toEqual([]);
  // Nor do they get what goes on in it.
  await ada.client.ask(commitOf(ada, 1, [], [ben.id]));
  await ada.client.ask({ type: 'group-message', groupId, message: 'AAAA' });
  expect(await relayed()).toEqual([]);
});

test('a member removes nobody who is here and adds nobody who does not wait', async () => {
  expect(await ada.client.ask(commitOf(ada, 1, [], [ben.id]))).toMatchObject({ code: 'group.not_pending' });
  expect(await ada.client.ask(commitOf(ada, 1, [ben.id]))).toMatchObject({ code: 'group.not_pending' });
  expect(await ada.client.ask(commitOf(ada, 1))).toMatchObject({ code: 'group.not_pending' });
  expect(await ada.client.ask(commitOf(ada, 5))).toMatchObject({ code: 'group.stale_epoch' });
  expect(await relayed()).toEqual([]);
});

test('an id that somebody has, here or in another meeting, or had, is refused', async () => {
  using client = await SignalClient.open(meeting.origin);
  const join = (made: MadeMeeting, participantId: string) =>
    client.ask({
      ...{ type: 'join', version: PROTOCOL_VERSION, meetingId: made.id, proof: made.proof, name: 'Mallory' },
      ...groupEntry(),
      participantId,
    });
  expect(await join(room, ben.id)).toMatchObject({ code: 'meeting.id_taken' });
  expect(await join(await meeting.makeMeeting(), ben.id)).toMatchObject({ code: 'meeting.id_taken' });
  await ben.client.ask({ type: 'leave' });
  expect(await join(room, ben.id)).toMatchObject({ code: 'meeting.id_taken' });
  expect(await ada.client.ask({ type: 'ping' })).toMatchObject({ type: 'ok' });
  expect(await join(room, groupEntry().participantId)).toMatchObject({ type: 'joined' });
});

test('the largest commit of a member is taken', async () => {
  const dan = await enter(meeting.origin, room, 'Dan');
  using _dan = dan.client;
  const large = {
    commit: characters(LIMITS.groupCommitBytes),
    welcome: characters(LIMITS.groupWelcomeBytes),
  };
  expect(await ada.client.ask({ ...commitOf(ada, 1, [dan.id]), ...large })).toMatchObject({ type: 'ok' });
  const welcome = await dan.client.hear(({ type }) => type === 'group-welcome');
  expect(welcome).toMatchObject({ welcome: large.welcome });
  expect(await ben.client.hear(({ type }) => type === 'group-commit')).toMatchObject({
    commit: large.commit,
  });
});

test.each([
  ['a larger commit', () => ({ commit: `${characters(LIMITS.groupCommitBytes)}AA` })],
  ['a larger Welcome', () => ({ welcome: `${characters(LIMITS.groupWelcomeBytes)}AA`, added: [ben.id] })],
  ['a Welcome for nobody', () => ({ welcome: 'AAAA' })],
  ['an Add without a Welcome', () => ({ added: [ben.id] })],
  ['somebody twice', () => ({ removed: [ben.id, ben.id] })],
  ['no base64url', () => ({ commit: 'AA+/' })],
  ['no epoch', () => ({ epoch: -1 })],
])('a commit with %s closes the socket that sends it', async (_, change) => {
  ada.client.sendRaw(JSON.stringify({ ...commitOf(ada, 1), request: 1, ...change() }));
  expect(await ada.client.hear((message) => message.type === 'error')).toMatchObject({ request: null });
  expect(await ada.client.closed).toBe(CLOSE.refused);
  await ben.client.ask({ type: 'ping' });
  expect(allOf(ben, 'group-commit')).toEqual([]);
});

test('nothing else may be as large as a commit, of a member neither', async () => {
  const message = { type: 'group-message', request: 1, groupId: ada.group.groupId };
  ada.client.sendRaw(JSON.stringify({ ...message, message: 'A'.repeat(2 * LIMITS.signalMessageBytes) }));
  expect(await ada.client.closed).toBe(CLOSE.refused);
});

test.each(['a stranger', 'somebody who waits'])('the large message of %s is not taken in', async (who) => {
  const waits = who !== 'a stranger';
  const client = waits
    ? (await enter(meeting.origin, room, 'Mallory')).client
    : await SignalClient.open(meeting.origin);
  using _ = client;
  client.sendRaw(
    JSON.stringify({ ...commitOf(ada, 1), request: 1, commit: 'A'.repeat(2 * LIMITS.signalMessageBytes) }),
  );
  expect([CLOSE.tooLarge, 1006]).toContain(await client.closed);
  // It ends while it comes, not when all of it is there.
  expect(await relayed()).toEqual([]);
});

test('a message that a stranger never ends is ended at the limit', { timeout: 10_000 }, async () => {
  const { hostname, port } = new URL(meeting.origin);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => {});
  const closed = once(socket, 'close');
  socket.write(
    [
      `GET ${SIGNAL_PATH} HTTP/1.1`,
      'Host: localhost',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      `Origin: ${meeting.origin}`,
      '\r\n',
    ].join('\r\n'),
  );
  await once(socket, 'data');
  // A text frame (RFC 6455 section 5.2) that says to have 512 kB, of which 96 kB come.
  const header = Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0]);
  socket.write(header);
  for (let count = 0; count < 3; count++) socket.write(Buffer.alloc(32 * 1024, 'A'));
  await closed;
});

test('more messages than the quota are refused, with a word on when', async () => {
  const message = { type: 'group-message', groupId: ada.group.groupId, message: 'AAAA' };
  const answers = await Promise.all(Array.from({ length: 60 }, () => ada.client.ask(message)));
  const refused = answers.filter(({ type }) => type === 'error');
  expect(refused.length).toBeGreaterThan(10);
  expect(refused[0]).toMatchObject({ code: 'group.rate', retryAfterMs: expect.any(Number) });
  await ben.client.ask({ type: 'ping' });
  expect(allOf(ben, 'group-message')).toHaveLength(answers.length - refused.length);
});

test('large commits are dear: a flood of them closes the socket, and no more is relayed than the quota', async () => {
  const commit = characters(LIMITS.groupCommitBytes);
  using crowd = new DisposableStack();
  const waiting: string[] = [];
  for (let count = 0; count < 12; count++) {
    const { client, id } = await enter(meeting.origin, room);
    crowd.use(client);
    waiting.push(id);
  }
  for (let epoch = 1; epoch < 60; epoch++) {
    const added = waiting.slice(epoch - 1, epoch);
    ada.client.sendRaw(JSON.stringify({ ...commitOf(ada, epoch, added), request: epoch, commit }));
  }
  expect(await ada.client.closed).toBe(CLOSE.rate);
  await ben.client.ask({ type: 'ping' });
  expect(allOf(ben, 'group-commit').length).toBeGreaterThan(0);
  expect(allOf(ben, 'group-commit').length).toBeLessThanOrEqual(6);
});
