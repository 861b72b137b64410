import type { Invited, MailList, PeoplePage, Person, RoleList } from '@conclave/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type * as z from 'zod/mini';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { addMember } from '../../dev-env/addMember.ts';
import { type BootedServer, bootServer } from '../../dev-env/bootServer.ts';
import { OWNER, setUpOwner } from '../../dev-env/people.ts';

const password = 'copper lantern drifts north';
let server: BootedServer;
let owner: ApiClient;
let ownerId: string;
let now = Date.now();

beforeAll(async () => {
  server = await bootServer({ parts: [], clock: () => now });
  const { client, account } = await setUpOwner(server);
  owner = client;
  ownerId = account.id;
});
afterAll(() => server[Symbol.asyncDispose]());

async function invite(email: string, role = 'organiser', by = owner): Promise<Invited> {
  const answer = await by.call('invitePerson', { body: { email, name: 'Grace', role } });
  expect(answer.code).toBeNull();
  return answer.body as Invited;
}

function tokenOf({ link }: { readonly link: string }): string {
  return link.split('#')[1] ?? '';
}

async function mails(client = owner): Promise<z.infer<typeof MailList>> {
  return (await client.call('listMails')).body as z.infer<typeof MailList>;
}

/** The newest link that was mailed to somebody. */
async function mailedToken(email: string): Promise<string> {
  const mail = (await mails()).mails.find(({ to, text }) => to === email && text?.includes('#'));
  return /#([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? '';
}

function changePerson(client: ApiClient, id: string, body: object) {
  return client.call('changePerson', { params: { id }, body });
}

describe('an invitation', () => {
  test('makes an account that waits; its link lets the person choose a name and a password, once', async () => {
    const invited = await invite('grace@example.org');
    expect(invited).toMatchObject({ mailed: false, person: { status: 'invited', role: 'organiser' } });
    const client = new ApiClient(server.origin);
    const early = await client.call('signIn', { body: { email: 'grace@example.org', password } });
    expect(early.code).toBe('auth.wrong_credentials');

    const token = tokenOf(invited);
    expect((await client.call('checkLink', { body: { token } })).body).toEqual({
      purpose: 'invitation',
      email: 'grace@example.org',
      name: 'Grace',
    });
    const weak = await client.call('useLink', { body: { token, password: 'grace@example.org' } });
    expect(weak.code).toMatch(/^password\./);
    const used = await client.call('useLink', { body: { token, password, name: 'Grace Hopper' } });
    expect(used.body).toMatchObject({ kind: 'signed-in', account: { name: 'Grace Hopper' } });
    expect((await client.call('listMeetings')).status).toBe(200);
    expect((await client.call('useLink', { body: { token, password } })).code).toBe('auth.link_invalid');
  });

  test('sent again ends the former link, and a link ends after seven days', async () => {
    const first = await invite('late@example.org');
    const second = (await owner.call('inviteAgain', { params: { id: first.person.id } })).body as Invited;
    const client = new ApiClient(server.origin);
    expect((await client.call('checkLink', { body: { token: tokenOf(first) } })).code).toBe(
      'auth.link_invalid',
    );
    expect((await client.call('checkLink', { body: { token: tokenOf(second) } })).status).toBe(200);
    now += 7 * 24 * 60 * 60 * 1000;
    expect((await client.call('checkLink', { body: { token: tokenOf(second) } })).code).toBe(
      'auth.link_invalid',
    );
    await renewOwner();
  });

  test('of two simultaneous uses one counts', async () => {
    const token = tokenOf(await invite('twice@example.org'));
    const answers = await Promise.all(
      [1, 2, 3].map((number) =>
        new ApiClient(server.origin).call('useLink', { body: { token, password: `${password} ${number}` } }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('for an address that has an account is refused', async () => {
    const body = { email: OWNER.email, name: 'Ada', role: 'member' };
    expect((await owner.call('invitePerson', { body })).code).toBe('account.exists');
  });
});

async function renewOwner(): Promise<void> {
  const body = { email: OWNER.email, password: OWNER.password };
  expect((await owner.call('signIn', { body })).status).toBe(200);
}

describe('nobody gives or takes what they do not have themselves', () => {
  test('an administrator makes no owner and changes none', async () => {
    const { client, accountId } = await addMember(server, 'administrator');
    const body = { email: 'second@example.org', name: 'Second', role: 'owner' };
    expect((await client.call('invitePerson', { body })).code).toBe('account.beyond_you');
    expect((await changePerson(client, accountId, { role: 'owner' })).code).toBe('account.beyond_you');
    expect((await changePerson(client, ownerId, { role: 'member' })).code).toBe('account.beyond_you');
    expect((await changePerson(client, ownerId, { status: 'suspended' })).code).toBe('account.beyond_you');
    expect((await client.call('signPersonOut', { params: { id: ownerId } })).code).toBe('account.beyond_you');
  });

  test('whoever manages people alone makes no administrator, and no role with more than they have', async () => {
    const role = { name: 'Reception', permissions: ['people.read', 'people.manage', 'roles.manage'] };
    const { id } = (await owner.call('createRole', { body: role })).body as { id: string };
    const { client } = await addMember(server, id);
    const admin = { email: 'x@example.org', name: 'X', role: 'administrator' };
    expect((await client.call('invitePerson', { body: admin })).code).toBe('account.beyond_you');
    const larger = { name: 'Larger', permissions: ['people.read', 'policy.manage'] };
    expect((await client.call('createRole', { body: larger })).code).toBe('account.beyond_you');
    const same = { ...role, permissions: [...role.permissions, 'data.erase'] };
    expect((await client.call('changeRole', { params: { id }, body: same })).code).toBe('account.beyond_you');
    expect((await invite('guest@example.org', 'member', client)).person.role).toBe('member');
  });

  test('a mailed link is shown to those who may change its reader, and to nobody else', async () => {
    const stranger = new ApiClient(server.origin);
    await stranger.call('askForReset', { body: { email: OWNER.email } });
    await server.context.background.settled();
    const { client } = await addMember(server, 'administrator');
    const seen = (await mails(client)).mails.find(({ to, kind }) => to === OWNER.email && kind === 'reset');
    expect(seen).toMatchObject({ text: null });
    expect(await mailedToken(OWNER.email)).not.toBe('');
  });
});

describe('a link that somebody has seen', () => {
  test('does not throw out whoever has come by another way meanwhile', async () => {
    const invited = await invite('sso@example.org');
    const { db } = server.context.accountsPorts;
    await db
      .updateTable('accounts')
      .set({ status: 'active' })
      .where('email', '=', 'sso@example.org')
      .execute();
    const used = await new ApiClient(server.origin).call('useLink', {
      body: { token: tokenOf(invited), password },
    });
    expect(used.code).toBe('auth.link_invalid');
  });

  test('lets nobody in with more than the person had when it was made', async () => {
    const invited = await invite('raised@example.org', 'member');
    await changePerson(owner, invited.person.id, { role: 'owner' });
    const client = new ApiClient(server.origin);
    const used = await client.call('useLink', { body: { token: tokenOf(invited), password } });
    expect(used.code).toBe('auth.link_invalid');
  });
});

test('nobody but an owner says which sign-on is believed, and no role gives that away', async () => {
  const { client } = await addMember(server, 'administrator');
  expect((await client.call('createProvider', { body: null })).code).toBe('auth.forbidden');
  const role = { name: 'Sign-on', permissions: ['signon.manage'] };
  expect((await owner.call('createRole', { body: role })).code).toBe('account.beyond_you');
});

describe('one owner always remains', () => {
  test('alone one cannot go; of two who go at the same time one stays', async () => {
    expect((await changePerson(owner, ownerId, { role: 'member' })).code).toBe('account.last_owner');
    expect((await changePerson(owner, ownerId, { status: 'suspended' })).code).toBe('auth.forbidden');
    const { client: other, accountId } = await addMember(server, 'owner');
    const answers = await Promise.all([
      changePerson(owner, accountId, { role: 'member' }),
      changePerson(other, ownerId, { role: 'member' }),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    // Whoever remained makes things as they were.
    const [remaining, gone] = answers[0]?.status === 200 ? [owner, accountId] : [other, ownerId];
    expect((await changePerson(remaining, gone, { role: 'owner' })).status).toBe(200);
    await changePerson(owner, accountId, { role: 'member' });
  });
});

test('a suspended person is signed out everywhere, cannot sign in, and is back as before when let in again', async () => {
  const { client, accountId, email } = await addMember(server);
  const body = { email, password: OWNER.password };
  expect((await changePerson(owner, accountId, { status: 'suspended' })).status).toBe(200);
  expect((await client.call('listMeetings')).code).toBe('auth.required');
  // Only who knows the password is told why.
  expect((await client.call('signIn', { body })).code).toBe('auth.suspended');
  expect((await client.call('signIn', { body: { ...body, password } })).code).toBe('auth.wrong_credentials');
  const restored = await changePerson(owner, accountId, { status: 'active' });
  expect(restored.body).toMatchObject({ status: 'active' } satisfies Partial<Person>);
  expect((await client.call('signIn', { body })).status).toBe(200);
});

describe('the list of people', () => {
  test('finds by name and address, page by page, and takes no sign of a pattern for one', async () => {
    const { db } = server.context.accountsPorts;
    const rows = Array.from({ length: 120 }, (_, index) => ({
      id: crypto.randomUUID() as never,
      email: `crowd-${index}@example.net`,
      name: `Crowd ${String(index).padStart(3, '0')}`,
      role_id: 'member' as const,
      password_hash: null,
      created_at: new Date(),
    }));
    await db.insertInto('accounts').values(rows).execute();
    const found: string[] = [];
    let after: string | undefined;
    for (;;) {
      const query = { search: 'crowd', ...(after === undefined ? {} : { after }) };
      const page = (await owner.call('listPeople', { query })).body as PeoplePage;
      expect(page.total).toBe(120);
      found.push(...page.people.map(({ name }) => name));
      if (!page.more) break;
      after = page.people.at(-1)?.id;
    }
    expect(found).toEqual(rows.map(({ name }) => name));
    const pattern = (await owner.call('listPeople', { query: { search: '%' } })).body as PeoplePage;
    expect(pattern.total).toBe(0);
    expect((await owner.call('listPeople', { query: { colour: 'red' } })).code).toBe('request.invalid');
  });
});

test('roles are made, named once, kept while somebody has them', async () => {
  const role = { name: 'Watch', permissions: ['alerts.read', 'logs.read'] };
  const { id } = (await owner.call('createRole', { body: role })).body as { id: string };
  expect((await owner.call('createRole', { body: { ...role, name: 'WATCH' } })).code).toBe('role.exists');
  expect((await owner.call('createRole', { body: { ...role, name: 'Owner' } })).code).toBe('role.exists');
  const { accountId } = await addMember(server, id);
  expect((await owner.call('deleteRole', { params: { id } })).code).toBe('role.in_use');
  await changePerson(owner, accountId, { role: 'member' });
  expect((await owner.call('deleteRole', { params: { id } })).status).toBe(204);
  const { roles } = (await owner.call('listRoles')).body as z.infer<typeof RoleList>;
  expect(roles.map(({ name }) => name)).not.toContain('Watch');
});
