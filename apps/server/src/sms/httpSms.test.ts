import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { configFrom } from '../config/config.ts';
import type { RawSettings } from '../config/schema.ts';
import type { SmsConfig } from '../config/sms.ts';
import { StartRefused } from '../startRefused.ts';
import { httpSms } from './httpSms.ts';

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** A gateway on this machine. */
async function startGateway(answer: (response: ServerResponse) => void) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { method, url, headers } = request;
    received.push({ method, url, headers, body: Buffer.concat(parts).toString() });
    answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { received, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function configOf(sms: RawSettings['sms']): SmsConfig {
  const config = configFrom({ sms }, '/tmp').sms;
  if (config === null) throw new Error('no gateway');
  return config;
}

const ok = (response: ServerResponse) => void response.writeHead(202).end('{"queued":true}');
const to = '+491701234567';
const text = 'Your "code" is 12345678.\n@meet.example.org #12345678 ä & {to}';

test('a JSON gateway gets number and text in its own form, with its key', async () => {
  const { received, origin } = await startGateway(ok);
  const config = configOf({
    url: `${origin}/v1/messages`,
    headers: ['Authorization: Bearer k:e:y', 'Content-Type: application/json'],
    body: '{"to":"{to}","content":{"text":"{text}"}}',
  });
  await httpSms(config).send(to, text);
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({ method: 'POST', url: '/v1/messages' });
  expect(received[0]?.headers).toMatchObject({ authorization: 'Bearer k:e:y' });
  expect(JSON.parse(received[0]?.body ?? '')).toEqual({ to, content: { text } });
});

test('a gateway that takes forms, one that takes everything in its address, one that takes XML', async () => {
  const { received, origin } = await startGateway(ok);
  const form = ['Content-Type: application/x-www-form-urlencoded'];
  await httpSms(configOf({ url: origin, headers: form, body: 'To={to}&Body={text}' })).send(to, text);
  expect(Object.fromEntries(new URLSearchParams(received[0]?.body))).toEqual({ To: to, Body: text });
  await httpSms(configOf({ url: `${origin}/send?n={to}&t={text}`, method: 'GET' })).send(to, text);
  expect(received[1]).toMatchObject({ method: 'GET', body: '' });
  const url = new URL(received[1]?.url ?? '', origin);
  expect(Object.fromEntries(url.searchParams)).toEqual({ n: to, t: text });
  const xml = ['Content-Type: text/xml; charset=utf-8'];
  await httpSms(configOf({ url: origin, method: 'PUT', headers: xml, body: '<m to="{to}">{text}</m>' })).send(
    to,
    '<b> & "c"',
  );
  expect(received[2]?.body).toBe(`<m to="${to}">&#60;b&#62; &#38; &#34;c&#34;</m>`);
});

test.each([
  ['an error', (response: ServerResponse) => void response.writeHead(500).end('no'), '500'],
  [
    'a way to another place',
    (response: ServerResponse) => void response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end(),
    'network',
  ],
  ['nothing at all', (response: ServerResponse) => void response.socket?.destroy(), 'network'],
  ['silence', () => {}, 'timeout'],
  // Headers, then a body that never ends: there is nothing to wait for in it.
  ['a body without end', (response: ServerResponse) => void response.writeHead(200).write('x'), null],
])('a gateway that answers with %s', async (_, answer, code) => {
  const { received, origin } = await startGateway(answer);
  const sms = httpSms(configOf({ url: origin, body: '{to} {text}', timeoutSeconds: 1 }));
  const sending = sms.send(to, text);
  if (code === null) await sending;
  else {
    const fault = await sending.catch((thrown: unknown) => thrown);
    expect(fault).toMatchObject({ name: 'SmsFault', code });
    expect(inspect(fault)).not.toMatch(/\+49170|12345678/);
  }
  expect(received).toHaveLength(1);
});

test.each([
  [{ body: '{to}{text}' }, 'sms.url is missing'],
  [{ url: 'http://sms.example.org', body: '{to}{text}' }, 'https'],
  [{ url: 'not an address', body: '{to}{text}' }, 'sms.url'],
  [{ url: 'ftp://localhost', body: '{to}{text}' }, 'https'],
  [{ url: 'https://sms.example.org', body: '{to}' }, '{text}'],
  [{ url: 'https://sms.example.org?to={to}', method: 'GET', body: '{text}' }, '{text}'],
  [{ url: 'https://sms.example.org', body: '{to}{text}', headers: ['hunter2'] }, 'sms.headers'],
  [{ url: 'https://sms.example.org', body: '{to}{text}', headers: ['X: hunter2\nY: z'] }, 'sms.headers'],
] as const)('settings that cannot work are refused: %j', (sms, message) => {
  const attempt = () => configFrom({ sms: structuredClone(sms) as RawSettings['sms'] }, '/tmp');
  expect(attempt).toThrow(StartRefused);
  expect(attempt).toThrow(message);
  expect(attempt).not.toThrow(/hunter2/);
});

test('what the gateway must be told does not print', () => {
  const config = configOf({
    url: 'https://sms.example.org/?key=hunter2',
    headers: ['X-Key: hunter3'],
    body: '{to}{text}hunter4',
  });
  expect(inspect(config, { depth: 9 }) + JSON.stringify(config)).not.toMatch(/hunter/);
});
