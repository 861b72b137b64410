import { deriveMeetingSecret, toBase64Url } from '@conclave/e2ee';
import { CLOSE, LIMITS, NO_SOURCES, PROTOCOL_VERSION, type ServerMessageOf } from '@conclave/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyKeyPackage, groupEntry } from '../../dev-env/groupEntry.ts';
import { bootMeeting, type RunningMeeting } from './bootMeeting.ts';
import { SignalClient } from './SignalClient.ts';

let meeting: RunningMeeting;
beforeAll(async () => {
  meeting = await bootMeeting();
});
afterAll(async () => {
  await meeting[Symbol.asyncDispose]();
});

function joinMessage(name = 'Gwen') {
  return {
    type: 'join',
    version: PROTOCOL_VERSION,
    meetingId: meeting.id,
    proof: meeting.proof,
    name,
    ...groupEntry(),
  };
}

async function join(name?: string, options: { cookie?: string } = {}) {
  const client = await SignalClient.open(meeting.origin, options);
  const joined = await client.ask(joinMessage(name));
  if (joined.type !== 'joined') throw new Error(`Not joined: ${JSON.stringify(joined)}`);
  return { client, joined };
}

function selfOf({ participants, self }: ServerMessageOf<'joined'>) {
  return participants.find(({ id }) => id === self);
}

test('whoever knows the passcode is in, by a name of their own, marked as a guest', async () => {
  const { client, joined } = await join('  Gwen\u00a0 of the  Hill ');
  using _ = client;
  expect(selfOf(joined)).toMatchObject({ name: 'Gwen of the Hill', role: 'guest', connected: true });
  expect(joined.meeting.id).toBe(meeting.id);
});

test("the meeting's maker is its host, under the name of the account and no other", async () => {
  const { client, joined } = await join('Somebody else', { cookie: meeting.ownerCookie });
  using _ = client;
  expect(selfOf(joined)).toMatchObject({ name: meeting.ownerName, role: 'host' });
});

test('a wrong passcode is refused, and so is a meeting that is not there', async () => {
  using client = await SignalClient.open(meeting.origin);
  const proof = toBase64Url((await deriveMeetingSecret(meeting.id, 'wrongwrongwrong')).proof);
  expect(await client.ask({ ...joinMessage(), proof })).toMatchObject({ code: 'meeting.wrong_passcode' });
  const meetingId = '22222-22222-22222-22222';
  expect(await client.ask({ ...joinMessage(), meetingId })).toMatchObject({ code: 'meeting.not_found' });
  expect(await client.ask(joinMessage())).toMatchObject({ type: 'joined' });
});

test('a page of another version is told to reload', async () => {
  using client = await SignalClient.open(meeting.origin);
  expect(await client.ask({ ...joinMessage(), version: 99 })).toMatchObject({ code: 'protocol.version' });
});

test('others see somebody come, turn things on, and go', async () => {
  const { client: ada } = await join('Ada');
  using _ada = ada;
  const { client: ben, joined } = await join('Ben');
  using _ben = ben;
  await ada.hear(
    (message) => message.type === 'participant-joined' && message.participant.id === joined.self,
  );
  await ben.ask({ type: 'sources', sources: { ...NO_SOURCES, microphone: true } });
  await ada.hear(
    (message) =>
      message.type === 'participant-changed' &&
      message.participant.id === joined.self &&
      message.participant.sources.microphone,
  );
  await ben.ask({ type: 'leave' });
  await ada.hear(
    (message) =>
      message.type === 'participant-left' &&
      message.participantId === joined.self &&
      message.reason === 'left',
  );
  expect(await ben.closed).toBe(CLOSE.ended);
});

test('a lost socket keeps the place; the token takes it back once; everybody sees both', async () => {
  const { client: ada } = await join('Ada');
  using _ada = ada;
  const { client: ben, joined } = await join('Ben');
  ben.cut();
  const changed = (connected: boolean) =>
    ada.hear(
      (message) =>
        message.type === 'participant-changed' &&
        message.participant.id === joined.self &&
        message.participant.connected === connected,
    );
  await changed(false);
  ada.heard.length = 0;

  using again = await SignalClient.open(meeting.origin);
  const message = {
    type: 'resume',
    version: PROTOCOL_VERSION,
    meetingId: meeting.id,
    token: joined.resumeToken,
    group: { kind: 'new', keyPackage: anyKeyPackage() },
  };
  const resumed = await again.ask(message);
  expect(resumed).toMatchObject({ type: 'joined', self: joined.self, transportKept: false });
  await changed(true);

  using thief = await SignalClient.open(meeting.origin);
  expect(await thief.ask(message)).toMatchObject({ code: 'resume.unknown' });
});

test('a resume while the former socket is still open takes its place, and the former one is told', async () => {
  const { client: first, joined } = await join('Twice');
  using _first = first;
  using second = await SignalClient.open(meeting.origin);
  await second.ask({
    type: 'resume',
    version: PROTOCOL_VERSION,
    meetingId: meeting.id,
    token: joined.resumeToken,
    group: { kind: 'new', keyPackage: anyKeyPackage() },
  });
  expect(await first.hear((message) => message.type === 'ended')).toMatchObject({ reason: 'replaced' });
  expect(await first.closed).toBe(CLOSE.ended);
  expect(await second.ask({ type: 'ping' })).toMatchObject({ type: 'ok' });
});

test('a closed page is gone after its short grace', async () => {
  const { client: ada } = await join('Ada');
  using _ada = ada;
  const { client: ben, joined } = await join('Ben');
  const closedAt = performance.now();
  ben.close(1001);
  await ada.hear(
    (message) =>
      message.type === 'participant-left' &&
      message.participantId === joined.self &&
      message.reason === 'lost',
  );
  const seconds = (performance.now() - closedAt) / 1000;
  expect(seconds).toBeGreaterThan(LIMITS.reloadGraceMs / 1000 - 1);
  expect(seconds).toBeLessThan(LIMITS.resumeGraceMs / 1000);
});

test('signing out ends what was joined with that sign-in', async () => {
  const cookie = await meeting.signIn();
  const { client } = await join(undefined, { cookie });
  using _ = client;
  await meeting.signOut(cookie);
  expect(await client.hear((message) => message.type === 'ended')).toMatchObject({ reason: 'signed-out' });
  expect(await client.closed).toBe(CLOSE.ended);
});

test('signing out ends the place too when another socket, without the sign-in, has resumed it', async () => {
  const cookie = await meeting.signIn();
  const { client, joined } = await join(undefined, { cookie });
  client.cut();
  using resumed = await SignalClient.open(meeting.origin);
  const back = await resumed.ask({
    type: 'resume',
    version: PROTOCOL_VERSION,
    meetingId: meeting.id,
    token: joined.resumeToken,
    group: { kind: 'new', keyPackage: anyKeyPackage() },
  });
  expect(back).toMatchObject({ type: 'joined' });
  await meeting.signOut(cookie);
  expect(await resumed.hear(({ type }) => type === 'ended')).toMatchObject({ reason: 'signed-out' });
  expect(await resumed.closed).toBe(CLOSE.ended);
});

test('a new title reaches those who are inside', async () => {
  const { client } = await join();
  using _ = client;
  await meeting.renameMeeting('Weekly');
  expect(await client.hear(({ type }) => type === 'meeting-changed')).toMatchObject({
    meeting: { id: meeting.id, title: 'Weekly' },
  });
});

test('deleting a meeting ends it for everybody in it, and nobody gets in again', async () => {
  const other = await meeting.makeMeeting();
  using client = await SignalClient.open(meeting.origin);
  const message = { ...joinMessage(), meetingId: other.id, proof: other.proof };
  expect(await client.ask(message)).toMatchObject({ type: 'joined' });
  await meeting.deleteMeeting(other.id);
  expect(await client.hear(({ type }) => type === 'ended')).toMatchObject({ reason: 'meeting-ended' });
  using late = await SignalClient.open(meeting.origin);
  expect(await late.ask(message)).toMatchObject({ code: 'meeting.not_found' });
});

test('guessing passcodes is stopped, for the guesser and not for those who are signed in', async () => {
  const other = await meeting.makeMeeting();
  const wrong = { ...joinMessage(), meetingId: other.id, proof: toBase64Url(new Uint8Array(32)) };
  using guesser = await SignalClient.open(meeting.origin);
  let code = '';
  for (let guess = 0; guess < 60 && code !== 'auth.too_many_attempts'; guess++) {
    const answer = await guesser.ask(wrong);
    code = answer.type === 'error' ? answer.code : answer.type;
  }
  expect(code).toBe('auth.too_many_attempts');
  expect(await guesser.ask({ ...wrong, proof: other.proof })).toMatchObject({
    code: 'auth.too_many_attempts',
    retryAfterMs: expect.any(Number),
  });
});
