import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BootedServer, bootServer } from '../../dev-env/bootServer.ts';

const webRoot = mkdtempSync(join(tmpdir(), 'conclave-web-'));
const script = 'console.log("conclave");'.repeat(50);
let server: BootedServer;

beforeAll(async () => {
  mkdirSync(join(webRoot, 'assets'));
  mkdirSync(join(webRoot, '.vite'));
  writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Conclave</title>');
  writeFileSync(join(webRoot, 'assets', 'index-4f2a.js'), script);
  writeFileSync(join(webRoot, 'assets', 'index-4f2a.js.br'), brotliCompressSync(script));
  writeFileSync(join(webRoot, '.vite', 'manifest.json'), '{}');
  writeFileSync(join(webRoot, 'favicon.svg'), '<svg/>');
  server = await bootServer({ parts: [], webRoot });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(webRoot, { recursive: true });
});

/** Not `fetch`, which would undo the compression. */
function get(
  path: string,
  headers: Record<string, string> = {},
): Promise<{
  status: number;
  headers: Record<string, string | string[] | undefined>;
  bytes: Buffer;
}> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: server.address.port, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          bytes: Buffer.concat(chunks),
        }),
      );
    })
      .on('error', reject)
      .end();
  });
}

test.each([
  '/',
  '/set-up',
  '/sign-in',
  '/about',
  '/account/security',
  '/admin/people',
  '/account/data',
  '/admin/policy',
  '/m/abcde-fghjk-mnpqr-stuvw',
])('%s is the one page, stored nowhere', async (path) => {
  const { status, headers, bytes } = await get(path);
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(headers['cache-control']).toBe('no-store');
  expect(bytes.toString()).toContain('<title>Conclave</title>');
});

test.each([
  '/nothing',
  '/m',
  '/m/a/b/c',
  '/.vite/manifest.json',
  '/assets/none.js',
  '/..%2f..%2fpackage.json',
])('%s is not found', async (path) => {
  expect((await get(path)).status).toBeGreaterThanOrEqual(400);
});

test('a person who follows a link to nowhere gets the page that says so, with the right status', async () => {
  const { status, headers, bytes } = await get('/nothing/here', { 'sec-fetch-mode': 'navigate' });
  expect(status).toBe(404);
  expect(headers['cache-control']).toBe('no-store');
  expect(bytes.toString()).toContain('<title>Conclave</title>');
});

test('assets, whose names carry a hash, are kept for ever and come compressed to those who take it', async () => {
  const plain = await get('/assets/index-4f2a.js');
  expect(plain.bytes.toString()).toBe(script);
  expect(plain.headers['content-encoding']).toBeUndefined();
  const compressed = await get('/assets/index-4f2a.js', { 'accept-encoding': 'gzip, br' });
  expect(compressed.headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': expect.stringContaining('javascript'),
    'cache-control': 'public, max-age=31536000, immutable',
    vary: expect.stringMatching(/accept-encoding/i),
  });
  expect(compressed.bytes.length).toBeLessThan(plain.bytes.length);
  expect((await get('/favicon.svg')).headers['cache-control']).toBe('no-cache');
});

test.each(['/', '/assets/index-4f2a.js', '/nothing', '/api/v1/me', '/healthz'])(
  '%s is answered with every security header',
  async (path) => {
    const { headers } = await get(path);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).toContain('trusted-types conclave-worker');
    expect(policy).toContain(`ws://localhost:${server.address.port}`);
    expect(policy).not.toMatch(/unsafe|\*|https:/);
    const features = String(headers['permissions-policy']);
    for (const feature of ['camera', 'microphone', 'display-capture', 'speaker-selection']) {
      expect(features).toContain(`${feature}=(self)`);
    }
    expect(features).toContain('geolocation=()');
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(headers['x-powered-by']).toBeUndefined();
  },
);
