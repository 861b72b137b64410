import {
  CLOSE,
  NO_SOURCES,
  type PolicyChanges,
  PROTOCOL_VERSION,
  type ServerMessage,
  type ServerMessageOf,
  type SourceSet,
} from '@conclave/protocol';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ApiClient } from '../../dev-env/ApiClient.ts';
import { setUpTotp } from '../../dev-env/factors.ts';
import { groupEntry } from '../../dev-env/groupEntry.ts';
import { askAccess, FileClient, newFileId } from '../files/FileClient.ts';
import { bootMeeting, type MadeMeeting, type RunningMeeting } from '../signalling/bootMeeting.ts';
import { SignalClient } from '../signalling/SignalClient.ts';
import { browserOf, changePolicy } from './changePolicy.ts';

let meeting: RunningMeeting;
let owner: ApiClient;
beforeAll(async () => {
  meeting = await bootMeeting({}, { openDoors: false });
  owner = browserOf(meeting.origin, meeting.ownerCookie);
  await changePolicy(owner, before);
});
afterAll(() => meeting[Symbol.asyncDispose]());

const before: PolicyChanges = {
  straightIn: { mode: 'default', value: 'everybody' },
  guests: { mode: 'default', value: 'allowed' },
  screenSharing: { mode: 'default', value: 'everybody' },
  fileSharing: { mode: 'default', value: 'everybody' },
  chat: { mode: 'default', value: 'everybody' },
  privateChat: { mode: 'default', value: 'allowed' },
  directPath: { mode: 'off' },
  participants: { mode: 'default', value: 300 },
  microphoneAtStart: { mode: 'default', value: 'chosen' },
  cameraAtStart: { mode: 'default', value: 'chosen' },
};
afterEach(() => changePolicy(owner, before));

const on: SourceSet = { ...NO_SOURCES, screen: true, microphone: true, camera: true };

async function knock(room: MadeMeeting, cookie?: string) {
  const client = await SignalClient.open(meeting.origin, cookie === undefined ? {} : { cookie });
  const answer = await client.ask({
    type: 'join',
    version: PROTOCOL_VERSION,
    meetingId: room.id,
    proof: room.proof,
    name: 'Gwen',
    ...groupEntry(),
  });
  return { client, answer };
}

async function enter(room: MadeMeeting, cookie?: string) {
  const { client, answer } = await knock(room, cookie);
  if (answer.type !== 'joined') throw new Error(`Not joined: ${JSON.stringify(answer)}`);
  return { client, joined: answer };
}

async function hostAndGuest() {
  const room = await meeting.makeMeeting();
  const host = await enter(room, meeting.ownerCookie);
  const guest = await enter(room);
  return { room, host, guest };
}

const has =
  <T extends ServerMessage['type']>(type: T, is: (message: ServerMessageOf<T>) => boolean = () => true) =>
  (message: ServerMessage): message is ServerMessageOf<T> =>
    message.type === type && is(message as ServerMessageOf<T>);

test('where screens may not be shared any more, the one that is shared is off for all at once', async () => {
  const { host, guest } = await hostAndGuest();
  using _ = guest.client;
  using __ = host.client;
  const self = guest.joined.self;
  await guest.client.ask({ type: 'sources', sources: on });
  const isSharing = (sharing: boolean) =>
    has(
      'participant-changed',
      ({ participant }) => participant.id === self && participant.sources.screen === sharing,
    );
  await host.client.hear(isSharing(true));
  await changePolicy(owner, { screenSharing: { mode: 'default', value: 'members' } });
  await host.client.hear(isSharing(false));
  expect((await guest.client.hear(has('allowed'))).allowed).toMatchObject({
    screen: false,
    screenAudio: false,
  });
  await guest.client.ask({ type: 'sources', sources: on });
  expect(guest.client.heard.filter(isSharing(true))).toHaveLength(1);
  await host.client.ask({ type: 'sources', sources: on });
  await changePolicy(owner, { screenSharing: { mode: 'off' } });
  expect((await host.client.hear(has('allowed'))).allowed).toMatchObject({ screen: false, microphone: true });
});

test('guests who may not be here any more leave and are told why, and nobody else joins without an account', async () => {
  const { room, host, guest } = await hostAndGuest();
  using _ = host.client;
  await changePolicy(owner, { guests: { mode: 'off' } });
  expect((await guest.client.hear(has('ended'))).reason).toBe('members-only');
  await guest.client.closed;
  const left = await host.client.hear(has('participant-left'));
  expect(left).toMatchObject({ participantId: guest.joined.self, reason: 'members-only' });
  const { client, answer } = await knock(room);
  using __ = client;
  expect(answer).toMatchObject({ type: 'error', code: 'meeting.members_only' });
  // Who does not know the passcode is told nothing of it.
  const wrong = { ...room, proof: `${'A'.repeat(42)}A` };
  const stranger = await knock(wrong);
  using ___ = stranger.client;
  expect(stranger.answer).toMatchObject({ code: 'meeting.wrong_passcode' });
});

test('a place that is kept for a guest goes too', async () => {
  const { room, host, guest } = await hostAndGuest();
  using _ = host.client;
  guest.client.cut();
  await host.client.hear(has('participant-changed', ({ participant }) => !participant.connected));
  await changePolicy(owner, { guests: { mode: 'enforced', value: 'refused' } });
  await host.client.hear(has('participant-left', ({ reason }) => reason === 'members-only'));
  using again = await SignalClient.open(meeting.origin);
  const resume = {
    type: 'resume',
    version: PROTOCOL_VERSION,
    meetingId: room.id,
    token: guest.joined.resumeToken,
    group: { kind: 'new', keyPackage: groupEntry().keyPackage },
  };
  expect(await again.ask(resume)).toMatchObject({ code: 'resume.unknown' });
});

test('a smaller meeting puts nobody out and lets nobody else in', async () => {
  const { room, host, guest } = await hostAndGuest();
  using _ = host.client;
  using __ = guest.client;
  await changePolicy(owner, { participants: { mode: 'enforced', value: 2 } });
  const third = await knock(room);
  using ___ = third.client;
  expect(third.answer).toMatchObject({ code: 'meeting.full' });
  expect(await guest.client.ask({ type: 'ping' })).toMatchObject({ type: 'ok' });
});

test('where there are to be no files, none is taken in or given out, and those that are there are gone', async () => {
  const { host, guest } = await hostAndGuest();
  using _ = host.client;
  using __ = guest.client;
  const access = await askAccess(guest.client);
  expect(access.maySend).toBe(true);
  const files = new FileClient(meeting.origin, access.token);
  const [whole, begun] = [newFileId(), newFileId()];
  for (const id of [whole, begun]) expect((await files.send('PUT', id, { bytes: 100 })).status).toBe(200);
  expect((await files.send('PUT', `${whole}/parts/0`, new Uint8Array(100))).status).toBe(204);
  expect((await files.send('POST', `${whole}/finish`)).status).toBe(204);

  await changePolicy(owner, { fileSharing: { mode: 'default', value: 'members' } });
  expect((await files.send('PUT', newFileId(), { bytes: 100 })).code).toBe('file.not_allowed');
  expect((await files.send('GET', begun)).code).toBe('file.not_found');
  expect((await files.send('GET', `${whole}/parts/0`)).status).toBe(200);
  expect((await guest.client.hear(has('rules'))).rules.fileSharing).toBe('members');
  expect((await askAccess(host.client)).maySend).toBe(true);

  await changePolicy(owner, { fileSharing: { mode: 'off' } });
  const { token, maySend } = await askAccess(guest.client);
  expect(maySend).toBe(false);
  expect((await new FileClient(meeting.origin, token).send('GET', `${whole}/parts/0`)).code).toBe(
    'file.not_found',
  );
});

test('a direct path ends when it may no longer be', async () => {
  await changePolicy(owner, { directPath: { mode: 'enforced', value: 'allowed' } });
  const { host, guest } = await hostAndGuest();
  using _ = host.client;
  using __ = guest.client;
  await guest.client.ask({ type: 'direct-consent', agreed: true });
  await guest.client.hear(has('direct-path', ({ direct }) => direct.state === 'offered'));
  await changePolicy(owner, { directPath: { mode: 'off' } });
  for (const { client } of [host, guest])
    await client.hear(has('direct-path', ({ direct }) => direct.state === 'off'));
});

test('chat and how devices begin are told to whoever comes and whoever is there', async () => {
  const { room, host, guest } = await hostAndGuest();
  using _ = host.client;
  using __ = guest.client;
  expect(guest.joined.rules).toMatchObject({ chat: 'everybody', microphoneAtStart: 'chosen' });
  await changePolicy(owner, { chat: { mode: 'off' }, microphoneAtStart: { mode: 'enforced', value: 'off' } });
  const rules = { chat: 'off', microphoneAtStart: 'off', cameraAtStart: 'chosen' };
  for (const { client } of [host, guest])
    expect((await client.hear(has('rules'))).rules).toMatchObject(rules);
  const late = await enter(room);
  using ___ = late.client;
  expect(late.joined.rules).toMatchObject(rules);
  // Whoever does not hold to it is not forwarded before they have said that it is off.
  await late.client.ask({ type: 'sources', sources: on });
  const changed = await host.client.hear(
    has('participant-changed', ({ participant }) => participant.id === late.joined.self),
  );
  expect(changed.participant.sources).toMatchObject({ microphone: false, camera: true });
});

test('who writes, and whether privately, is told at once, by the meeting’s choice and the organisation’s word', async () => {
  const { room, host, guest } = await hostAndGuest();
  using _ = host.client;
  using __ = guest.client;
  expect(guest.joined.rules).toMatchObject({ chat: 'everybody', privateChat: 'allowed' });
  const body = { choices: { chat: 'hosts' } };
  expect((await owner.call('changeMeeting', { params: { id: room.id }, body })).status).toBe(200);
  for (const { client } of [host, guest])
    expect((await client.hear(has('rules'))).rules).toMatchObject({ chat: 'hosts', privateChat: 'allowed' });
  await changePolicy(owner, { privateChat: { mode: 'off' } });
  for (const { client } of [host, guest])
    await client.hear(has('rules', ({ rules }) => rules.chat === 'hosts' && rules.privateChat === 'off'));
});

test('the choice of a meeting holds there alone, at once, and ends where the organisation decides', async () => {
  const { room, host, guest } = await hostAndGuest();
  const other = await hostAndGuest();
  using _ = host.client;
  using __ = other.guest.client;
  using ___ = other.host.client;
  const choose = (choices: object) =>
    owner.call('changeMeeting', { params: { id: room.id }, body: { choices } });
  expect((await choose({ guests: 'refused' })).status).toBe(200);
  expect((await guest.client.hear(has('ended'))).reason).toBe('members-only');
  expect(await other.guest.client.ask({ type: 'ping' })).toMatchObject({ type: 'ok' });
  expect((await knock(room)).answer).toMatchObject({ code: 'meeting.members_only' });
  await changePolicy(owner, { guests: { mode: 'enforced', value: 'allowed' } });
  const back = await enter(room);
  using ____ = back.client;
});

test('a meeting that begins has the rules that its host has chosen before', async () => {
  const room = await meeting.makeMeeting();
  const body = { choices: { chat: 'off', participants: 2, screenSharing: 'off' } };
  await owner.call('changeMeeting', { params: { id: room.id }, body });
  const host = await enter(room, meeting.ownerCookie);
  using _ = host.client;
  expect(host.joined).toMatchObject({ rules: { chat: 'off' }, allowed: { screen: false } });
  using __ = (await enter(room)).client;
  const third = await knock(room);
  using ___ = third.client;
  expect(third.answer).toMatchObject({ code: 'meeting.full' });
});

test('whoever lacks the second factor that is asked for from now on is let go; who has one, and guests, stay', async () => {
  const { host, guest } = await hostAndGuest();
  using _ = guest.client;
  await changePolicy(owner, { secondFactor: 'everybody' });
  expect(await host.client.closed).toBe(CLOSE.ended);
  expect(await guest.client.ask({ type: 'ping' })).toMatchObject({ type: 'ok' });
  await setUpTotp(owner, Date.now());
  using again = (await enter(await meeting.makeMeeting(), meeting.ownerCookie)).client;
  await changePolicy(owner, { factors: ['totp'] });
  expect(await again.ask({ type: 'ping' })).toMatchObject({ type: 'ok' });
  await changePolicy(owner, { secondFactor: 'nobody' });
});
