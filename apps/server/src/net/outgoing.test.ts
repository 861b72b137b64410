import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createOutgoing, OutgoingRefused } from './outgoing.ts';

const inside = createOutgoing({ allowPrivate: true });
const outside = createOutgoing({ allowPrivate: false });

async function serve(listener: RequestListener): Promise<{ url: URL } & AsyncDisposable> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}/`),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function reasonOf(attempt: Promise<unknown>): Promise<string> {
  const fault = await attempt.then(
    () => null,
    (refusal: unknown) => refusal,
  );
  return fault instanceof OutgoingRefused ? fault.reason : `not refused: ${fault}`;
}

test('an answer comes back with its status, headers and body', async () => {
  await using server = await serve((request, response) => {
    response.writeHead(201, { 'content-type': 'application/json', 'x-method': request.method ?? '' });
    request.pipe(response);
  });
  const answer = await inside(server.url, { method: 'POST', body: '{"a":1}' });
  expect(answer.status).toBe(201);
  expect(answer.headers.get('x-method')).toBe('POST');
  expect(await answer.json()).toEqual({ a: 1 });
});

test('addresses of the own network are refused, however they are written', async () => {
  for (const host of [
    '127.0.0.1',
    '10.0.0.1',
    '169.254.169.254',
    '[::1]',
    '[::ffff:7f00:1]',
    'localhost',
    '2130706433',
  ]) {
    expect(await reasonOf(outside(new URL(`https://${host}:9/`))), host).toBe('private');
  }
});

test('plain http is refused, but for this machine where that is allowed', async () => {
  expect(await reasonOf(outside(new URL('http://127.0.0.1:9/')))).toBe('scheme');
  expect(await reasonOf(inside(new URL('http://10.0.0.1:9/')))).toBe('scheme');
  expect(await reasonOf(inside(new URL('ftp://127.0.0.1/')))).toBe('scheme');
});

test('a redirect is not followed', async () => {
  await using server = await serve((_request, response) => {
    response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end();
  });
  expect(await reasonOf(inside(server.url))).toBe('redirect');
});

test('an answer without an end is cut off', async () => {
  await using server = await serve((_request, response) => {
    const more = () => {
      while (response.write(Buffer.alloc(64 * 1024)));
      response.once('drain', more);
    };
    more();
  });
  expect(await reasonOf(inside(server.url))).toBe('too-large');
});

test('nobody there is a refusal that names no address', async () => {
  const fault = await inside(new URL('http://127.0.0.1:1/')).catch((refusal: unknown) => refusal);
  expect(fault).toBeInstanceOf(OutgoingRefused);
  expect((fault as Error).message).toBe('unreachable');
});
