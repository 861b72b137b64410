import { LIMITS, SessionList } from '@conclave/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { type BootedServer, bootServer, makeServerFolder } from '../../dev-env/bootServer.ts';
import { OWNER, ownerTokenOf, setUpOwner } from '../../dev-env/people.ts';

const credentials = { email: OWNER.email, password: OWNER.password };

describe('the owner link', () => {
  let server: BootedServer;
  beforeAll(async () => {
    server = await bootServer({ parts: [] });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test('is good until it is used, and the service says that it needs an owner', async () => {
    const client = new ApiClient(server.origin);
    expect((await client.call('me')).body).toEqual({ account: null, needsOwner: true });
    expect((await client.call('checkOwnerLink', { body: { token: ownerTokenOf(server) } })).status).toBe(204);
    const other = { token: Buffer.alloc(32).toString('base64url') };
    expect((await client.call('checkOwnerLink', { body: other })).code).toBe('auth.link_invalid');
  });

  test.each([
    ['short but 🐘', 'password.too_short'],
    ['passwordpassword', 'password.too_common'],
    ['aaaaaaaaaaaaaaaaaa', 'password.too_simple'],
    ['Ada Lovelace 1815', 'password.personal'],
    ['violet kettle '.repeat(10), 'password.too_long'],
  ])('a password like "%s" is refused with %s, and the link stays good', async (password, code) => {
    const client = new ApiClient(server.origin);
    const answer = await client.call('createOwner', {
      body: { ...OWNER, token: ownerTokenOf(server), password },
    });
    expect(answer.code).toBe(code);
    expect(answer.body).toMatchObject({ error: { field: 'password' } });
    expect(client.cookie).toBeNull();
  });

  test('of several simultaneous uses one makes the owner; after that it is no good', async () => {
    const token = ownerTokenOf(server);
    const answers = await Promise.all(
      [1, 2, 3, 4].map((number) =>
        new ApiClient(server.origin).call('createOwner', {
          body: { ...OWNER, token, email: `ada${number}@analytical-engine.example` },
        }),
      ),
    );
    expect(answers.map((answer) => answer.code).sort()).toEqual(
      [null, 'auth.link_invalid', 'auth.link_invalid', 'auth.link_invalid'].sort(),
    );
    const client = new ApiClient(server.origin);
    expect((await client.call('checkOwnerLink', { body: { token } })).code).toBe('auth.link_invalid');
    expect((await client.call('me')).body).toEqual({ account: null, needsOwner: false });
  });
});

test('the owner link ends after a day, and the next start makes a new one', async () => {
  const dataFolder = await makeServerFolder();
  let now = Date.now();
  const first = await bootServer({ parts: [], dataFolder, clock: () => now });
  const former = ownerTokenOf(first);
  now += 24 * 60 * 60 * 1000;
  const late = await new ApiClient(first.origin).call('checkOwnerLink', { body: { token: former } });
  expect(late.code).toBe('auth.link_invalid');
  await first[Symbol.asyncDispose]();

  now -= 24 * 60 * 60 * 1000;
  await using second = await bootServer({ parts: [], dataFolder, clock: () => now, keepData: false });
  const client = new ApiClient(second.origin);
  expect((await client.call('checkOwnerLink', { body: { token: former } })).code).toBe('auth.link_invalid');
  const renewed = { token: ownerTokenOf(second) };
  expect((await client.call('checkOwnerLink', { body: renewed })).status).toBe(204);
});

describe('sessions', () => {
  let server: BootedServer;
  let now = Date.now();
  beforeAll(async () => {
    server = await bootServer({ parts: [], clock: () => now });
    await setUpOwner(server);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  async function signedIn(userAgent?: string): Promise<ApiClient> {
    const client = new ApiClient(server.origin, userAgent);
    expect((await client.call('signIn', { body: credentials })).status).toBe(200);
    return client;
  }

  test('the cookie is for this host, secure, hidden from scripts and never sent from other sites', async () => {
    const client = new ApiClient(server.origin);
    const answer = await client.call('signIn', { body: credentials });
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(
      /^__Host-conclave=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=\d+$/,
    );
    expect((await client.call('me')).body).toMatchObject({ account: { email: OWNER.email, role: 'owner' } });
  });

  test('an email is the same in any case', async () => {
    const client = new ApiClient(server.origin);
    const answer = await client.call('signIn', {
      body: { ...credentials, email: ` ${OWNER.email.toUpperCase()} ` },
    });
    expect(answer.status).toBe(200);
  });

  test('signing in again ends the session that the browser had', async () => {
    const client = await signedIn();
    const former = client.cookie;
    await client.call('signIn', { body: credentials });
    expect(client.cookie).not.toBe(former);
    const thief = new ApiClient(server.origin);
    thief.cookie = former;
    expect((await thief.call('listSessions')).code).toBe('auth.required');
  });

  test('signing out ends the session at the server, not only in the browser', async () => {
    const client = await signedIn();
    const former = client.cookie;
    expect((await client.call('signOut')).status).toBe(204);
    expect(client.cookie).toBeNull();
    client.cookie = former;
    expect((await client.call('me')).body).toMatchObject({ account: null });
  });

  test('are listed by device, and revoked from another one', async () => {
    const here = await signedIn();
    const phone = await signedIn(
      'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
    );
    const ended: string[] = [];
    using _ = server.context.onSessionEnded((end) => ended.push(`${end.by} ${end.sessionId}`));
    const { sessions } = SessionList.parse((await here.call('listSessions')).body);
    expect(sessions.filter((session) => session.current).map((session) => session.device)).toEqual([
      'Firefox on Linux',
    ]);
    const lost = sessions.find((session) => session.device === 'Chrome on Android');
    const answer = await here.call('revokeSession', { params: { id: lost?.id ?? '' } });
    expect(answer.status).toBe(204);
    expect(ended).toEqual([`revoked ${lost?.id}`]);
    expect((await phone.call('listSessions')).code).toBe('auth.required');
    const again = await here.call('revokeSession', { params: { id: lost?.id ?? '' } });
    expect(again.code).toBe('request.not_found');
  });

  test('end when they are idle for two weeks, and after sixty days however busy', async () => {
    const day = 24 * 60 * 60 * 1000;
    const idle = await signedIn();
    const busy = await signedIn();
    now += 13 * day;
    expect((await busy.call('me')).body).toMatchObject({ account: { email: OWNER.email } });
    now += 1 * day;
    expect((await idle.call('me')).body).toMatchObject({ account: null });
    for (let days = 14; days < 60; days += 10) {
      expect((await busy.call('me')).body).toMatchObject({ account: { email: OWNER.email } });
      now += 10 * day;
    }
    expect((await busy.call('me')).body).toMatchObject({ account: null });
  });

  test('wrong credentials are answered alike, whether or not there is such an account', async () => {
    const client = new ApiClient(server.origin);
    const wrong = await client.call('signIn', { body: { ...credentials, password: 'not the password' } });
    const nobody = await client.call('signIn', {
      body: { email: 'nobody@example.org', password: 'not the password' },
    });
    expect(wrong.code).toBe('auth.wrong_credentials');
    expect(wrong.body).toEqual(nobody.body);
    expect(client.cookie).toBeNull();
  });

  test('two cookies of the name, or one that cannot be ours, are nobody', async () => {
    const client = await signedIn();
    const good = client.cookie ?? '';
    for (const cookie of [`${good}; ${good}`, `${good}x`, '__Host-conclave=', good.replace('__Host-', '')]) {
      expect((await client.call('listSessions', { headers: { cookie } })).code).toBe('auth.required');
    }
  });
});

test('guessing a password is limited for the account and for the address; right ones do not count', async () => {
  await using server = await bootServer({ parts: [] });
  await setUpOwner(server);
  const client = new ApiClient(server.origin);
  for (let round = 0; round < 20; round++) {
    expect((await client.call('signIn', { body: credentials })).status).toBe(200);
  }
  const codes: (string | null)[] = [];
  for (let round = 0; round < 16; round++) {
    codes.push((await client.call('signIn', { body: { ...credentials, password: 'guess' } })).code);
  }
  expect(codes.slice(0, 15)).toEqual(new Array(15).fill('auth.wrong_credentials'));
  expect(codes[15]).toBe('auth.too_many_attempts');
  const locked = await client.call('signIn', { body: credentials });
  expect(locked.status).toBe(429);
  expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(0);
  // The account's limit is not the address's: others can still sign in, until the address is used up too.
  const other = (number: number) =>
    client.call('signIn', { body: { email: `person${number}@example.org`, password: 'guess' } });
  const others = await Promise.all(Array.from({ length: 20 }, (_, number) => other(number)));
  expect(others.filter((answer) => answer.code === 'auth.wrong_credentials')).toHaveLength(15);
  expect(others.filter((answer) => answer.code === 'auth.too_many_attempts')).toHaveLength(5);
});

test('a stranger who guesses locks out other strangers, not the one who signs in there as always', async () => {
  await using server = await bootServer({ parts: [], settings: { trustedProxies: ['127.0.0.0/8', '::1'] } });
  await setUpOwner(server);
  const at = (address: string, password: string) =>
    new ApiClient(server.origin).call('signIn', {
      body: { ...credentials, password },
      headers: { 'x-forwarded-for': address },
    });
  expect((await at('192.0.2.1', OWNER.password)).status).toBe(200);
  for (let round = 0; round < 15; round++) await at('198.51.100.1', 'guess');
  expect((await at('198.51.100.2', OWNER.password)).code).toBe('auth.too_many_attempts');
  expect((await at('192.0.2.1', OWNER.password)).status).toBe(200);
});

test('a body that breaks the contract is refused, field by field', async () => {
  await using server = await bootServer({ parts: [] });
  const client = new ApiClient(server.origin);
  const good = { token: ownerTokenOf(server), ...OWNER };
  for (const [field, value] of [
    ['email', 'not an email'],
    ['name', 'a\u202eb'],
    ['name', ' '],
    ['name', 'x'.repeat(LIMITS.participantName + 1)],
    ['token', 'short'],
    ['password', ['array']],
  ] as const) {
    const answer = await client.call('createOwner', { body: { ...good, [field]: value } });
    expect(answer.body, `${field} ${JSON.stringify(value)}`).toMatchObject({
      error: { code: 'request.invalid', field },
    });
  }
  const unknown = await client.call('createOwner', { body: { ...good, role: 'owner' } });
  expect(unknown.code).toBe('request.invalid');
});
