import { LIMITS } from '@conclave/protocol';
import { afterEach, expect, it, vi } from 'vitest';
import { type Signal, SignalClosed } from '../signalling/Signal.ts';
import { FileServer } from './FileServer.ts';
import { NetworkLost } from './NetworkLost.ts';

afterEach(() => vi.unstubAllGlobals());

const abort = new AbortController().signal;
const refused = (code: string, status: number, retryAfterMs?: number) =>
  new Response(JSON.stringify({ error: { code, text: '.', ...(retryAfterMs && { retryAfterMs }) } }), {
    status,
  });

/** Answers in this order, and the requests as they came. */
function serverWith(...answers: (Response | Error)[]) {
  const asked: { url: string; init: RequestInit }[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    asked.push({ url, init });
    const answer = answers.shift() ?? new Response(null, { status: 204 });
    if (answer instanceof Error) throw answer;
    return answer;
  });
  let tokens = 0;
  let now = 0;
  const signal = {
    request: async () => ({
      ...{ type: 'file-access', request: 1, token: `token ${++tokens}` },
      ...{ expiresInMs: 600_000, maySend: true, largestBytes: 1 },
    }),
  } as unknown as Signal;
  const server = new FileServer('https://meet.example.org', () => now);
  server.setSignal(signal);
  const wait = (ms: number) => {
    now += ms;
  };
  return {
    server,
    asked,
    wait,
    tokens: () => asked.map(({ init }) => new Headers(init.headers).get('authorization')),
  };
}

it('every request carries access, which is asked for once and anew before it ends', async () => {
  const { server, tokens, asked, wait } = serverWith();
  await server.putPart('id', 3, Uint8Array.of(1), abort);
  await server.finish('id', abort);
  wait(580_000);
  await server.remove('id', abort);
  expect(tokens()).toEqual(['Bearer token 1', 'Bearer token 1', 'Bearer token 2']);
  expect(asked.map(({ url, init }) => `${init.method} ${url}`)).toEqual([
    'PUT https://meet.example.org/api/v1/files/id/parts/3',
    'POST https://meet.example.org/api/v1/files/id/finish',
    'DELETE https://meet.example.org/api/v1/files/id',
  ]);
  expect(asked.every(({ init }) => init.credentials === 'omit' && init.redirect === 'error')).toBe(true);
});

it('access that has ended is asked for anew, once', async () => {
  const { server, tokens } = serverWith(refused('file.access', 401));
  await server.finish('id', abort);
  expect(tokens()).toEqual(['Bearer token 1', 'Bearer token 2']);
  const other = serverWith(refused('file.access', 401), refused('file.access', 401));
  await expect(other.server.finish('id', abort)).rejects.toMatchObject({ code: 'file.access' });
});

it('a refusal has its code and its time; what is none means that the service is away', async () => {
  const { server } = serverWith(
    refused('request.rate', 429, 500),
    new Response('<html>', { status: 502 }),
    new Response('<html>', { status: 404 }),
    new TypeError('Failed to fetch'),
  );
  await expect(server.finish('id', abort)).rejects.toMatchObject({ code: 'request.rate', retryAfterMs: 500 });
  await expect(server.finish('id', abort)).rejects.toThrow(NetworkLost);
  await expect(server.finish('id', abort)).rejects.toMatchObject({ code: 'server.internal' });
  await expect(server.finish('id', abort)).rejects.toThrow(NetworkLost);
});

it('without a socket there is no access', async () => {
  const { server } = serverWith();
  server.setSignal(null);
  await expect(server.finish('id', abort)).rejects.toThrow(NetworkLost);
  const request = () => Promise.reject(new SignalClosed(1006));
  server.setSignal({ request } as unknown as Signal);
  await expect(server.finish('id', abort)).rejects.toThrow(NetworkLost);
});

it('what is aborted is not a lost network', async () => {
  const { server } = serverWith(new DOMException('', 'AbortError'));
  const reason = new Error('cancelled');
  await expect(server.finish('id', AbortSignal.abort(reason))).rejects.toBe(reason);
});

it('a part that is too large is not taken', async () => {
  const headers = { 'content-length': `${LIMITS.filePartBytes + 1}` };
  const { server } = serverWith(new Response('x', { headers }), new Response('not what it should be'));
  await expect(server.getPart('id', 0, abort)).rejects.toMatchObject({ code: 'server.internal' });
  await expect(server.start('id', 1, abort)).rejects.toMatchObject({ code: 'server.internal' });
});
