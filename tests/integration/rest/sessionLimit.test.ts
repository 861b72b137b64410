import { randomBytes, randomUUID } from 'node:crypto';
import { CLOSE } from '@conclave/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { addMember } from '../../dev-env/addMember.ts';
import { type BootedServer, bootServer } from '../../dev-env/bootServer.ts';
import { OWNER, setUpOwner } from '../../dev-env/people.ts';
import { SignalClient } from '../signalling/SignalClient.ts';

const most = 50;
let server: BootedServer;
let now = Date.now();

beforeAll(async () => {
  server = await bootServer({ clock: () => now });
  await setUpOwner(server);
});
afterAll(() => server[Symbol.asyncDispose]());

async function signIn(email: string): Promise<ApiClient> {
  const client = new ApiClient(server.origin);
  expect((await client.call('signIn', { body: { email, password: OWNER.password } })).status).toBe(200);
  return client;
}

/** Of browsers that are not here: straight into the database. */
async function addSessions(accountId: string, count: number): Promise<void> {
  const at = new Date(now);
  const rows = Array.from({ length: count }, () => ({
    id: randomUUID() as never,
    account_id: accountId as never,
    token_hash: randomBytes(32),
    device: 'Firefox on Linux',
    created_at: at,
    last_seen_at: at,
    confirmed_at: at,
  }));
  await server.context.database.db.insertInto('sessions').values(rows).execute();
}

const isIn = async (client: ApiClient) => (await client.call('listSessions')).status === 200;

async function countOf(accountId: string): Promise<number> {
  const { db } = server.context.database;
  return (
    await db
      .selectFrom('sessions')
      .select('id')
      .where('account_id', '=', accountId as never)
      .execute()
  ).length;
}

test('an account has so many sessions: one more ends the one that was not used for longest, and its sockets', async () => {
  const { client: first, accountId, email } = await addMember(server);
  const idle = await signIn(email);
  await addSessions(accountId, most - 2);
  expect(await countOf(accountId)).toBe(most);
  now += 2 * 60_000;
  // The eldest is in use.
  expect(await isIn(first)).toBe(true);
  using socket = await SignalClient.open(server.origin, { cookie: idle.cookie ?? '' });
  const { db } = server.context.database;
  const { sessions } = (await idle.call('listSessions')).body as {
    sessions: { id: string; current: boolean }[];
  };
  await db
    .updateTable('sessions')
    .set({ last_seen_at: new Date(now - 60 * 60_000) })
    .where('id', '=', sessions.find(({ current }) => current)?.id as never)
    .execute();
  const other = await addMember(server);
  const latest = await signIn(email);
  expect(await socket.closed).toBe(CLOSE.ended);
  expect(await isIn(idle)).toBe(false);
  expect(await Promise.all([first, latest, other.client].map(isIn))).toEqual([true, true, true]);
  expect(await countOf(accountId)).toBe(most);
});

test('also when many sign in at once', async () => {
  const { accountId, email } = await addMember(server);
  await addSessions(accountId, most - 1);
  now += 60_000;
  const all = await Promise.all(Array.from({ length: 5 }, () => signIn(email)));
  expect(await Promise.all(all.map(isIn))).toEqual(all.map(() => true));
  expect(await countOf(accountId)).toBe(most);
});
