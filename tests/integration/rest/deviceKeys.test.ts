import { randomBytes } from 'node:crypto';
import { type DeviceKey, LIMITS } from '@conclave/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { addMember } from '../../dev-env/addMember.ts';
import { type BootedServer, bootServer } from '../../dev-env/bootServer.ts';
import { OWNER } from '../../dev-env/people.ts';

let server: BootedServer;
beforeAll(async () => {
  server = await bootServer({ parts: [] });
});
afterAll(() => server[Symbol.asyncDispose]());

const aKey = () => randomBytes(32).toString('base64url');

function announce(client: ApiClient, publicKey: string) {
  return client.call('announceDeviceKey', { body: { publicKey } });
}

async function keysOf(client: ApiClient): Promise<DeviceKey[]> {
  return ((await client.call('listDeviceKeys')).body as { keys: DeviceKey[] }).keys;
}

test('a browser’s key is in the log once, however often it is told of', async () => {
  const { client } = await addMember(server);
  const key = aKey();
  for (let time = 0; time < 3; time++) {
    expect((await announce(client, key)).body).toEqual({ revoked: false });
  }
  expect(await keysOf(client)).toMatchObject([
    { publicKey: key, device: 'Firefox on Linux', revokedAt: null },
  ]);
});

test('revoking a key signs its browser out, stays in the log, and tells the browser when it comes back', async () => {
  const { client, email } = await addMember(server);
  const lost = new ApiClient(server.origin);
  const credentials = { email, password: OWNER.password };
  await lost.call('signIn', { body: credentials });
  const key = aKey();
  await announce(lost, key);
  const [{ id } = { id: '' }] = await keysOf(client);
  expect((await client.call('revokeDeviceKey', { params: { id } })).status).toBe(204);
  expect((await lost.call('listDeviceKeys')).code).toBe('auth.required');
  expect((await client.call('listDeviceKeys')).status).toBe(200);
  expect((await client.call('revokeDeviceKey', { params: { id } })).code).toBe('request.not_found');

  await lost.call('signIn', { body: credentials });
  expect((await announce(lost, key)).body).toEqual({ revoked: true });
  expect(await keysOf(client)).toMatchObject([{ publicKey: key, revokedAt: expect.any(String) }]);
});

test('nobody revokes the keys of others, and a log does not grow without end', async () => {
  const [{ client }, { client: other, accountId }] = [await addMember(server), await addMember(server)];
  await announce(other, aKey());
  const [{ id } = { id: '' }] = await keysOf(other);
  expect((await client.call('revokeDeviceKey', { params: { id } })).code).toBe('request.not_found');
  const rows = Array.from({ length: LIMITS.deviceKeys - 1 }, () => ({
    id: crypto.randomUUID(),
    account_id: accountId as never,
    session_id: null,
    public_key: randomBytes(32),
    device: 'Firefox',
    created_at: new Date(),
    last_used_at: new Date(),
    revoked_at: null,
  }));
  await server.context.accountsPorts.db.insertInto('device_keys').values(rows).execute();
  expect((await announce(other, aKey())).code).toBe('account.device_limit');
});
