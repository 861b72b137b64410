import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { addMember } from '../../dev-env/addMember.ts';
import { type BootedServer, bootServer } from '../../dev-env/bootServer.ts';
import { OWNER, setUpOwner } from '../../dev-env/people.ts';

const next = 'copper lantern drifts north';
let server: BootedServer;
let owner: ApiClient;
let now = Date.now();

beforeAll(async () => {
  server = await bootServer({
    parts: [],
    clock: () => now,
    settings: { trustedProxies: ['127.0.0.0/8', '::1'] },
  });
  owner = (await setUpOwner(server)).client;
});
afterAll(() => server[Symbol.asyncDispose]());

const check = async (token: string | null) =>
  (await new ApiClient(server.origin).call('checkLink', { body: { token } })).code;

let strangers = 0;
/** @param by the browser that asks: a stranger's from far away, unless told otherwise. @returns the link that was sent, if any */
async function askForReset(email: string, by = new ApiClient(server.origin)): Promise<string | null> {
  const { db } = server.context.accountsPorts;
  const before = await db.selectFrom('mails').select('id').where('recipient', '=', email).execute();
  const headers = { 'x-forwarded-for': `198.51.100.${++strangers}` };
  const answer = await by.call('askForReset', { body: { email }, headers });
  expect(answer.status).toBe(204);
  await server.context.background.settled();
  const mails = await db
    .selectFrom('mails')
    .selectAll()
    .where('recipient', '=', email)
    .where('kind', '=', 'reset')
    .execute();
  const mail = mails.find(({ id }) => !before.some((old) => old.id === id));
  return /new-password#([\w-]{43})/.exec(mail?.body ?? '')?.[1] ?? null;
}

async function kindsOfMailsTo(email: string): Promise<string[]> {
  const { db } = server.context.accountsPorts;
  const rows = await db.selectFrom('mails').select('kind').where('recipient', '=', email).execute();
  return rows.map(({ kind }) => kind);
}

describe('a changed password', () => {
  test('needs the present one, and is judged as the first was', async () => {
    const { client } = await addMember(server);
    const wrong = await client.call('changePassword', { body: { current: next, password: next } });
    expect(wrong).toMatchObject({ code: 'auth.wrong_credentials', body: { error: { field: 'current' } } });
    const none = await client.call('changePassword', { body: { current: null, password: next } });
    expect(none.code).toBe('auth.wrong_credentials');
    const same = { current: OWNER.password, password: OWNER.password };
    expect((await client.call('changePassword', { body: same })).code).toBe('password.reused');
    const weak = { current: OWNER.password, password: 'Grace Hopper 1906' };
    expect((await client.call('changePassword', { body: weak })).code).toBe('password.personal');
  });

  test('ends all other sessions and is told by mail; the one that changed it goes on', async () => {
    const { client, email } = await addMember(server);
    const other = new ApiClient(server.origin);
    await other.call('signIn', { body: { email, password: OWNER.password } });
    const body = { current: OWNER.password, password: next };
    expect((await client.call('changePassword', { body })).status).toBe(204);
    expect((await client.call('listSessions')).status).toBe(200);
    expect((await other.call('listSessions')).code).toBe('auth.required');
    expect(await kindsOfMailsTo(email)).toContain('password-changed');
    const former = await other.call('signIn', { body: { email, password: OWNER.password } });
    expect(former.code).toBe('auth.wrong_credentials');
    expect((await other.call('signIn', { body: { email, password: next } })).status).toBe(200);
  });

  test('is not searched for with a stolen session', async () => {
    const { client } = await addMember(server);
    const codes: (string | null)[] = [];
    for (let guess = 0; guess < 40; guess++) {
      const body = { current: `guess number ${guess}`, password: next };
      codes.push((await client.call('changePassword', { body })).code);
    }
    expect(codes.filter((code) => code === 'auth.wrong_credentials').length).toBeLessThanOrEqual(15);
    expect(codes.at(-1)).toBe('auth.too_many_attempts');
  });
});

test('a sign-in with the former password that is under way does not outlive the change', async () => {
  for (let round = 0; round < 4; round++) {
    const { client, email } = await addMember(server);
    const guests = Array.from({ length: 5 }, () => new ApiClient(server.origin));
    const signingIn = guests.map((guest) =>
      guest.call('signIn', { body: { email, password: OWNER.password } }),
    );
    const changing = client.call('changePassword', { body: { current: OWNER.password, password: next } });
    await Promise.all([...signingIn, changing]);
    expect((await changing).status).toBe(204);
    for (const guest of guests) {
      expect((await guest.call('listSessions')).code).toBe('auth.required');
    }
  }
});

test('a session is ended under its own id and under no other spelling of it', async () => {
  const { client } = await addMember(server);
  const { sessions } = (await client.call('listSessions')).body as { sessions: { id: string }[] };
  const id = (sessions[0]?.id ?? '').toUpperCase();
  expect((await client.call('revokeSession', { params: { id } })).code).toBe('request.invalid');
});

describe('a forgotten password', () => {
  test('is replaced by a link, once; all sessions end; it is told by mail', async () => {
    const { client, email } = await addMember(server);
    const token = await askForReset(email);
    expect(token).not.toBeNull();
    const browser = new ApiClient(server.origin);
    const used = await browser.call('useLink', { body: { token, password: next } });
    expect(used.body).toMatchObject({ kind: 'signed-in' });
    expect((await client.call('listSessions')).code).toBe('auth.required');
    expect((await browser.call('useLink', { body: { token, password: next } })).code).toBe(
      'auth.link_invalid',
    );
    expect(await kindsOfMailsTo(email)).toContain('password-changed');
  });

  test('a link ends after an hour, when another one is used, and with a password that was changed', async () => {
    const { client, email } = await addMember(server);
    const first = await askForReset(email);
    now += 60 * 60_000 - 1_000;
    expect(await check(first)).toBeNull();
    now += 1_000;
    expect(await check(first)).toBe('auth.link_invalid');
    const [second, third] = [await askForReset(email), await askForReset(email)];
    expect([await check(second), await check(third)]).toEqual([null, null]);
    const browser = new ApiClient(server.origin);
    expect((await browser.call('useLink', { body: { token: second, password: next } })).status).toBe(200);
    expect([await check(second), await check(third)]).toEqual(['auth.link_invalid', 'auth.link_invalid']);
    const fourth = await askForReset(email, browser);
    expect(await check(fourth)).toBeNull();
    const changed = { current: next, password: OWNER.password };
    expect((await browser.call('changePassword', { body: changed })).status).toBe(204);
    expect(await check(fourth)).toBe('auth.link_invalid');
    expect((await client.call('listSessions')).code).toBe('auth.required');
  });

  test('however often strangers ask, the person keeps the link they hold, and is sent one where they are known', async () => {
    const { client, email } = await addMember(server);
    const held = await askForReset(email);
    for (let time = 0; time < 5; time++) await askForReset(email);
    expect(await check(held)).toBeNull();
    const own = await askForReset(email, client);
    expect(await check(own)).toBeNull();
    expect(await check(held)).toBeNull();
    const browser = new ApiClient(server.origin);
    expect((await browser.call('useLink', { body: { token: held, password: next } })).status).toBe(200);
    expect(await check(own)).toBe('auth.link_invalid');
  });

  test('of two links that are used at the same time one counts', async () => {
    const { email } = await addMember(server);
    const tokens = [await askForReset(email), await askForReset(email)];
    const uses = await Promise.all(
      tokens.map((token) =>
        new ApiClient(server.origin).call('useLink', { body: { token, password: next } }),
      ),
    );
    expect(uses.map(({ code }) => code).toSorted()).toEqual(['auth.link_invalid', null]);
  });

  test('whoever asks is told the same for every address and at every time, and nobody’s mailbox is flooded', async () => {
    const { email } = await addMember(server);
    const links = [];
    for (let time = 0; time < 5; time++) links.push(await askForReset(email));
    expect(links.map((link) => link !== null)).toEqual([true, true, true, false, false]);
    expect(await askForReset('nobody@example.org')).toBeNull();
    expect((await kindsOfMailsTo('nobody@example.org')).length).toBe(0);
  });

  test('one place asks for no more than so many, whosever they are', async () => {
    await using strict = await bootServer({ parts: [] });
    const codes = [];
    for (let time = 0; time < 21; time++) {
      const body = { email: `nobody${time}@example.org` };
      codes.push((await new ApiClient(strict.origin).call('askForReset', { body })).code);
    }
    expect(codes.filter((code) => code === null)).toHaveLength(20);
    expect(codes.at(-1)).toBe('auth.too_many_attempts');
  });
});

test('a sign-in with another browser is told by mail, with the same one it is not', async () => {
  const { client, email } = await addMember(server);
  const body = { email, password: OWNER.password };
  await client.call('signOut');
  await client.call('signIn', { body });
  expect(await kindsOfMailsTo(email)).toEqual([]);
  await new ApiClient(server.origin).call('signIn', { body });
  expect(await kindsOfMailsTo(email)).toEqual(['new-device']);
});

test('a device has a name that its person gave, and others cannot give it one', async () => {
  const { client } = await addMember(server);
  const { sessions } = (await client.call('listSessions')).body as { sessions: { id: string }[] };
  const id = sessions[0]?.id ?? '';
  expect((await owner.call('renameSession', { params: { id }, body: { name: 'Mine' } })).code).toBe(
    'request.not_found',
  );
  await client.call('renameSession', { params: { id }, body: { name: 'Kitchen laptop' } });
  expect((await client.call('listSessions')).body).toMatchObject({ sessions: [{ name: 'Kitchen laptop' }] });
});
