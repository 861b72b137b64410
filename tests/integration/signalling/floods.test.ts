import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { CLOSE, LIMITS, NO_SOURCES, PROTOCOL_VERSION, SIGNAL_PATH } from '@conclave/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { groupEntry } from '../../dev-env/groupEntry.ts';
import { bootMeeting, type RunningMeeting } from './bootMeeting.ts';
import { SignalClient } from './SignalClient.ts';

let meeting: RunningMeeting;
beforeAll(async () => {
  meeting = await bootMeeting();
});
afterAll(() => meeting[Symbol.asyncDispose]());

const joinMessage = () => ({
  type: 'join',
  version: PROTOCOL_VERSION,
  meetingId: meeting.id,
  proof: meeting.proof,
  name: 'Mallory',
  ...groupEntry(),
});

/** A TCP connection that never ends from its own side, and all that came over it. */
async function stubborn(text: string): Promise<{ socket: Socket; heard: string }> {
  const { hostname, port } = new URL(meeting.origin);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  socket.on('error', () => {});
  let heard = '';
  socket.on('data', (data) => {
    heard += data.toString('latin1');
  });
  socket.write(text);
  await once(socket, 'end');
  return { socket, heard };
}

const upgrade = (path: string, origin: string) =>
  [
    `GET ${path} HTTP/1.1`,
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    `Origin: ${origin}`,
    '\r\n',
  ].join('\r\n');

test.each([
  ['an upgrade from another site', upgrade(SIGNAL_PATH, 'https://evil.example'), '403'],
  ['an upgrade of another path', upgrade('/other', 'https://evil.example'), '404'],
  ['a request that is no HTTP', 'hello\r\n\r\n', '400'],
])('%s holds no connection when the other end does not close it', async (_, text, status) => {
  const { socket, heard } = await stubborn(text);
  expect(heard).toContain(`HTTP/1.1 ${status}`);
  // To a socket that is closed at both ends the kernel answers with a reset.
  const reset = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const knock = setInterval(() => socket.write('x'), 50);
  await reset;
  clearInterval(knock);
});

test('a flood of control frames closes the socket', async () => {
  const socket = new WebSocket(meeting.origin.replace(/^http/, 'ws') + SIGNAL_PATH, {
    headers: { origin: meeting.origin },
  });
  await once(socket, 'open');
  for (let count = 0; count < LIMITS.signalBurst * 4; count++) socket.pong();
  const [code] = await once(socket, 'close');
  expect(code).toBe(CLOSE.rate);
});

test('whoever goes on after having been told goodbye is cut off, and not read until the handshake is given up', async () => {
  const { hostname, port } = new URL(meeting.origin);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => {}); // A reset will do as well.
  const cut = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  /** An empty pong that nobody has asked for, masked with zeros (RFC 6455, section 5). */
  const pong = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);
  const pongs = (count: number) => socket.write(Buffer.concat(Array(count).fill(pong)));
  socket.write(upgrade(SIGNAL_PATH, meeting.origin));
  const toldGoodbye = new Promise<void>((resolve) => {
    let heard = Buffer.alloc(0);
    socket.on('data', (data: Buffer) => {
      heard = Buffer.concat([heard, data]);
      // A close frame with its code, not masked.
      if (heard.includes(Buffer.from([0x88, 0x02, CLOSE.rate >> 8, CLOSE.rate & 0xff]))) resolve();
    });
  });
  await once(socket, 'data');
  pongs(LIMITS.signalBurst * 2);
  await toldGoodbye;
  const since = performance.now();
  pongs(1_000);
  await cut;
  expect(performance.now() - since).toBeLessThan(5_000);
});

test('a message in very many fragments closes the socket', async () => {
  const socket = new WebSocket(meeting.origin.replace(/^http/, 'ws') + SIGNAL_PATH, {
    headers: { origin: meeting.origin },
  });
  socket.on('error', () => {});
  await once(socket, 'open');
  const closed = once(socket, 'close');
  for (let count = 0; count < 100; count++) socket.send('', { fin: false });
  await closed;
});

test('offers are dear: a flood of them closes the socket, long before a flood of pings would', async () => {
  using client = await SignalClient.open(meeting.origin);
  await client.ask(joinMessage());
  const sdp = 'v=0';
  for (let request = 100; request < 120; request++)
    client.sendRaw(JSON.stringify({ type: 'offer', request, sdp, lines: [{ mid: '0', use: 'microphone' }] }));
  expect(await client.closed).toBe(CLOSE.rate);
});

test('saying again what is known already is told to nobody', async () => {
  using anna = await SignalClient.open(meeting.origin);
  using mallory = await SignalClient.open(meeting.origin);
  await anna.ask({ ...joinMessage(), name: 'Anna' });
  await mallory.ask(joinMessage());
  const camera = { ...NO_SOURCES, camera: true };
  await mallory.ask({ type: 'sources', sources: camera });
  for (let count = 0; count < 10; count++) await mallory.ask({ type: 'sources', sources: camera });
  await anna.ask({ type: 'ping' });
  expect(anna.heard.filter(({ type }) => type === 'participant-changed')).toHaveLength(1);
});
