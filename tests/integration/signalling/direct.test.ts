import {
  LIMITS,
  NO_SOURCES,
  PROTOCOL_VERSION,
  type ServerMessage,
  type ServerMessageOf,
} from '@conclave/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { groupEntry } from '../../dev-env/groupEntry.ts';
import { bootMeeting, type RunningMeeting } from './bootMeeting.ts';
import { SignalClient } from './SignalClient.ts';

let meeting: RunningMeeting;
beforeAll(async () => {
  meeting = await bootMeeting({ meetings: { directPath: 'allowed' } });
});
afterAll(async () => {
  await meeting[Symbol.asyncDispose]();
});

const candidate = { kind: 'candidate', candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host' };
const offer = { kind: 'description', type: 'offer', sdp: 'v=0' };
type Room = { readonly id: string; readonly proof: string };

async function enter(room: Room, name: string, cookie?: string): Promise<SignalClient> {
  const client = await SignalClient.open(meeting.origin, cookie === undefined ? {} : { cookie });
  const { id: meetingId, proof } = room;
  const joined = await client.ask({
    type: 'join',
    version: PROTOCOL_VERSION,
    meetingId,
    proof,
    name,
    ...groupEntry(),
  });
  expect(joined).toMatchObject({ type: 'joined', direct: { state: 'server' } });
  return client;
}

function isOffered(message: ServerMessage): message is ServerMessageOf<'direct-path'> {
  return message.type === 'direct-path' && message.direct.state === 'offered';
}

/** A guest and the owner with an offer that stands. */
async function offered(): Promise<{ room: Room; host: SignalClient; guest: SignalClient; offerId: number }> {
  const room = await meeting.makeMeeting();
  const host = await enter(room, 'Host', meeting.ownerCookie);
  const guest = await enter(room, 'Guest');
  await guest.ask({ type: 'direct-consent', agreed: true });
  const { direct } = await host.hear(isOffered);
  await guest.hear(isOffered);
  return { room, host, guest, offerId: direct.state === 'offered' ? direct.offerId : 0 };
}

test('a guest who has not agreed is asked, and nothing is offered or passed on', async () => {
  const room = await meeting.makeMeeting();
  using host = await enter(room, 'Host', meeting.ownerCookie);
  using guest = await enter(room, 'Guest');
  const refusal = { type: 'error', code: 'direct.not_offered' };
  expect(await guest.ask({ type: 'direct-signal', offerId: 1, signal: candidate })).toMatchObject(refusal);
  expect(await host.ask({ type: 'direct-signal', offerId: 1, signal: offer })).toMatchObject(refusal);
  expect(await host.ask({ type: 'direct-report', offerId: 1, report: 'flowing' })).toMatchObject(refusal);
  expect(host.heard.concat(guest.heard).filter(({ type }) => type === 'direct-signal')).toEqual([]);
  expect(host.heard.concat(guest.heard).filter(isOffered)).toEqual([]);
});

test('signals pass between the two, and each end is told when both receive', async () => {
  const { host, guest, offerId } = await offered();
  using _host = host;
  using _guest = guest;
  expect(await host.ask({ type: 'direct-signal', offerId, signal: offer })).toMatchObject({ type: 'ok' });
  expect(await guest.hear(({ type }) => type === 'direct-signal')).toMatchObject({ offerId, signal: offer });
  for (const client of [host, guest]) await client.ask({ type: 'direct-report', offerId, report: 'flowing' });
  for (const client of [host, guest])
    await client.hear((message) => message.type === 'direct-path' && message.direct.state === 'established');
});

test('a third person ends it at once, and can send nothing for it', async () => {
  const { room, host, guest, offerId } = await offered();
  using _host = host;
  using _guest = guest;
  using third = await enter(room, 'Third');
  for (const client of [host, guest])
    await client.hear(
      (message) =>
        message.type === 'direct-path' &&
        message.direct.state === 'server' &&
        message.direct.ended === 'third-person',
    );
  for (const client of [host, guest, third])
    expect(await client.ask({ type: 'direct-signal', offerId, signal: candidate })).toMatchObject({
      code: 'direct.not_offered',
    });
  expect(third.heard.filter(({ type }) => type === 'direct-signal')).toEqual([]);
  expect(await host.ask({ type: 'ping' })).toMatchObject({ type: 'ok' });
});

test('a consent that is taken back ends it at once', async () => {
  const { host, guest, offerId } = await offered();
  using _host = host;
  using _guest = guest;
  await guest.ask({ type: 'direct-consent', agreed: false });
  expect(await host.ask({ type: 'direct-signal', offerId, signal: offer })).toMatchObject({
    code: 'direct.not_offered',
  });
  await host.hear(
    (message) =>
      message.type === 'direct-path' &&
      message.direct.state === 'server' &&
      message.direct.ended === 'consent',
  );
});

test('stale ids, the wrong role, a second description and too many candidates are refused one by one', async () => {
  const { host, guest, offerId } = await offered();
  using _host = host;
  using _guest = guest;
  const [offerer, answerer] = [host, guest];
  const send = (client: SignalClient, id: number, signal: object) =>
    client.ask({ type: 'direct-signal', offerId: id, signal });
  expect(await send(offerer, offerId + 1, offer)).toMatchObject({ code: 'direct.not_offered' });
  expect(await send(answerer, offerId, offer)).toMatchObject({ code: 'protocol.order' });
  expect(await send(offerer, offerId, offer)).toMatchObject({ type: 'ok' });
  expect(await send(offerer, offerId, offer)).toMatchObject({ code: 'direct.too_many' });
  for (let count = 0; count < LIMITS.directCandidates; count++)
    expect(await send(answerer, offerId, candidate)).toMatchObject({ type: 'ok' });
  expect(await send(answerer, offerId, candidate)).toMatchObject({ code: 'direct.too_many' });
  expect(offerer.heard.filter(({ type }) => type === 'direct-signal')).toHaveLength(LIMITS.directCandidates);
  expect(await offerer.ask({ type: 'sources', sources: NO_SOURCES })).toMatchObject({ type: 'ok' });
});

test.each([
  ['a description that is too large', { ...offer, sdp: 'x'.repeat(LIMITS.directSdpBytes + 1) }],
  [
    'a candidate that is too long',
    { kind: 'candidate', candidate: `candidate:${'x'.repeat(LIMITS.directCandidateBytes)}` },
  ],
  ['a candidate of two lines', { kind: 'candidate', candidate: 'candidate:1\r\na=evil' }],
  ['something else', { kind: 'script', candidate: 'candidate:1' }],
  ['more than is asked for', { ...candidate, more: true }],
])('%s closes the socket that sends it, and the other one hears nothing', async (_, signal) => {
  const { host, guest, offerId } = await offered();
  using _host = host;
  using _guest = guest;
  guest.sendRaw(JSON.stringify({ type: 'direct-signal', request: 99, offerId, signal }));
  expect(await guest.hear(({ type }) => type === 'error')).toMatchObject({
    request: null,
    code: 'request.invalid',
  });
  await host.hear(
    (message) =>
      message.type === 'direct-path' && message.direct.state === 'server' && message.direct.ended === 'away',
  );
  expect(host.heard.filter(({ type }) => type === 'direct-signal')).toEqual([]);
  expect(await host.ask({ type: 'ping' })).toMatchObject({ type: 'ok' });
});

test('a flood of signals closes the socket that sends it, and the other one goes on', async () => {
  const { host, guest, offerId } = await offered();
  using _host = host;
  using _guest = guest;
  for (let request = 1; request < LIMITS.signalBurst * 3; request++)
    guest.sendRaw(JSON.stringify({ type: 'direct-signal', request, offerId, signal: candidate }));
  expect(await guest.closed).toBeGreaterThanOrEqual(4000);
  expect(host.heard.filter(({ type }) => type === 'direct-signal').length).toBeLessThanOrEqual(
    LIMITS.directCandidates,
  );
  expect(await host.ask({ type: 'ping' })).toMatchObject({ type: 'ok' });
});

test('a service without direct paths offers none, whatever is said', async () => {
  await using off = await bootMeeting();
  using client = await SignalClient.open(off.origin);
  const joined = await client.ask({
    type: 'join',
    version: PROTOCOL_VERSION,
    meetingId: off.id,
    proof: off.proof,
    name: 'A',
    ...groupEntry(),
  });
  expect(joined).toMatchObject({ direct: { state: 'off' } });
  await client.ask({ type: 'direct-consent', agreed: true });
  expect(await client.ask({ type: 'direct-signal', offerId: 1, signal: candidate })).toMatchObject({
    code: 'direct.not_offered',
  });
  expect(client.heard.filter(({ type }) => type === 'direct-path')).toEqual([]);
});
