import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { type Moderation, PROTOCOL_VERSION, type ServerMessageOf } from '@conclave/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addMember } from '../../dev-env/addMember.ts';
import { bootServer, makeServerFolder } from '../../dev-env/bootServer.ts';
import { groupEntry } from '../../dev-env/groupEntry.ts';
import { bootMeeting, type MadeMeeting, type RunningMeeting } from './bootMeeting.ts';
import { SignalClient } from './SignalClient.ts';

let meeting: RunningMeeting;
const log = new PassThrough();
let logged = '';
log.on('data', (data: Buffer) => {
  logged += data.toString();
});
beforeAll(async () => {
  meeting = await bootMeeting({ log: { level: 'info' } }, { openDoors: false, logInto: log });
});
afterAll(async () => {
  await meeting[Symbol.asyncDispose]();
});

const admission = randomBytes(200).toString('base64url');

async function knock(room: MadeMeeting, cookie?: string, name = 'Gwen') {
  const client = await SignalClient.open(meeting.origin, cookie === undefined ? {} : { cookie });
  const entry = groupEntry();
  const who = { meetingId: room.id, proof: room.proof, name, ...entry };
  const answer = await client.ask({ type: 'join', version: PROTOCOL_VERSION, ...who });
  return { client, answer, id: entry.participantId, keyPackage: entry.keyPackage };
}

async function host(room: MadeMeeting) {
  const came = await knock(room, meeting.ownerCookie);
  if (came.answer.type !== 'joined') throw new Error(JSON.stringify(came.answer));
  return { ...came, joined: came.answer };
}

/** A guest whom the host has let in. */
async function guest(room: MadeMeeting, by: { readonly client: SignalClient }, cookie?: string) {
  const came = await knock(room, cookie);
  const admissions = [{ participantId: came.id, admission }];
  expect(await by.client.ask({ type: 'admit', admissions })).toMatchObject({ type: 'ok' });
  const joined = await came.client.hear(isJoined);
  return { ...came, joined };
}

function isJoined(message: { type: string }): message is ServerMessageOf<'joined'> {
  return message.type === 'joined';
}

test('a guest waits, the host sees who it is, and the host’s word leads in', async () => {
  const room = await meeting.makeMeeting();
  const waiting = await knock(room);
  expect(waiting.answer).toMatchObject({ type: 'waiting', hostPresent: false });
  const ada = await host(room);
  expect(ada.joined.lobby).toMatchObject([
    { participantId: waiting.id, name: 'Gwen', identity: 'self-declared', keyPackage: waiting.keyPackage },
  ]);
  await waiting.client.hear((message) => message.type === 'lobby' && message.hostPresent);
  const admissions = [{ participantId: waiting.id, admission }];
  expect(await ada.client.ask({ type: 'admit', admissions })).toMatchObject({ type: 'ok' });
  const joined = await waiting.client.hear(isJoined);
  expect(joined).toMatchObject({ request: null, self: waiting.id, lobby: [], removals: [] });
  // Whatever they were told before that says nothing about the meeting.
  const before = waiting.client.heard.slice(0, waiting.client.heard.indexOf(joined));
  expect(before.map(({ type }) => type)).toEqual(['waiting', 'lobby']);
  const told = await ada.client.hear(
    (message) => message.type === 'group-pending' && message.waiting.length > 0,
  );
  expect(told).toMatchObject({ waiting: [{ participantId: waiting.id, entry: 'admitted', admission }] });
});

const groupId = `${'A'.repeat(21)}Q`;
const someone = 'A'.repeat(16);
const view = {
  tiles: 4,
  tile: { width: 1, height: 1 },
  pinned: [],
  sizes: [],
  screen: { width: 1, height: 1 },
};
const sources = { microphone: true, camera: true, screen: true, screenAudio: true };
const whom = { who: 'all', except: [] } as const;
const moderations: readonly Moderation[] = [
  { action: 'stop', sources: ['microphone'], whom: { who: 'all', except: [] } },
  { action: 'hold', sources: ['camera', 'screen'], whom: { who: 'all', except: [] }, held: true },
  { action: 'remove', participantId: someone as never, ban: true },
  { action: 'let-back', participantId: someone as never },
  { action: 'lock', locked: true },
  { action: 'spotlight', participantIds: [] },
  { action: 'chat', chat: 'off' },
  { action: 'secure' },
  { action: 'appoint', participantId: someone as never, controls: ['admit'] },
  { action: 'end' },
];
const asks: readonly Record<string, unknown>[] = [
  { type: 'offer', sdp: 'v=0', lines: [{ mid: '0', use: 'microphone' }] },
  { type: 'relays' },
  { type: 'sources', sources },
  { type: 'view', view },
  { type: 'file-access' },
  { type: 'direct-consent', agreed: true },
  { type: 'group-rejoin', keyPackage: 'AAAA' },
  { type: 'group-ack', groupId, epoch: 0 },
  { type: 'group-message', groupId, message: 'AAAA' },
  { type: 'group-commit', groupId, epoch: 0, commit: 'AAAA', welcome: null, added: [], removed: [someone] },
  { type: 'group-refuse', groupId, participantId: someone },
  { type: 'admit', admissions: [{ participantId: someone, admission }] },
  { type: 'turn-away', participantId: someone, whom: 'one', ban: false },
  { type: 'report', participantId: someone, reason: 'spam' },
  ...moderations.map((moderation) => ({ type: 'moderate', moderation })),
];

test('at the door there is nothing to ask for', async () => {
  const room = await meeting.makeMeeting();
  const ada = await host(room);
  for (const ask of asks) {
    const { client } = await knock(room, undefined, 'Mallory');
    using _ = client;
    const answer = await client.ask(ask);
    expect([ask['type'], answer]).toMatchObject([ask['type'], { type: 'error' }]);
    expect(['protocol.order', 'request.invalid']).toContain((answer as { code: string }).code);
  }
  // Nothing of it has reached the meeting.
  expect(ada.client.heard.some(({ type }) => type === 'orders' || type === 'participant-joined')).toBe(false);
});

test('whoever knocks for themselves is refused: an admission that is theirs is no host’s word', async () => {
  const room = await meeting.makeMeeting();
  await host(room);
  const { client, id } = await knock(room);
  const answer = await client.ask({ type: 'admit', admissions: [{ participantId: id, admission }] });
  expect(answer).toMatchObject({ code: 'protocol.order' });
});

test('inside, each control is refused to whoever lacks it, and each try is on record', async () => {
  const room = await meeting.makeMeeting();
  const ada = await host(room);
  const gwen = await guest(room, ada);
  const other = await knock(room);
  const before = refusals();
  const tries = [
    ...moderations.map((moderation) => ({ type: 'moderate', moderation })),
    { type: 'admit', admissions: [{ participantId: other.id, admission }] },
    { type: 'turn-away', participantId: other.id, whom: 'one', ban: true },
  ];
  for (const ask of tries) expect(await gwen.client.ask(ask)).toMatchObject({ code: 'meeting.not_allowed' });
  expect(refusals() - before).toBe(tries.length);
  expect(ada.client.heard.some(({ type }) => type === 'orders')).toBe(false);
});

test('what a host who has gone says on the former socket, and says twice, does nothing', async () => {
  const room = await meeting.makeMeeting();
  const first = await host(room);
  const gwen = await guest(room, first);
  const again = await SignalClient.open(meeting.origin, { cookie: meeting.ownerCookie });
  const resumed = await again.ask({
    ...{ type: 'resume', version: PROTOCOL_VERSION, meetingId: room.id, token: first.joined.resumeToken },
    group: { kind: 'new', keyPackage: 'AAAA' },
  });
  expect(resumed.type).toBe('joined');
  expect(await first.client.closed).toBe(4000);
  const remove = { type: 'moderate', moderation: { action: 'remove', participantId: gwen.id, ban: false } };
  expect(await again.ask(remove)).toMatchObject({ type: 'ok' });
  // Said once more it is kept once more, and nothing else; about somebody who was never here there is nothing to say.
  expect(await again.ask(remove)).toMatchObject({ type: 'ok' });
  const other = { ...remove.moderation, participantId: groupEntry().participantId };
  expect(await again.ask({ ...remove, moderation: other })).toMatchObject({ code: 'meeting.not_here' });
});

test('malformed orders are refused before anybody looks at them', async () => {
  const room = await meeting.makeMeeting();
  for (const moderation of [
    { action: 'stop', sources: [], whom },
    { action: 'stop', sources: ['microphone', 'microphone'], whom },
    { action: 'hold', sources: ['microphone'], whom: { who: 'some', participantIds: [] }, held: true },
    { action: 'appoint', participantId: someone, controls: ['everything'] },
    { action: 'lock', locked: 'yes' },
    { action: 'spotlight', participantIds: Array.from({ length: 5 }, (_, i) => `${i}`.repeat(16)) },
    { action: 'secure', quietly: true },
  ]) {
    const { client } = await host(room);
    const code = client.closed;
    client.sendRaw(JSON.stringify({ type: 'moderate', request: 9, moderation }));
    expect(await code).toBe(4400);
  }
});

test('who was removed is told by whom, and comes back by no way: same browser, another one, another name', async () => {
  const room = await meeting.makeMeeting();
  const ada = await host(room);
  const cookie = `__Host-conclave-visitor=${randomBytes(32).toString('base64url')}`;
  const gwen = await guest(room, ada, cookie);
  await ada.client.ask({
    ...{ type: 'moderate' },
    moderation: { action: 'remove', participantId: gwen.id, ban: false },
  });
  expect(await gwen.client.hear(({ type }) => type === 'ended')).toMatchObject({
    ...{ reason: 'removed', by: meeting.ownerName },
  });
  const again = await knock(room, cookie, 'Somebody else');
  expect(again.answer).toMatchObject({ code: 'meeting.banned' });
  // Another browser on the same network, with nothing but the passcode.
  expect((await knock(room)).answer).toMatchObject({ code: 'meeting.banned' });
  await gwen.client.closed;
  using late = await SignalClient.open(meeting.origin);
  const resume = { type: 'resume', version: PROTOCOL_VERSION, meetingId: room.id };
  const group = { kind: 'new', keyPackage: 'AAAA' };
  expect(await late.ask({ ...resume, token: gwen.joined.resumeToken, group })).toMatchObject({
    code: 'resume.unknown',
  });
});

test('for good is for good: by the account, after a restart of the service too', async () => {
  const dataFolder = await makeServerFolder();
  const secret = { proof: '', id: '' };
  let cookie = '';
  {
    await using first = await bootMeeting({}, { dataFolder, keepData: true });
    Object.assign(secret, { proof: first.proof, id: first.id });
    const member = await addMember(first.server);
    cookie = member.client.cookie ?? '';
    const join = (whose: string) => joinAt(first.origin, secret, whose);
    const ada = await join(first.ownerCookie);
    const grace = await join(cookie);
    const moderation = { action: 'remove', participantId: grace.id, ban: true };
    expect(await ada.client.ask({ type: 'moderate', moderation })).toMatchObject({ type: 'ok' });
    expect((await join(cookie)).answer).toMatchObject({ code: 'meeting.banned' });
  }
  await using again = await bootServer({ dataFolder, keepData: false });
  expect((await joinAt(again.origin, secret, cookie)).answer).toMatchObject({ code: 'meeting.banned' });
});

async function joinAt(origin: string, room: MadeMeeting, cookie: string) {
  const client = await SignalClient.open(origin, { cookie });
  const entry = groupEntry();
  const who = { meetingId: room.id, proof: room.proof, name: 'Gwen', ...entry };
  const answer = await client.ask({ type: 'join', version: PROTOCOL_VERSION, ...who });
  return { client, answer, id: entry.participantId };
}

test('a locked meeting takes nobody but its host, and says so', async () => {
  const room = await meeting.makeMeeting();
  const ada = await host(room);
  await ada.client.ask({ type: 'moderate', moderation: { action: 'lock', locked: true } });
  expect((await knock(room)).answer).toMatchObject({ code: 'meeting.locked' });
  expect((await knock(room, meeting.ownerCookie)).answer).toMatchObject({ type: 'joined' });
});

test('a lobby of two hundred who come within seconds stays usable', async () => {
  const room = await meeting.makeMeeting();
  const ada = await host(room);
  const waiting = await Promise.all(
    Array.from({ length: 200 }, (_, index) => knock(room, undefined, `Guest ${index}`)),
  );
  expect(waiting.every(({ answer }) => answer.type === 'waiting')).toBe(true);
  await ada.client.hear(
    ({ type }) =>
      type === 'knocked' && ada.client.heard.filter((one) => one.type === 'knocked').length === 200,
  );
  // One of many is let in, and one is turned away, while all others wait.
  const [first, second, ...others] = waiting;
  if (first === undefined || second === undefined) throw new Error('There are two hundred.');
  await ada.client.ask({ type: 'admit', admissions: [{ participantId: first.id, admission }] });
  await first.client.hear(isJoined);
  await ada.client.ask({ type: 'turn-away', participantId: second.id, whom: 'one', ban: false });
  expect(await second.client.hear(({ type }) => type === 'ended')).toMatchObject({ reason: 'turned-away' });
  expect(others.every(({ client }) => client.heard.every(({ type }) => type === 'waiting'))).toBe(true);
  for (const { client } of waiting) client.cut();
});

function refusals(): number {
  return logged.split('"event":"meeting.moderation_refused"').length - 1;
}
