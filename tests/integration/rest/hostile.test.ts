import { connect } from 'node:net';
import { API_PREFIX, CSRF_HEADER, LIMITS, ROUTES, type Route } from '@conclave/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { type BootedServer, bootServer } from '../../dev-env/bootServer.ts';
import { makeMeeting } from '../../dev-env/meetings.ts';
import { OWNER, setUpOwner } from '../../dev-env/people.ts';

let server: BootedServer;
let owner: ApiClient;
const log: string[] = [];
beforeAll(async () => {
  server = await bootServer({
    parts: [],
    settings: { log: { level: 'trace' } },
    logInto: { write: (line) => void log.push(line) },
  });
  owner = (await setUpOwner(server)).client;
});
afterAll(() => server[Symbol.asyncDispose]());

const meetings = `${API_PREFIX}/meetings`;
const changing = Object.entries(ROUTES as Record<string, Route>).filter(([, { method }]) => method !== 'GET');

describe.each(changing)('%s', (_name, route) => {
  const path = `${API_PREFIX}${route.path.replace(':id', 'anything')}`;
  const body = route.body === undefined ? undefined : {};

  test.each([
    ['no Origin', { origin: undefined }],
    ['another Origin', { origin: 'https://evil.example' }],
    ['an opaque Origin', { origin: 'null' }],
    ['an Origin that begins like ours', { origin: 'http://localhost.evil.example' }],
    ['another port of this machine', { origin: 'http://localhost:1' }],
    ['no header of ours', { [CSRF_HEADER]: undefined }],
    ['Sec-Fetch-Site: cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['Sec-Fetch-Site: same-site', { 'sec-fetch-site': 'same-site' }],
    ['Sec-Fetch-Site: none', { 'sec-fetch-site': 'none' }],
  ])('is refused with %s', async (_what, headers) => {
    const answer = await owner.send(route.method, path, { body, headers });
    expect(answer).toMatchObject({ status: 403, code: 'request.origin' });
  });
});

test('pages of other sites cannot read either', async () => {
  const answer = await owner.send('GET', meetings, { headers: { 'sec-fetch-site': 'cross-site' } });
  expect(answer.code).toBe('request.origin');
});

test('this machine has three names, and a page of ours may have any of them', async () => {
  const { port } = server.address;
  for (const host of ['localhost', '127.0.0.1', '[::1]']) {
    const headers = { origin: `http://${host}:${port}` };
    expect((await owner.send('POST', meetings, { body: makeMeeting(), headers })).status).toBe(200);
  }
});

describe('bodies', () => {
  const { id, verifier } = makeMeeting();
  test.each([
    ['no JSON', '{', 400, 'request.malformed'],
    ['nothing', '', 400, 'request.malformed'],
    [
      'a duplicate key',
      `{"id":"${id}","id":"${id}","title":null,"verifier":"${verifier}"}`,
      400,
      'request.malformed',
    ],
    [
      '__proto__',
      `{"__proto__":{},"id":"${id}","title":null,"verifier":"${verifier}"}`,
      400,
      'request.malformed',
    ],
    ['constructor', '{"constructor":{"prototype":{"x":1}}}', 400, 'request.malformed'],
    ['deep nesting', `${'['.repeat(9)}${']'.repeat(9)}`, 400, 'request.malformed'],
    ['very deep nesting', '[{"a":'.repeat(10_000), 400, 'request.malformed'],
    ['an array', '[]', 400, 'request.invalid'],
    ['null', 'null', 400, 'request.invalid'],
    ['an unknown field', JSON.stringify({ ...makeMeeting(), admin: true }), 400, 'request.invalid'],
  ])('%s', async (_what, body, status, code) => {
    expect(await owner.send('POST', meetings, { body })).toMatchObject({ status, code });
  });

  test('too large', async () => {
    const body = `{"title":"${'x'.repeat(LIMITS.restBodyBytes)}"}`;
    expect(await owner.send('POST', meetings, { body })).toMatchObject({
      status: 413,
      code: 'request.too_large',
    });
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-16',
    undefined,
  ])('of type %s', async (type) => {
    const answer = await owner.send('POST', meetings, {
      body: JSON.stringify(makeMeeting()),
      headers: { 'content-type': type },
    });
    expect(answer).toMatchObject({ status: 415, code: 'request.media_type' });
  });

  test('where there should be none', async () => {
    const answer = await owner.send('DELETE', `${API_PREFIX}/sessions/current`, { body: {} });
    expect(answer.code).toBe('request.invalid');
    expect((await owner.call('listSessions')).status).toBe(200);
  });
});

test('a body without end is cut off at the limit', async () => {
  const received = await raw(
    `POST ${meetings} HTTP/1.1\r\nHost: localhost\r\nOrigin: ${server.origin}\r\n${CSRF_HEADER}: 1\r\n` +
      'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    `4000\r\n${' '.repeat(0x4000)}\r\n`.repeat(100),
  );
  expect(received).toMatch(/^HTTP\/1\.1 413 /);
});

test('a flood from one address is turned away, while others are served', async () => {
  await using flooded = await bootServer({ parts: [], settings: { trustedProxies: ['127.0.0.0/8', '::1'] } });
  const from = (address: string) =>
    new ApiClient(flooded.origin).call('me', { headers: { 'x-forwarded-for': address } });
  let refused: Awaited<ReturnType<typeof from>> | undefined;
  for (let round = 0; refused === undefined && round < 50; round++) {
    const answers = await Promise.all(Array.from({ length: 50 }, () => from('192.0.2.1')));
    refused = answers.find((answer) => answer.code === 'request.rate');
  }
  expect(refused?.status).toBe(429);
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await from('192.0.2.2')).status).toBe(200);
  expect(await new ApiClient(flooded.origin).send('GET', '/healthz')).toMatchObject({ status: 200 });
});

test('unknown addresses and methods have their codes', async () => {
  expect(await owner.send('GET', `${API_PREFIX}/nothing`)).toMatchObject({
    status: 404,
    code: 'request.not_found',
  });
  expect(await owner.send('GET', '/nothing')).toMatchObject({ status: 404, code: 'request.not_found' });
  expect(await owner.send('PUT', meetings)).toMatchObject({ status: 405, code: 'request.method' });
  expect(await owner.send('GET', `${meetings}?all=1`)).toMatchObject({ code: 'request.invalid' });
  expect(await owner.send('GET', '/%')).toMatchObject({ status: 400, code: 'request.malformed' });
});

test('what is no HTTP is answered once and closed', async () => {
  expect(await raw('\u0016\u0003\u0001 hello\r\n\r\n', '')).toMatch(/^HTTP\/1\.1 400 /);
  expect(await raw(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}`, '')).toMatch(/^HTTP\/1\.1 4/);
});

test('a fault of ours tells nothing', async () => {
  const { db } = server.context.database;
  await db.schema.alterTable('meetings').renameTo('meetings_away').execute();
  const answer = await owner.call('listMeetings');
  await db.schema.alterTable('meetings_away').renameTo('meetings').execute();
  expect(answer.status).toBe(500);
  expect(answer.body).toEqual({
    error: { code: 'server.internal', text: 'Something went wrong on our side.' },
  });
  expect(log.join('')).toContain('"msg":"a request failed"');
});

test('the log holds nothing that people typed, sent or carry, and not where from', async () => {
  const token = owner.cookie?.split('=')[1] ?? 'none';
  await owner.call('createMeeting', { body: makeMeeting({ title: 'Secret plans' }) });
  await new ApiClient(server.origin).call('signIn', {
    body: { email: OWNER.email, password: 'guess-guess' },
  });
  const text = log.join('');
  expect(text).toContain('"event":"meeting.created"');
  expect(text).toContain('"route":"/api/v1/meetings"');
  for (const secret of [
    token,
    OWNER.email,
    OWNER.name,
    OWNER.password,
    'guess-guess',
    'Secret plans',
    '127.0.0.1',
    '::1',
  ]) {
    expect(text).not.toContain(secret);
  }
});

test.each([
  '//evil.example',
  '/\\evil.example',
  '/assets/..%5c..%5cpackage.json',
  '/%2e%2e/%2e%2e/package.json',
  '/%00',
])('%s is an address with nothing there, not a fault of ours', async (path) => {
  const head = `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
  expect((await raw(head, '')).split('\r\n')[0]).toMatch(/ 40[04] /);
});

/** Sends bytes as they are, and gives all that comes back until the other end closes or a second has passed. */
function raw(head: string, rest: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.address.port, '127.0.0.1');
    let received = '';
    socket.setEncoding('utf8');
    socket.on('data', (text) => {
      received += text;
      socket.destroy();
    });
    socket.on('close', () => resolve(received));
    socket.on('error', (fault) => (received === '' ? reject(fault) : resolve(received)));
    socket.write(head);
    socket.write(rest);
  });
}
