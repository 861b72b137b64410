import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { bootServer, makeDataFolder } from '../../dev-env/bootServer.ts';
import { setUpOwner } from '../../dev-env/people.ts';

const main = resolve(import.meta.dirname, '../../../apps/server/src/main.ts');
const emptyFolder = mkdtempSync(join(tmpdir(), 'conclave-start-'));
afterAll(() => rmSync(emptyFolder, { recursive: true }));

/** Starts the product as `npm start` does, where it is expected to refuse. */
async function start(environment: Record<string, string>): Promise<{ code: number | null; errors: string }> {
  const child = spawn(process.execPath, [main], {
    cwd: emptyFolder,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { code: code as number | null, errors };
}

test('a second process on the same data folder refuses to start, and the first notices nothing', async () => {
  await using server = await bootServer({ parts: [] });
  const second = await start({ CONCLAVE_DATA_FOLDER: server.dataFolder, CONCLAVE_LISTEN_PORT: '0' });
  expect(second.code).toBe(1);
  expect(second.errors).toContain(`Another process uses the data folder ${server.dataFolder}`);
  expect(second.errors).not.toContain('    at ');
  await expect(bootServer({ parts: [], dataFolder: server.dataFolder })).rejects.toThrow(/Another process/);
  const { client } = await setUpOwner(server);
  expect((await client.call('me')).status).toBe(200);
});

test.each([
  [{ CONCLAVE_LISTEN_ADDRESS: '0.0.0.0' }, 'Plain http on 0.0.0.0'],
  [{ CONCLAVE_LISTEN_ADRESS: '127.0.0.1' }, 'CONCLAVE_LISTEN_ADRESS'],
  [{ CONCLAVE_CONFIG: '/nowhere/conclave.toml' }, '/nowhere/conclave.toml'],
  [{ CONCLAVE_DATA_FOLDER: join(main, 'data') }, join(main, 'data')],
])('settings that cannot work end it with a clear message: %j', async (environment, message) => {
  const { code, errors } = await start(environment);
  expect(code).toBe(1);
  expect(errors).toContain(message);
  expect(errors).not.toContain('    at ');
});

test('an empty data folder is filled, and with its secrets closed to other users of the machine', async () => {
  await using server = await bootServer({ parts: [], dataFolder: makeDataFolder(), keepData: false });
  const mode = (path: string) => statSync(join(server.dataFolder, path)).mode & 0o777;
  expect(mode('.')).toBe(0o700);
  expect(mode('secrets.json')).toBe(0o600);
  expect(mode('lock')).toBe(0o600);
});

test('healthy as long as it runs, ready while the database answers, and gone when it stopped', async () => {
  let ready = true;
  const stopped: string[] = [];
  const part = async () => ({
    get ready() {
      return ready;
    },
    async [Symbol.asyncDispose]() {
      // Parts say goodbye while the database is still there.
      await server.context.database.ping();
      stopped.push('part');
    },
  });
  const server = await bootServer({ parts: [part] });
  const client = new ApiClient(server.origin);
  expect(await client.send('GET', '/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
  expect(await client.send('GET', '/readyz')).toMatchObject({ status: 200, body: { status: 'ready' } });
  ready = false;
  expect(await client.send('GET', '/readyz')).toMatchObject({ status: 503, body: { status: 'not ready' } });
  ready = true;
  await server[Symbol.asyncDispose]();
  expect(stopped).toEqual(['part']);
  await expect(client.send('GET', '/healthz')).rejects.toThrow();
});

test('a database that does not answer makes it not ready, while it stays healthy', async () => {
  await using server = await bootServer({ parts: [] });
  const client = new ApiClient(server.origin);
  await server.context.database[Symbol.asyncDispose]();
  expect(await client.send('GET', '/readyz')).toMatchObject({ status: 503 });
  expect(await client.send('GET', '/healthz')).toMatchObject({ status: 200 });
});
