import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { writeCertificate } from '../../dev-env/certificate.ts';
import { freeUdpPort } from '../../dev-env/freePort.ts';
import { setUpOwner } from '../../dev-env/people.ts';
import { runProduct } from '../../dev-env/runProduct.ts';

vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'conclave-product-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function settings(): Promise<Record<string, string>> {
  return {
    CONCLAVE_LISTEN_PORT: '0',
    CONCLAVE_MEDIA_WORKERS: '1',
    CONCLAVE_MEDIA_UDP_PORT: `${await freeUdpPort()}`,
  };
}

/** Processes whose parent is this one. */
function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === pid)
    .map(Number);
}

function parentOf(pid: string): number | null {
  try {
    return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
  } catch {
    return null;
  }
}

test('the first start prints the owner link; SIGTERM stops it within ten seconds, workers included', async () => {
  await using product = await runProduct(folder, await settings());
  expect(product.ownerLink).toMatch(/^http:\/\/localhost:\d+\/set-up#[\w-]{43}$/);
  const { client } = await setUpOwner(product);
  expect((await client.call('me')).body).toMatchObject({ account: { role: 'owner' } });
  const workers = childrenOf(product.process.pid ?? 0);
  expect(workers).toHaveLength(1);
  const { code, ms } = await product.stop('SIGTERM');
  expect(code).toBe(0);
  expect(ms).toBeLessThan(10_000);
  expect(workers.filter((pid) => parentOf(`${pid}`) !== null)).toEqual([]);
  expect(product.output()).toContain('"event":"service.stopping"');
});

test('the next start knows its owner and prints no link; SIGINT stops it too', async () => {
  await using product = await runProduct(folder, await settings());
  expect(product.ownerLink).toBeNull();
  const client = new ApiClient(product.origin);
  expect((await client.call('me')).body).toEqual({ account: null, needsOwner: false });
  expect((await product.stop('SIGINT')).code).toBe(0);
});

test('after kill -9 the next start works at once, and what was signed in still is', async () => {
  const first = await runProduct(folder, {
    ...(await settings()),
    CONCLAVE_DATA_FOLDER: join(folder, 'killed'),
  });
  const { client } = await setUpOwner(first);
  await first.stop('SIGKILL');
  await using second = await runProduct(folder, {
    ...(await settings()),
    CONCLAVE_DATA_FOLDER: join(folder, 'killed'),
  });
  const again = new ApiClient(second.origin);
  again.cookie = client.cookie;
  expect((await again.call('me')).body).toMatchObject({ account: { role: 'owner' } });
  await second.stop('SIGTERM');
});

test('under TLS of its own, with HSTS', async () => {
  const { certificateFile, keyFile } = await writeCertificate(folder, '127.0.0.1');
  writeFileSync(
    join(folder, 'tls.toml'),
    `dataFolder = "tls-data"\n[tls]\ncertificateFile = "${certificateFile}"\nkeyFile = "${keyFile}"\n`,
  );
  await using product = await runProduct(folder, { ...(await settings()), CONCLAVE_CONFIG: 'tls.toml' });
  expect(product.origin).toMatch(/^https:\/\/localhost:/);
  const { port } = new URL(product.origin);
  const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/healthz', ca: readFileSync(certificateFile) }, (response) => {
      response.resume();
      resolve(response.headers);
    })
      .on('error', reject)
      .end();
  });
  expect(headers['strict-transport-security']).toBe('max-age=63072000');
  expect(headers['content-security-policy']).toContain(`wss://localhost:${port}`);
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
  await product.stop('SIGTERM');
});

test('a port that is taken is a clear message', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  try {
    const address = taken.address();
    const port = typeof address === 'object' ? address?.port : null;
    const environment = { ...(await settings()), CONCLAVE_LISTEN_PORT: `${port}` };
    await expect(runProduct(folder, environment)).rejects.toThrow(
      /cannot listen on 127\.0\.0\.1 port \d+: something else does already/,
    );
  } finally {
    taken.close();
  }
});
