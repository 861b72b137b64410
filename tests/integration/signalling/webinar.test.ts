import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { LIMITS, type Moderation, PROTOCOL_VERSION, type ServerMessageOf } from '@conclave/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { groupEntry } from '../../dev-env/groupEntry.ts';
import { bootMeeting, type MadeMeeting, type RunningMeeting } from './bootMeeting.ts';
import { commitOf } from './groups.ts';
import { SignalClient } from './SignalClient.ts';

let meeting: RunningMeeting;
let owner: ApiClient;
const log = new PassThrough();
let logged = '';
log.on('data', (data: Buffer) => {
  logged += data.toString();
});
beforeAll(async () => {
  meeting = await bootMeeting({ log: { level: 'info' } }, { logInto: log });
  owner = new ApiClient(meeting.origin);
  owner.cookie = meeting.ownerCookie;
});
afterAll(async () => {
  await meeting[Symbol.asyncDispose]();
});

const admission = randomBytes(200).toString('base64url');
const all = { microphone: true, camera: true, screen: true, screenAudio: true };

async function makeWebinar(): Promise<MadeMeeting> {
  const room = await meeting.makeMeeting();
  const { code } = await owner.call('changeMeeting', {
    params: { id: room.id },
    body: { choices: { form: 'webinar' } },
  });
  expect(code).toBeNull();
  return room;
}

/** As a page does, which learns only so of which form the meeting is. */
async function knock(room: MadeMeeting, cookie?: string) {
  const client = await SignalClient.open(meeting.origin, cookie === undefined ? {} : { cookie });
  const entry = groupEntry();
  const who = { meetingId: room.id, proof: room.proof, name: 'Gwen', ...entry };
  const join = { type: 'join', version: PROTOCOL_VERSION, ...who };
  const named = await client.ask(join);
  const isRefused = named.type === 'error' && named.code === 'webinar.unnamed';
  const introduction = isRefused ? anyIntroduction() : null;
  const answer = isRefused ? await client.ask({ ...join, introduction }) : named;
  return { client, answer, id: entry.participantId, introduction };
}

/** Any bytes: to the server an introduction is no more than that. */
function anyIntroduction(): string {
  return randomBytes(200).toString('base64url');
}

/** Whose introductions somebody was ever told of, in whatever message. */
function handed(
  { client }: { readonly client: SignalClient },
  ...of: readonly { readonly introduction: string | null }[]
) {
  const heard = JSON.stringify(client.heard);
  return of.map(({ introduction }) => introduction !== null && heard.includes(introduction));
}

async function enter(room: MadeMeeting, cookie?: string) {
  const came = await knock(room, cookie);
  if (came.answer.type !== 'joined') throw new Error(JSON.stringify(came.answer));
  return { ...came, joined: came.answer, group: came.answer.group };
}

function moderate(by: { readonly client: SignalClient }, moderation: Moderation) {
  return by.client.ask({ type: 'moderate', moderation });
}

/** A webinar that is live, with its host and an audience of two. */
async function live() {
  const room = await makeWebinar();
  const ada = await enter(room, meeting.ownerCookie);
  expect(await moderate(ada, { action: 'live' })).toMatchObject({ type: 'ok' });
  return { room, ada, gwen: await enter(room), gus: await enter(room) };
}
type Came = Awaited<ReturnType<typeof enter>>;

test('whoever comes before it is live waits, is told so, and comes in by itself when it begins', async () => {
  const room = await makeWebinar();
  const early = await knock(room);
  expect(early.answer).toMatchObject({ type: 'waiting', hostPresent: false, waitsFor: 'beginning' });
  // At the door there is no beginning to be made.
  expect(await moderate(early, { action: 'live' })).toMatchObject({ code: 'protocol.order' });
  expect(await early.client.ask({ type: 'take-stage', onStage: true })).toMatchObject({
    code: 'protocol.order',
  });
  const ada = await enter(room, meeting.ownerCookie);
  expect(ada.joined.lobby).toMatchObject([{ participantId: early.id, waitsFor: 'beginning' }]);
  expect(ada.joined).toMatchObject({ rules: { form: 'webinar' }, orders: { live: false } });
  await moderate(ada, { action: 'live' });
  const joined = await early.client.hear(isJoined);
  expect(joined.participants.map(({ id }) => id)).toEqual([ada.id, early.id]);
  expect(joined).toMatchObject({ allowed: { microphone: false, camera: false, screen: false }, lobby: [] });
});

test('a host lets a speaker in to practise; others wait meanwhile', async () => {
  const room = await makeWebinar();
  const ada = await enter(room, meeting.ownerCookie);
  const speaker = await knock(room);
  await ada.client.ask({ type: 'admit', admissions: [{ participantId: speaker.id, admission }] });
  await speaker.client.hear(isJoined);
  await moderate(ada, { action: 'stage', participantId: speaker.id as never, onStage: true });
  expect(await speaker.client.hear(({ type }) => type === 'moderated')).toMatchObject({
    what: 'asked',
    by: ada.id,
  });
  expect(await speaker.client.ask({ type: 'take-stage', onStage: true })).toMatchObject({ type: 'ok' });
  const allowed = await speaker.client.hear(({ type }) => type === 'allowed');
  expect(allowed).toMatchObject({ allowed: { microphone: true, camera: true } });
  expect((await knock(room)).answer.type).toBe('waiting');
});

test('an audience is told of the stage and of nobody else; hosts are told of everybody', async () => {
  const { ada, gwen, gus } = await live();
  expect(gus.joined.participants.map(({ id }) => id)).toEqual([ada.id, gus.id]);
  await ada.client.hear((one) => one.type === 'participant-joined' && one.participant.id === gus.id);
  await gus.client.ask({ type: 'leave' });
  await ada.client.hear((one) => one.type === 'participant-left' && one.participantId === gus.id);
  await gwen.client.ask({ type: 'ping' });
  for (const message of gwen.client.heard) expect(JSON.stringify(message)).not.toContain(gus.id);
});

test('on stage one is seen by all, and back in the audience by hosts alone', async () => {
  const { ada, gwen, gus } = await live();
  await moderate(ada, { action: 'stage', participantId: gwen.id as never, onStage: true });
  await gwen.client.ask({ type: 'take-stage', onStage: true });
  await gus.client.hear((one) => one.type === 'participant-joined' && one.participant.id === gwen.id);
  await gwen.client.ask({ type: 'sources', sources: all });
  await gus.client.hear(
    (one) =>
      one.type === 'participant-changed' && one.participant.id === gwen.id && one.participant.sources.camera,
  );
  await moderate(ada, { action: 'stage', participantId: gwen.id as never, onStage: false });
  await gus.client.hear((one) => one.type === 'participant-left' && one.participantId === gwen.id);
  const told = await ada.client.hear(
    (one) =>
      one.type === 'participant-changed' && one.participant.id === gwen.id && one.participant.stage === 'off',
  );
  expect(told).toMatchObject({ participant: { sources: { camera: false }, allowed: { camera: false } } });
});

test.each<[string, (one: Came, all: { ada: Came; gus: Came }) => Record<string, unknown>]>([
  ['claims the stage', () => ({ type: 'take-stage', onStage: true })],
  ['leaves a stage where it is not', () => ({ type: 'take-stage', onStage: false })],
  ['goes live', () => ({ type: 'moderate', moderation: { action: 'live' } })],
  [
    'asks itself on stage',
    ({ id }) => ({ type: 'moderate', moderation: { action: 'stage', participantId: id, onStage: true } }),
  ],
  [
    'takes the host off the stage',
    (_, { ada }) => ({
      type: 'moderate',
      moderation: { action: 'stage', participantId: ada.id, onStage: false },
    }),
  ],
  [
    'makes itself a co-host',
    ({ id }) => ({
      type: 'moderate',
      moderation: { action: 'appoint', participantId: id, controls: ['media'] },
    }),
  ],
])('an audience that %s is refused, and it is on record', async (_, attack) => {
  const { ada, gwen, gus } = await live();
  const before = count('meeting.moderation_refused');
  expect(await gwen.client.ask(attack(gwen, { ada, gus }))).toMatchObject({ code: 'meeting.not_allowed' });
  expect(count('meeting.moderation_refused') - before).toBe(1);
});

test('an audience that says that it sends is taken for silent', async () => {
  const { ada, gwen } = await live();
  expect(await gwen.client.ask({ type: 'sources', sources: all })).toMatchObject({ type: 'ok' });
  await ada.client.ask({ type: 'ping' });
  for (const message of ada.client.heard)
    if (message.type === 'participant-changed') expect(message.participant.sources.microphone).toBe(false);
});

test('an audience that comes back asks for the roster in vain: a resume tells it no more', async () => {
  const { room, ada, gwen } = await live();
  gwen.client.cut();
  await gwen.client.closed;
  using again = await SignalClient.open(meeting.origin);
  const resumed = await again.ask({
    ...{ type: 'resume', version: PROTOCOL_VERSION, meetingId: room.id, token: gwen.joined.resumeToken },
    group: { kind: 'new', keyPackage: 'AAAA', introduction: anyIntroduction() },
  });
  if (resumed.type !== 'joined') throw new Error(JSON.stringify(resumed));
  expect(resumed.participants.map(({ id }) => id)).toEqual([ada.id, gwen.id]);
});

test('in the group an audience commits nothing, keeps nobody out, and says little to everybody', async () => {
  const { room, ada, gwen, gus } = await live();
  await ada.client.ask(commitOf(ada, 0, [gwen.id, gus.id]));
  for (const one of [gwen, gus]) await one.client.hear(({ type }) => type === 'group-welcome');
  const late = await enter(room);
  const { groupId } = ada.group;
  // What there is to commit is told to those who commit.
  await ada.client.hear(
    (one) =>
      one.type === 'group-pending' && one.waiting.some(({ participantId }) => participantId === late.id),
  );
  await gwen.client.ask({ type: 'ping' });
  expect(gwen.client.heard.some((one) => one.type === 'group-pending' && one.waiting.length > 0)).toBe(false);
  const before = count('meeting.moderation_refused');
  const tries = [
    commitOf(gwen, 1, [late.id]),
    { type: 'group-refuse', groupId, participantId: late.id },
    { type: 'group-message', groupId, to: 'everybody', message: 'A'.repeat(LIMITS.audienceMessageChars + 1) },
  ];
  for (const ask of tries) expect(await gwen.client.ask(ask)).toMatchObject({ code: 'meeting.not_allowed' });
  expect(count('meeting.moderation_refused') - before).toBe(tries.length);
  // A question, a reaction, and a word of the host.
  const say = (who: Came, to: string, message: string) =>
    who.client.ask({ type: 'group-message', groupId, to, message });
  await say(gwen, 'stage', 'QUES');
  await say(gwen, 'everybody', 'REAC');
  await say(ada, 'everybody', 'WORD');
  await gus.client.hear((one) => one.type === 'group-message' && one.message === 'WORD');
  const heard = (who: Came) =>
    who.client.heard.flatMap((one) => (one.type === 'group-message' ? [one.message] : []));
  expect(heard(gus)).toEqual(['REAC', 'WORD']);
  expect(heard(ada)).toEqual(['QUES', 'REAC']);
});

test('all reactions of an audience together are bounded, and so is what one says', async () => {
  const { ada, gwen, gus } = await live();
  await ada.client.ask(commitOf(ada, 0, [gwen.id, gus.id]));
  await gwen.client.hear(({ type }) => type === 'group-welcome');
  const { groupId } = ada.group;
  const react = { type: 'group-message', groupId, to: 'everybody', message: 'REAC' };
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? gwen : gus).client.ask(react)),
  );
  const taken = answers.filter(({ type }) => type === 'ok').length;
  expect(taken).toBeGreaterThanOrEqual(8);
  expect(taken).toBeLessThanOrEqual(12);
});

test('a commit of a webinar may be large from the stage, and from nobody else', async () => {
  const { ada, gwen } = await live();
  const large = 'A'.repeat(Math.floor((LIMITS.webinarCommitBytes * 4) / 3));
  const welcome = 'A'.repeat(Math.floor((LIMITS.webinarWelcomeBytes * 4) / 3));
  expect(await ada.client.ask({ ...commitOf(ada, 0, [gwen.id]), commit: large, welcome })).toMatchObject({
    type: 'ok',
  });
  await gwen.client.hear(({ type }) => type === 'group-welcome');
  gwen.client.sendRaw(JSON.stringify({ ...commitOf(gwen, 1), request: 9, commit: large }));
  expect([1009, 1006]).toContain(await gwen.client.closed);
});

test('whoever would be audience and comes by name is refused before anybody hears of it, or anything is counted', async () => {
  const { room, ada } = await live();
  const refused = count('join.refused');
  const client = await SignalClient.open(meeting.origin);
  const entry = groupEntry();
  const join = {
    ...{ type: 'join', version: PROTOCOL_VERSION, meetingId: room.id, name: 'Gwen', ...entry },
    proof: room.proof,
  };
  // More often than joins are counted.
  for (let times = 0; times < 40; times++)
    expect(await client.ask(join)).toMatchObject({ type: 'error', code: 'webinar.unnamed' });
  // Of which form a meeting is, nobody hears who does not know its passcode.
  const guess = { ...join, proof: randomBytes(32).toString('base64url') };
  expect(await client.ask(guess)).toMatchObject({ code: 'meeting.wrong_passcode' });
  await ada.client.ask({ type: 'ping' });
  expect(JSON.stringify(ada.client.heard)).not.toContain(entry.participantId);
  expect(count('join.refused') - refused).toBe(1);
  expect(await client.ask({ ...join, introduction: anyIntroduction() })).toMatchObject({ type: 'joined' });
});

test('who somebody of the audience is, is handed to hosts and to nobody of the audience', async () => {
  const { room, ada, gwen, gus } = await live();
  const late = await enter(room);
  const host = await enter(room, meeting.ownerCookie);
  for (const each of [ada, host]) await each.client.ask({ type: 'ping' });
  expect(handed(ada, gwen, gus, late)).toEqual([true, true, true]);
  // Whoever comes later is told at once, and hears of those who come after.
  const after = await enter(room);
  await host.client.hear((one) => one.type === 'participant-joined' && one.participant.id === after.id);
  expect(handed(host, gwen, gus, late, after)).toEqual([true, true, true, true]);
  for (const each of [gwen, gus, late]) await each.client.ask({ type: 'ping' });
  expect(handed(gwen, gus, late, after)).toEqual([false, false, false]);
  expect(handed(late, gwen, gus, after)).toEqual([false, false, false]);
  expect(ada.joined.participants[0]?.introduction).toBeNull();
});

test('on stage somebody is introduced to all, and to those who come later', async () => {
  const { room, ada, gwen, gus } = await live();
  await moderate(ada, { action: 'stage', participantId: gwen.id as never, onStage: true });
  await gwen.client.hear(({ type }) => type === 'moderated');
  await gus.client.ask({ type: 'ping' });
  // Asked is not yet there.
  expect(handed(gus, gwen)).toEqual([false]);
  await gwen.client.ask({ type: 'take-stage', onStage: true });
  await gus.client.hear((one) => one.type === 'participant-joined' && one.participant.id === gwen.id);
  expect(handed(gus, gwen)).toEqual([true]);
  const late = await enter(room);
  expect(handed(late, gwen, gus)).toEqual([true, false]);
  // A speaker who is no host sees the stage, and nothing else.
  await gwen.client.ask({ type: 'ping' });
  expect(handed(gwen, gus, late)).toEqual([false, false]);
  await moderate(ada, { action: 'stage', participantId: gwen.id as never, onStage: false });
  await gus.client.hear((one) => one.type === 'participant-left' && one.participantId === gwen.id);
  expect(handed(await enter(room), gwen)).toEqual([false]);
});

test('each new leaf of somebody brings a new introduction, for the same eyes; by name nobody comes back', async () => {
  const { room, ada, gwen, gus } = await live();
  const again = anyIntroduction();
  const rejoin = { type: 'group-rejoin', keyPackage: 'BBBB' };
  expect(await gwen.client.ask(rejoin)).toMatchObject({ code: 'webinar.unnamed' });
  expect(await gwen.client.ask({ ...rejoin, introduction: again })).toMatchObject({ type: 'group-seat' });
  await ada.client.hear(
    (one) => one.type === 'participant-changed' && one.participant.introduction === again,
  );
  gwen.client.cut();
  await gwen.client.closed;
  using back = await SignalClient.open(meeting.origin);
  const token = gwen.joined.resumeToken;
  const resume = { type: 'resume', version: PROTOCOL_VERSION, meetingId: room.id, token };
  const claim = { kind: 'new', keyPackage: 'CCCC' };
  expect(await back.ask({ ...resume, group: claim })).toMatchObject({ code: 'webinar.unnamed' });
  const third = anyIntroduction();
  const resumed = await back.ask({ ...resume, group: { ...claim, introduction: third } });
  expect(resumed).toMatchObject({ type: 'joined' });
  await ada.client.hear(
    (one) => one.type === 'participant-changed' && one.participant.introduction === third,
  );
  await gus.client.ask({ type: 'ping' });
  expect(handed(gus, { introduction: again }, { introduction: third }, gwen)).toEqual([false, false, false]);
});

test('who knocks is introduced to those who may open, and to nobody else', async () => {
  const room = await makeWebinar();
  const early = await knock(room);
  const ada = await enter(room, meeting.ownerCookie);
  const knocking = await knock(room);
  await ada.client.hear((one) => one.type === 'knocked' && one.knock.participantId === knocking.id);
  expect(ada.joined.lobby).toMatchObject([{ participantId: early.id, introduction: early.introduction }]);
  expect(handed(ada, early, knocking)).toEqual([true, true]);
  await ada.client.ask({ type: 'admit', admissions: [{ participantId: early.id, admission }] });
  await early.client.hear(isJoined);
  await knock(room);
  await early.client.ask({ type: 'ping' });
  expect(handed(early, knocking)).toEqual([false]);
});

test('in a meeting, and as a host, nobody comes without a name', async () => {
  const plain = await meeting.makeMeeting();
  const webinar = await makeWebinar();
  for (const [room, cookie] of [
    [plain, undefined],
    [webinar, meeting.ownerCookie],
  ] as const) {
    using client = await SignalClient.open(meeting.origin, cookie === undefined ? {} : { cookie });
    const who = { meetingId: room.id, proof: room.proof, name: 'Gwen', ...groupEntry() };
    const join = { type: 'join', version: PROTOCOL_VERSION, ...who, introduction: anyIntroduction() };
    expect(await client.ask(join)).toMatchObject({ code: 'meeting.not_allowed' });
  }
});

function isJoined(message: { type: string }): message is ServerMessageOf<'joined'> {
  return message.type === 'joined';
}

function count(event: string): number {
  return logged.split(`"event":"${event}"`).length - 1;
}
