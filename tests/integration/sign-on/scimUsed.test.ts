import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addMember } from '../../dev-env/addMember.ts';
import { setUpPasskey } from '../../dev-env/factors.ts';
import { OWNER } from '../../dev-env/people.ts';
import { SoftAuthenticator } from '../../dev-env/SoftAuthenticator.ts';
import { bootSignOn, type SignOnWorld, signOn, whoIs } from './bootSignOn.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

let world: SignOnWorld;
let token: string;
beforeAll(async () => {
  world = await bootSignOn({ createsAccounts: false });
  const body = { name: 'Directory', provider: world.provider.id };
  const made = await world.owner.call('createScimToken', { body });
  token = (made.body as { token: string }).token;
});
afterAll(async () => world[Symbol.asyncDispose]());

async function scim(method: string, path: string, userName: string): Promise<string> {
  const response = await fetch(`${world.server.origin}/scim/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
    body: JSON.stringify({ schemas: [USER], userName, displayName: 'Grace Hopper', active: true }),
  });
  expect(response.status).toBeLessThan(300);
  return ((await response.json()) as { id: string }).id;
}

function enter(sub: string, email: string) {
  world.real.signsIn = { sub, email, email_verified: true, name: 'Somebody' };
  return signOn(world, world.provider.id);
}

const change = (accountId: string, columns: object) =>
  world.server.context.database.db
    .updateTable('accounts')
    .set(columns)
    .where('id', '=', accountId as never)
    .execute();

describe('an account that a directory manages is nobody else’s by its address alone', () => {
  test('when its person had it before, and has removed the password', async () => {
    const { client, accountId, email } = await addMember(world.server);
    expect(await scim('POST', '/Users', email)).toBe(accountId);
    await setUpPasskey(client, new SoftAuthenticator(world.server.origin));
    expect((await client.call('removePassword', { body: { current: OWNER.password } })).status).toBe(204);
    const other = await enter('other', email);
    expect(other.location).toBe('/sign-on/connect');
    expect(await whoIs(other.client)).toBeNull();
  });

  test('when it was there before, though nobody is known to have signed in', async () => {
    const { accountId, email } = await addMember(world.server);
    await change(accountId, { password_hash: null, last_seen_at: null });
    await scim('POST', '/Users', email);
    expect((await enter('before', email)).location).toBe('/sign-on/connect');
  });

  test('when the directory made it, and somebody has come in since', async () => {
    const id = await scim('POST', '/Users', 'made@example.org');
    expect(await whoIs((await enter('first', 'made@example.org')).client)).toMatchObject({ id });
    expect((await enter('second', 'made@example.org')).location).toBe('/sign-on/connect');
    // What ties the first one to it is enough, also where no sign-in is on record.
    await change(id, { last_seen_at: null });
    expect((await enter('second', 'made@example.org')).location).toBe('/sign-on/connect');
  });
});

test('another address for an account that has been used without a password: they are told, and are out', async () => {
  const id = await scim('POST', '/Users', 'moves@example.org');
  const { client } = await enter('moves', 'moves@example.org');
  expect(await whoIs(client)).toMatchObject({ id });
  await scim('PUT', `/Users/${id}`, 'moved@example.org');
  expect(await whoIs(client)).toBeNull();
  const mails = await world.server.context.database.db
    .selectFrom('mails')
    .select('kind')
    .where('recipient', '=', 'moves@example.org')
    .execute();
  expect(mails.map(({ kind }) => kind)).toContain('address-changed');
});
