import { LIMITS, PasskeyRequest, type TestResult } from '@conclave/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { addMember } from '../../dev-env/addMember.ts';
import { setUpPasskey, setUpTotp } from '../../dev-env/factors.ts';
import { OWNER } from '../../dev-env/people.ts';
import { SoftAuthenticator } from '../../dev-env/SoftAuthenticator.ts';
import type { ProviderPerson } from '../../dev-env/signOn/realProvider.ts';
import { walkThrough } from '../../dev-env/signOn/walkThrough.ts';
import { bootSignOn, comeBack, oidcInput, type SignOnWorld, signOn, urlIn, whoIs } from './bootSignOn.ts';

const grace: ProviderPerson = {
  sub: 'grace-1',
  email: 'Grace@Example.org',
  email_verified: true,
  name: 'Grace Hopper',
  groups: ['navy'],
};
const ada: ProviderPerson = { sub: 'ada-1', email: OWNER.email, email_verified: true, name: OWNER.name };

let world: SignOnWorld;
beforeAll(async () => {
  world = await bootSignOn({ domains: ['example.org'] });
});
afterAll(async () => world[Symbol.asyncDispose]());

/** Key sets are asked for once a second at most. */
const afterCooldown = () => new Promise((resolve) => setTimeout(resolve, 1_100));

describe('signing in', () => {
  test('makes an account the first time, and finds it by its identity, not by its address, after that', async () => {
    world.real.signsIn = grace;
    const first = await signOn(world, world.provider.id, undefined, { returnTo: '/sessions' });
    expect(first.location).toBe('/sessions');
    const account = await whoIs(first.client);
    expect(account).toMatchObject({
      email: 'grace@example.org',
      name: 'Grace Hopper',
      role: 'organiser',
      hasPassword: false,
    });
    world.real.signsIn = { ...grace, email: 'grace.hopper@example.org' };
    const second = await signOn(world, world.provider.id);
    expect(await whoIs(second.client)).toMatchObject({ id: account?.id, email: 'grace@example.org' });
  });

  test('goes on when the provider has changed its keys', async () => {
    world.real.signsIn = grace;
    await signOn(world, world.provider.id);
    await world.real.rotateKeys();
    await afterCooldown();
    const { client } = await signOn(world, world.provider.id);
    expect(await whoIs(client)).not.toBeNull();
  });

  test('the cookies of the session are Strict, the one of the sign-on is Lax, and gone after it', async () => {
    world.real.signsIn = grace;
    const client = new ApiClient(world.server.origin);
    const begun = await client.call('beginSignOn', {
      params: { id: world.provider.id },
      body: { returnTo: '/' },
    });
    expect(begun.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-conclave-sign-on=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=660$/,
      ),
    ]);
    const callback = await walkThrough(urlIn(begun), world.server.origin);
    const { answer } = await comeBack(client, callback);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const cookies = answer.headers.getSetCookie();
    expect(cookies.find((cookie) => cookie.startsWith('__Host-conclave='))).toContain('SameSite=Strict');
    expect(cookies.find((cookie) => cookie.startsWith('__Host-conclave-sign-on='))).toContain('Max-Age=0');
  });

  test('somebody who says no at the provider is told so', async () => {
    world.real.signsIn = null;
    const { location, client } = await signOn(world, world.provider.id);
    expect(location).toBe('/sign-in?refused=sign_on.declined');
    expect(await whoIs(client)).toBeNull();
  });

  test('of a domain that makes no accounts, and with an address that is not verified, nobody gets in', async () => {
    for (const person of [
      { ...grace, sub: 'm', email: 'mallory@elsewhere.example' },
      { ...grace, sub: 'n', email: 'n@example.org', email_verified: false },
    ]) {
      world.real.signsIn = person;
      const { location, client } = await signOn(world, world.provider.id);
      expect(location).toBe('/sign-in?refused=sign_on.no_account');
      expect(await whoIs(client)).toBeNull();
    }
  });

  test('a suspended account stays out', async () => {
    world.real.signsIn = { ...grace, sub: 'out', email: 'out@example.org' };
    const { client } = await signOn(world, world.provider.id);
    const account = await whoIs(client);
    await world.owner.call('changePerson', {
      params: { id: account?.id ?? '' },
      body: { status: 'suspended' },
    });
    expect(await whoIs(client)).toBeNull();
    const { location } = await signOn(world, world.provider.id);
    expect(location).toBe('/sign-in?refused=auth.suspended');
  });
});

describe('an address that is an account here already', () => {
  test('is not enough: its owner signs in and agrees, once', async () => {
    world.real.signsIn = ada;
    const { client, location } = await signOn(world, world.provider.id);
    expect(location).toBe('/sign-on/connect');
    expect(await whoIs(client)).toBeNull();
    expect((await client.call('pendingLink')).body).toEqual({
      provider: 'Test provider',
      email: OWNER.email,
    });
    // Nobody agrees for somebody else: not without signing in, not from another account.
    expect((await client.call('confirmLink')).code).toBe('auth.required');
    await client.call('signIn', { body: { email: OWNER.email, password: OWNER.password } });
    expect((await client.call('confirmLink')).status).toBe(204);
    expect((await client.call('confirmLink')).code).toBe('sign_on.expired');
    const again = await signOn(world, world.provider.id);
    expect(await whoIs(again.client)).toMatchObject({ email: OWNER.email, role: 'owner' });
  });

  test('cannot be linked with another account', async () => {
    world.real.signsIn = grace;
    const { client: other } = await signOn(world, world.provider.id);
    world.real.signsIn = { ...ada, sub: 'not-ada' };
    const { location } = await signOn(world, world.provider.id, other);
    expect(location).toBe('/sign-on/connect');
    expect((await other.call('confirmLink')).code).toBe('sign_on.other_email');
  });
});

describe('an account that is linked', () => {
  const mailsTo = async (email: string, kind: string) => {
    const { db } = world.server.context.database;
    return db
      .selectFrom('mails')
      .selectAll()
      .where('recipient', '=', email)
      .where('kind', '=', kind)
      .execute();
  };

  test('is so by somebody who has lately shown that it is theirs, and who is told by mail', async () => {
    const { client, accountId, email } = await addMember(world.server);
    world.real.signsIn = { ...grace, sub: accountId, email };
    await signOn(world, world.provider.id, client);
    const { db } = world.server.context.database;
    await db
      .updateTable('sessions')
      .set({ confirmed_at: new Date(Date.now() - LIMITS.stepUpMs - 1_000) })
      .where('account_id', '=', accountId as never)
      .execute();
    expect((await client.call('confirmLink')).code).toBe('auth.step_up');
    expect(await mailsTo(email, 'identity-linked')).toEqual([]);
    // What waits was not used up by that.
    await client.call('signIn', { body: { email, password: OWNER.password } });
    expect((await client.call('confirmLink')).status).toBe(204);
    // The provider vouches for the address, and whoever has the account came from there.
    const account = db.selectFrom('accounts').select('email_verified_at').where('email', '=', email);
    expect((await account.executeTakeFirst())?.email_verified_at).not.toBeNull();
    const mails = await mailsTo(email, 'identity-linked');
    expect(mails).toHaveLength(1);
    expect(mails[0]?.subject).toBe('Your account was linked with Test provider');
  });

  test('was an invitation that the provider’s sign-in took over: its link is good no more', async () => {
    const email = 'invited@example.org';
    const invited = await world.owner.call('invitePerson', {
      body: { email, name: 'Invited', role: 'member' },
    });
    expect(invited.status).toBe(200);
    const [mail] = await mailsTo(email, 'invitation');
    const token = /#([\w-]{43})/.exec(mail?.body ?? '')?.[1] ?? '';
    const visitor = new ApiClient(world.server.origin);
    expect((await visitor.call('checkLink', { body: { token } })).status).toBe(200);
    world.real.signsIn = { ...grace, sub: 'invited', email };
    const { client } = await signOn(world, world.provider.id);
    expect(await whoIs(client)).toMatchObject({ email });
    expect((await visitor.call('checkLink', { body: { token } })).code).toBe('auth.link_invalid');
    const body = { token, password: 'copper lantern drifts north', name: 'Mallory' };
    expect((await visitor.call('useLink', { body })).code).toBe('auth.link_invalid');
    expect(await whoIs(client)).toMatchObject({ email, hasPassword: false });
  });
});

describe('linking from one’s own account', () => {
  test('takes the same address, lists what is linked, and never loses the last way in', async () => {
    world.real.signsIn = { ...grace, sub: 'lise', email: 'lise@example.org' };
    const { client } = await signOn(world, world.provider.id);
    const listed = (await client.call('listIdentities')).body as {
      identities: { id: string; email: string }[];
      linkable: unknown[];
    };
    expect(listed).toMatchObject({ identities: [{ email: 'lise@example.org' }], linkable: [] });
    const id = listed.identities[0]?.id ?? '';
    expect((await client.call('unlinkIdentity', { params: { id } })).code).toBe('sign_on.last_way_in');
    expect((await world.owner.call('unlinkIdentity', { params: { id } })).code).toBe('request.not_found');

    const begin = async () => {
      const begun = await client.call('beginLink', {
        params: { id: world.provider.id },
        body: { returnTo: '/sessions' },
      });
      return (await comeBack(client, await walkThrough(urlIn(begun), world.server.origin))).location;
    };
    world.real.signsIn = { ...grace, sub: 'lise-2', email: 'somebody.else@example.org' };
    expect(await begin()).toBe('/sessions?refused=sign_on.other_email');
    world.real.signsIn = { ...grace, sub: 'lise-2', email: 'lise@example.org' };
    expect(await begin()).toBe('/sessions?linked=yes');
    const both = ((await client.call('listIdentities')).body as { identities: { id: string }[] }).identities;
    const answers = await Promise.all(
      both.map((identity) => client.call('unlinkIdentity', { params: { id: identity.id } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  });

  test('the last one goes when a passkey lets its owner in, and they come in with that', async () => {
    world.real.signsIn = { ...grace, sub: 'emmy', email: 'emmy@example.org' };
    const { client } = await signOn(world, world.provider.id);
    const { identities } = (await client.call('listIdentities')).body as { identities: { id: string }[] };
    const unlink = () => client.call('unlinkIdentity', { params: { id: identities[0]?.id ?? '' } });
    await setUpTotp(client, Date.now());
    // A second factor that opens nothing alone is no way in.
    expect((await unlink()).code).toBe('sign_on.last_way_in');
    const authenticator = new SoftAuthenticator(world.server.origin);
    await setUpPasskey(client, authenticator);
    expect((await unlink()).status).toBe(204);
    const browser = new ApiClient(world.server.origin);
    const asked = PasskeyRequest.parse((await browser.call('askPasskey')).body);
    const assertion = authenticator.get(asked);
    expect((await browser.call('signInWithPasskey', { body: { assertion } })).status).toBe(200);
    expect(await whoIs(browser)).toMatchObject({ email: 'emmy@example.org' });
  });

  test('an identity belongs to one account', async () => {
    world.real.signsIn = { ...grace, sub: 'shared', email: 'shared@example.org' };
    await signOn(world, world.provider.id);
    world.real.signsIn = { ...grace, sub: 'late', email: 'late@example.org' };
    const { client } = await signOn(world, world.provider.id);
    world.real.signsIn = { ...grace, sub: 'shared', email: 'late@example.org' };
    const begun = await client.call('beginLink', {
      params: { id: world.provider.id },
      body: { returnTo: '/' },
    });
    const { location } = await comeBack(client, await walkThrough(urlIn(begun), world.server.origin));
    expect(location).toBe('/?refused=sign_on.already_linked');
  });
});

test('a test by an administrator shows what came, signs nobody in, and is told once', async () => {
  world.real.signsIn = { ...grace, sub: 'tested', email: 'tested@example.org', groups: ['navy', 'staff'] };
  const { owner } = world;
  const before = owner.cookie;
  const begun = await owner.call('testProvider', {
    params: { id: world.provider.id },
    body: { returnTo: '/admin/sign-on' },
  });
  const { location } = await comeBack(owner, await walkThrough(urlIn(begun), world.server.origin));
  expect(location).toBe('/admin/sign-on?tested=yes');
  expect(owner.cookie).toBe(before);
  const result = (await owner.call('testResult')).body as TestResult;
  expect(result).toMatchObject({
    subject: 'tested',
    emailVerified: true,
    outcome: 'makes-account',
    role: 'organiser',
  });
  expect(result.claims).toContainEqual({ name: 'groups', value: 'navy, staff' });
  expect((await owner.call('testResult')).code).toBe('sign_on.expired');
});

test('roles follow the provider at every sign-in, but never to or from the owner’s', async () => {
  const rules = [
    { claim: 'groups', value: 'admins', role: 'administrator' },
    { claim: 'groups', value: 'navy', role: 'auditor' },
  ];
  const change = (more: object) =>
    world.owner.call('changeProvider', {
      params: { id: world.provider.id },
      body: { ...oidcInput(world.real, { domains: ['example.org'] }), clientSecret: null, ...more },
    });
  expect((await change({ roleRules: [{ claim: 'a', value: 'b', role: 'owner' }] })).code).toBe(
    'request.invalid',
  );
  expect((await change({ defaultRole: 'owner' })).code).toBe('request.invalid');
  expect((await change({ roleRules: rules })).status).toBe(200);
  const roleOf = async (person: ProviderPerson) => {
    world.real.signsIn = person;
    return (await whoIs((await signOn(world, world.provider.id)).client))?.role;
  };
  const person = { ...grace, sub: 'roles', email: 'roles@example.org' };
  expect(await roleOf({ ...person, groups: ['admins', 'navy'] })).toBe('administrator');
  expect(await roleOf({ ...person, groups: ['navy'] })).toBe('auditor');
  expect(await roleOf({ ...person, groups: [] })).toBe('organiser');
  expect(await roleOf({ ...ada, groups: ['navy'] })).toBe('owner');
});

describe('who is led where', () => {
  test('is said by the domain, the same whether or not anybody has the address', async () => {
    const visitor = new ApiClient(world.server.origin);
    const route = async (domain: string) => (await visitor.call('routeSignOn', { query: { domain } })).body;
    expect(await route('example.org')).toMatchObject({ provider: { id: world.provider.id } });
    expect(await route('elsewhere.example')).toEqual({ provider: null });
    expect((await visitor.call('routeSignOn', { query: { domain: 'ada@example.org' } })).code).toBe(
      'request.invalid',
    );
    expect((await visitor.call('listSignOn')).body).toEqual({
      providers: [{ id: world.provider.id, name: 'Test provider', preset: 'generic' }],
      ssoOnly: false,
    });
  });

  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/api/v1/me',
    '/scim/v2/Users',
    '/a?b=c',
    '/a#b',
    '/a//b',
    'javascript:alert(1)',
    '/%0d%0aset-cookie:x',
    '/\u0000',
    '',
  ])('never to %j', async (returnTo) => {
    const visitor = new ApiClient(world.server.origin);
    const answer = await visitor.call('beginSignOn', {
      params: { id: world.provider.id },
      body: { returnTo },
    });
    expect(answer.code).toBe('request.invalid');
  });
});

describe('setting a provider up', () => {
  const create = (more: object) =>
    world.owner.call('createProvider', { body: { ...oidcInput(world.real), ...more } });

  test('finds what is wrong before anything is stored', async () => {
    expect((await create({ issuer: 'http://127.0.0.1:1' })).code).toBe('sign_on.provider_unreachable');
    expect((await create({ issuer: `${world.real.issuer}/elsewhere` })).code).toBe(
      'sign_on.provider_invalid',
    );
    expect((await create({ domains: ['example.org'] })).code).toBe('sign_on.domain_taken');
    expect(
      (await create({ preset: 'microsoft', issuer: 'https://login.microsoftonline.com/common/v2.0' })).code,
    ).toBe('request.invalid');
    expect((await create({ preset: 'google', issuer: 'https://accounts.google.example' })).code).toBe(
      'request.invalid',
    );
    expect((await create({ issuer: 'https://10.0.0.1' })).status).toBeGreaterThanOrEqual(400);
    const overview = (await world.owner.call('signOnOverview')).body as { providers: unknown[] };
    expect(overview.providers).toHaveLength(1);
  });

  test('the secret comes back to nobody, is not in the database in plain, and goes to no other issuer', async () => {
    const overview = await world.owner.call('signOnOverview');
    expect(JSON.stringify(overview.body)).not.toContain('nobody else knows');
    const row = await world.server.context.database.db
      .selectFrom('sign_on_providers')
      .selectAll()
      .where('id', '=', world.provider.id)
      .executeTakeFirstOrThrow();
    expect(Buffer.from(row.secret ?? []).toString('latin1')).not.toContain('secret');
    expect(JSON.stringify(row.config)).not.toContain('nobody else knows');
    const moved = await world.owner.call('changeProvider', {
      params: { id: world.provider.id },
      body: { ...oidcInput(world.real), enabled: false, issuer: 'https://evil.example', clientSecret: null },
    });
    expect([moved.code, (moved.body as { error: { field: string } }).error.field]).toEqual([
      'request.invalid',
      'clientSecret',
    ]);
  });
});
