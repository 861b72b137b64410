import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { addMember } from '../../dev-env/addMember.ts';
import { type BootedServer, bootServer } from '../../dev-env/bootServer.ts';
import { OWNER, setUpOwner } from '../../dev-env/people.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

let server: BootedServer;
let owner: ApiClient;
let token: string;
let log = '';

beforeAll(async () => {
  const logInto = {
    write(line: string) {
      log += line;
    },
  };
  server = await bootServer({ parts: [], settings: { log: { level: 'info' } }, logInto });
  owner = (await setUpOwner(server)).client;
  const made = await owner.call('createScimToken', { body: { name: 'Directory', provider: null } });
  token = (made.body as { token: string }).token;
});
afterAll(() => server[Symbol.asyncDispose]());

async function scim(method: string, path: string, userName: string): Promise<string> {
  const response = await fetch(`${server.origin}/scim/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
    body: JSON.stringify({ schemas: [USER], userName, displayName: 'Grace Hopper', active: true }),
  });
  expect(response.status).toBeLessThan(300);
  return ((await response.json()) as { id: string }).id;
}

const newAddress = () => `${randomUUID()}@example.org`;

async function mailsTo(recipient: string) {
  const { db } = server.context.database;
  return db.selectFrom('mails').selectAll().where('recipient', '=', recipient).execute();
}

async function resetLinkOf(email: string): Promise<string> {
  await new ApiClient(server.origin).call('askForReset', { body: { email } });
  await server.context.background.settled();
  const mail = (await mailsTo(email)).find(({ kind }) => kind === 'reset');
  return /#([\w-]{43})/.exec(mail?.body ?? '')?.[1] ?? '';
}

const check = async (link: string) =>
  (await new ApiClient(server.origin).call('checkLink', { body: { token: link } })).code;

describe('a directory gives another address', () => {
  test('to an account that somebody had before: they are told where they read it, and are out', async () => {
    const { client, accountId, email } = await addMember(server);
    expect(await scim('POST', '/Users', email)).toBe(accountId);
    const link = await resetLinkOf(email);
    expect(await check(link)).toBeNull();
    expect((await client.call('listSessions')).status).toBe(200);
    const next = newAddress();
    await scim('PUT', `/Users/${accountId}`, next);
    const told = (await mailsTo(email)).filter(({ kind }) => kind === 'address-changed');
    expect(told).toHaveLength(1);
    expect(told[0]?.body).not.toContain(next);
    expect((await client.call('listSessions')).code).toBe('auth.required');
    expect(await check(link)).toBe('auth.link_invalid');
    expect(log).toContain('"what":"address"');
    expect(log).not.toContain(next);
  });

  test('and not while it stays as it is', async () => {
    const { client, accountId, email } = await addMember(server);
    await scim('POST', '/Users', email);
    await scim('PUT', `/Users/${accountId}`, email);
    expect((await client.call('listSessions')).status).toBe(200);
    expect((await mailsTo(email)).map(({ kind }) => kind)).not.toContain('address-changed');
  });

  test('to an account that it made itself: nobody had it, and nobody is told', async () => {
    const email = newAddress();
    const id = await scim('POST', '/Users', email);
    const link = await resetLinkOf(email);
    await scim('PUT', `/Users/${id}`, newAddress());
    expect(await check(link)).toBe('auth.link_invalid');
    expect((await mailsTo(email)).map(({ kind }) => kind)).toEqual(['reset']);
  });

  test('and whoever is erased later leaves no mail behind at the former one; others keep theirs', async () => {
    const { accountId, email } = await addMember(server);
    await scim('POST', '/Users', email);
    await resetLinkOf(email);
    const next = newAddress();
    await scim('PUT', `/Users/${accountId}`, next);
    expect((await mailsTo(email)).map(({ kind }) => kind).toSorted()).toEqual(['address-changed', 'reset']);
    // Somebody else gets the former address.
    const other = await scim('POST', '/Users', email);
    await server.context.accountsPorts.mail.send({
      kind: 'theirs',
      to: email,
      subject: 'Theirs',
      text: 'Theirs',
      secret: false,
    });
    const exported = await owner.call('exportData', { params: { id: other } });
    expect(exported.body).toMatchObject({ mails: [{ kind: 'theirs' }] });
    const erased = await owner.call('eraseData', { params: { id: accountId }, body: { email: next } });
    expect(erased.body).toMatchObject({ mails: 2 });
    expect((await mailsTo(email)).map(({ kind }) => kind)).toEqual(['theirs']);
  });
});

test('what a directory may give is changed by somebody, and the log says by whom', async () => {
  const settings = { defaultRole: 'member', groupRules: [{ group: 'Staff', role: 'organiser' }] };
  expect((await owner.call('setScimSettings', { body: settings })).status).toBeLessThan(300);
  const line = log.split('\n').find((text) => text.includes('scim.settings_changed'));
  expect(JSON.parse(line ?? '{}')).toMatchObject({ defaultRole: 'member', groupRules: 1 });
  expect(line).not.toContain('Staff');
  expect(line).not.toContain(OWNER.email);
});
