import { CLOSE, LIMITS, NO_SOURCES, PROTOCOL_VERSION } from '@conclave/protocol';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { groupEntry } from '../../dev-env/groupEntry.ts';
import { bootMeeting, type RunningMeeting } from './bootMeeting.ts';
import { SignalClient } from './SignalClient.ts';

let meeting: RunningMeeting;
let bystander: SignalClient;
let bystanderPings: ReturnType<typeof setInterval>;
beforeAll(async () => {
  meeting = await bootMeeting();
  bystander = await SignalClient.open(meeting.origin);
  expect(await bystander.ask(joinMessage())).toMatchObject({ type: 'joined' });
  bystanderPings = setInterval(() => void bystander.ask({ type: 'ping' }), LIMITS.pingIntervalMs);
});
afterEach(async () => {
  // Whatever a test did: the one who sits in the meeting notices nothing of it.
  expect(await bystander.ask({ type: 'ping' })).toMatchObject({ type: 'ok' });
  expect(bystander.heard.filter(({ type }) => type === 'error' || type === 'ended')).toEqual([]);
});
afterAll(async () => {
  clearInterval(bystanderPings);
  bystander[Symbol.dispose]();
  await meeting[Symbol.asyncDispose]();
});

function joinMessage() {
  return {
    type: 'join',
    version: PROTOCOL_VERSION,
    meetingId: meeting.id,
    proof: meeting.proof,
    name: 'Bystander',
    ...groupEntry(),
  };
}

test.each([
  ['another origin', { origin: 'https://evil.example' }, 403],
  ['no origin', { origin: null }, 403],
  ['the origin "null"', { origin: 'null' }, 403],
  ['an origin that only begins like ours', { origin: 'http://localhost.evil.example' }, 403],
  ['another path', { path: '/api/v1/other' }, 404],
])('an upgrade from %s is refused', async (_, options, status) => {
  await expect(SignalClient.open(meeting.origin, options)).rejects.toThrow(String(status));
});

const request = 1;
test.each([
  ['no JSON', 'hello', 'request.malformed'],
  ['an unknown type', JSON.stringify({ type: 'admin', request }), 'request.invalid'],
  ['an unknown field', JSON.stringify({ type: 'ping', request, admin: true }), 'request.invalid'],
  ['a missing field', JSON.stringify({ type: 'ping' }), 'request.invalid'],
  ['a field of another type', JSON.stringify({ type: 'ping', request: '1' }), 'request.invalid'],
  ['a key twice', '{"type":"ping","request":1,"request":2}', 'request.malformed'],
  ['__proto__', '{"type":"ping","request":1,"__proto__":{"admin":true}}', 'request.malformed'],
  ['an escaped __proto__', '{"type":"ping","request":1,"\\u005f_proto__":{}}', 'request.malformed'],
  ['deep nesting', '['.repeat(30_000) + ']'.repeat(30_000), 'request.malformed'],
  ['an array', '[]', 'request.invalid'],
  ['null', 'null', 'request.invalid'],
  ['a number beyond all bounds', '{"type":"ping","request":1e999}', 'request.'],
])('%s gets a coded error and the socket is closed', async (_, data, code) => {
  using client = await SignalClient.open(meeting.origin);
  client.sendRaw(data);
  const error = await client.hear((message) => message.type === 'error');
  expect(error).toMatchObject({ request: null, code: expect.stringContaining(code) });
  expect(await client.closed).toBe(CLOSE.refused);
});

test('a binary message closes the socket', async () => {
  using client = await SignalClient.open(meeting.origin);
  client.sendRaw(Buffer.from('{"type":"ping","request":1}'));
  expect(await client.closed).toBe(CLOSE.refused);
});

test('a frame of 10 MB closes the socket without being taken in', async () => {
  using client = await SignalClient.open(meeting.origin);
  client.sendRaw('x'.repeat(10 * 1024 * 1024));
  expect([CLOSE.tooLarge, 1006]).toContain(await client.closed);
});

test.each([
  ['offer', { type: 'offer', sdp: 'v=0', lines: [{ mid: '0', use: 'microphone' }] }],
  ['sources', { type: 'sources', sources: NO_SOURCES }],
  ['leave', { type: 'leave' }],
])('%s before joining is refused', async (_, message) => {
  using client = await SignalClient.open(meeting.origin);
  expect(await client.ask(message)).toMatchObject({ type: 'error', code: 'protocol.order' });
});

test('joining twice on one socket is refused, and the first place stays', async () => {
  using client = await SignalClient.open(meeting.origin);
  await client.ask(joinMessage());
  expect(await client.ask(joinMessage())).toMatchObject({ code: 'protocol.order' });
  expect(await client.ask({ type: 'ping' })).toMatchObject({ type: 'ok' });
});

test.each([
  ['no SDP at all', 'hello'],
  ['an offer without media', 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n'],
  ['control characters', 'v=0\r\n\u0000\u0000m=audio 9 RTP/AVP 0\r\n'],
  ['a hundred thousand attributes', `v=0\r\n${'a=x\r\n'.repeat(9_000)}`],
])('an offer that is %s is refused and may be followed by a better one', async (_, sdp) => {
  using client = await SignalClient.open(meeting.origin);
  await client.ask(joinMessage());
  const answer = await client.ask({ type: 'offer', sdp, lines: [{ mid: '0', use: 'microphone' }] });
  expect(answer).toMatchObject({ type: 'error', code: 'media.offer_invalid' });
  expect(await client.ask({ type: 'ping' })).toMatchObject({ type: 'ok' });
});

test('a flood of messages closes the socket that sends it', async () => {
  using client = await SignalClient.open(meeting.origin);
  for (let index = 0; index < LIMITS.signalBurst * 4; index++) {
    client.sendRaw(JSON.stringify({ type: 'ping', request: index }));
  }
  expect(await client.closed).toBe(CLOSE.rate);
});

test.each(['', ' ', '\u202eevil', 'a\u0000b', 'x'.repeat(LIMITS.participantName + 1)])(
  'the name %j is refused',
  async (name) => {
    using client = await SignalClient.open(meeting.origin);
    client.sendRaw(JSON.stringify({ ...joinMessage(), name, request }));
    expect(await client.hear(({ type }) => type === 'error')).toMatchObject({ code: 'request.invalid' });
  },
);

test('claiming to send more than is allowed changes nothing', async () => {
  await using strict = await bootMeeting({ meetings: { guestsMayShareScreen: false } });
  using client = await SignalClient.open(strict.origin);
  const joined = await client.ask({ ...joinMessage(), meetingId: strict.id, proof: strict.proof });
  expect(joined).toMatchObject({
    allowed: { microphone: true, camera: true, screen: false, screenAudio: false },
  });
  await client.ask({ type: 'sources', sources: { ...NO_SOURCES, screen: true, screenAudio: true } });
  const changed = await client.hear(({ type }) => type === 'participant-changed');
  expect(changed).toMatchObject({ participant: { sources: NO_SOURCES } });
});

test('a socket that never joins is closed in the end', {
  timeout: LIMITS.joinTimeoutMs + 10_000,
}, async () => {
  using client = await SignalClient.open(meeting.origin);
  const keepAlive = setInterval(() => client.sendRaw(JSON.stringify({ type: 'ping', request })), 3_000);
  try {
    expect(await client.closed).toBe(CLOSE.silent);
  } finally {
    clearInterval(keepAlive);
  }
});
