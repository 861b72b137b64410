import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { PROTOCOL_VERSION, SIGNAL_PATH } from '@conclave/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyKeyPackage, groupEntry } from '../../dev-env/groupEntry.ts';
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

/** What the server answers to an upgrade on a plain TCP connection, which stays open. */
async function upgrade(): Promise<{ socket: Socket; status: string }> {
  const { hostname, port } = new URL(meeting.origin);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => {});
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
  const [data] = (await once(socket, 'data')) as [Buffer];
  return { socket, status: data.toString('latin1').split(' ')[1] ?? '' };
}

test('who resumes takes the place with them: the former socket is told and closed, so a person has one', async () => {
  using first = await SignalClient.open(meeting.origin);
  const joined = await first.ask(joinMessage());
  if (joined.type !== 'joined') throw new Error('not joined');
  const sockets: SignalClient[] = [];
  let token = joined.resumeToken;
  for (let count = 0; count < 5; count++) {
    const socket = await SignalClient.open(meeting.origin);
    sockets.push(socket);
    const resumed = await socket.ask({
      type: 'resume',
      version: PROTOCOL_VERSION,
      meetingId: meeting.id,
      token,
      group: { kind: 'new', keyPackage: anyKeyPackage() },
    });
    if (resumed.type !== 'joined') throw new Error(`not resumed: ${JSON.stringify(resumed)}`);
    token = resumed.resumeToken;
    expect(resumed.self).toBe(joined.self);
  }
  for (const socket of [first, ...sockets.slice(0, -1)]) {
    await socket.closed;
    expect(socket.heard.at(-1)).toMatchObject({ type: 'ended', reason: 'replaced' });
  }
  expect(await sockets.at(-1)?.ask({ type: 'ping' })).toMatchObject({ type: 'ok' });
  for (const socket of sockets) socket[Symbol.dispose]();
});

test('one address has 600 sockets and no more; who sits in a meeting notices nothing, and closing gives them back', async () => {
  using bystander = await SignalClient.open(meeting.origin);
  await bystander.ask({ ...joinMessage(), name: 'Bystander' });
  const opened: Awaited<ReturnType<typeof upgrade>>[] = [];
  for (let batch = 0; batch < 14; batch++)
    opened.push(...(await Promise.all(Array.from({ length: 50 }, () => upgrade()))));
  const taken = opened.filter(({ status }) => status === '101').length;
  // Seven were opened before, and ten come back each second: on a fast machine the rate of opening says no first.
  expect(taken).toBeLessThanOrEqual(599);
  expect(taken).toBeGreaterThanOrEqual(593);
  expect(new Set(opened.map(({ status }) => status))).toEqual(new Set(['101', '429']));
  expect(await bystander.ask({ type: 'ping' })).toMatchObject({ type: 'ok' });
  for (const { socket } of opened) socket.destroy();
  await expect
    .poll(async () => {
      const { socket, status } = await upgrade();
      socket.destroy();
      return status;
    })
    .toBe('101');
});
