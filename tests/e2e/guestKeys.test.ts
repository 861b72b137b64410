import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium } from './harness/chromium.ts';
import { openFirefox } from './harness/firefox.ts';
import type { Page } from './harness/page.ts';
import { waitFor } from './harness/waitFor.ts';
import type { GuestKeysInPage } from './in-page/guestKeys.ts';

const outDir = join(import.meta.dirname, '../../.test-output/guest-keys');
const server = createServer(async ({ url }, response) => {
  const isScript = url === '/guestKeys.js';
  response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
  response.end(
    isScript ? await readFile(join(outDir, 'guestKeys.js')) : '<script src="/guestKeys.js"></script>',
  );
});

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      target: 'esnext',
      lib: {
        entry: join(import.meta.dirname, 'in-page/guestKeys.ts'),
        formats: ['iife'],
        name: 'script',
        fileName: () => 'guestKeys.js',
      },
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(() => {
  server.close();
});

type InPage = typeof globalThis & { readonly guestKeys: GuestKeysInPage };
const keyOf = (page: Page, participantId: string) =>
  page.evaluate((id: string) => (globalThis as InPage).guestKeys.keyOf(id), participantId);
/** In a page whose clock is so far ahead, ms. */
const keyAfter = (page: Page, participantId: string, ms: number) =>
  page.evaluate(
    async ({ id, later }) => {
      const now = Date.now;
      Date.now = () => now() + later;
      const key = await (globalThis as InPage).guestKeys.keyOf(id);
      Date.now = now;
      return key;
    },
    { id: participantId, later: ms },
  );

test.each([
  ['Chromium', openChromium],
  ['Firefox', openFirefox],
])('%s: a guest has the same device after a reload of the page, and in no other stay', async (_, open) => {
  await using person = await open({ name: 'Gus' });
  await using page = await person.openPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const first = await keyOf(page, 'stay-stay-stay-1');
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  const other = await keyOf(page, 'stay-stay-stay-2');
  expect(other).not.toBe(first);
  await page.reload();
  await waitFor('the script', () => page.evaluate(() => 'guestKeys' in globalThis, null), {
    withinMs: 10_000,
  });
  expect(await keyOf(page, 'stay-stay-stay-1')).toBe(first);
  // The stay is over.
  await page.evaluate((id: string) => (globalThis as InPage).guestKeys.forget(id), 'stay-stay-stay-1');
  expect(await keyOf(page, 'stay-stay-stay-1')).not.toBe(first);
  // One that nobody ended leaves nothing behind for ever.
  const day = 24 * 60 * 60 * 1_000;
  expect(await keyAfter(page, 'stay-stay-stay-2', 3 * day - 60_000)).toBe(other);
  await keyAfter(page, 'stay-stay-stay-3', 3 * day + 60_000);
  expect(await keyOf(page, 'stay-stay-stay-2')).not.toBe(other);
});
