import { randomUUID } from 'node:crypto';
import {
  BUILTIN_ROLES,
  BuiltinRole,
  LIMITS,
  PERMISSIONS,
  type Permission,
  ROUTES,
  type Route,
  type RouteName,
} from '@conclave/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { addMember } from '../../dev-env/addMember.ts';
import { type BootedServer, bootServer } from '../../dev-env/bootServer.ts';
import { fromBase32, setUpTotp, totpAt } from '../../dev-env/factors.ts';
import { MailServer } from '../../dev-env/MailServer.ts';
import { OWNER, setUpOwner } from '../../dev-env/people.ts';
import { anAnswer, aSecret } from '../calls/callPeople.ts';
import { addInvitation, addMeeting, MONDAYS } from './invitations/invited.ts';

const names = Object.keys(ROUTES) as RouteName[];
const routeOf = (name: RouteName): Route => ROUTES[name];
const guarded = names.filter((name) => routeOf(name).access !== 'anyone');
const byPermission = names.filter((name) => isPermission(routeOf(name).access));
const confirmed = guarded.filter((name) => routeOf(name).stepUp === true);

let server: BootedServer;
let smtp: MailServer;
let now = Date.now();
const clients = new Map<string, ApiClient>();

beforeAll(async () => {
  smtp = await MailServer.open();
  const mail = {
    host: '127.0.0.1',
    port: smtp.port,
    security: 'none' as const,
    from: 'conclave@example.org',
  };
  server = await bootServer({ parts: [], settings: { mail }, clock: () => now });
  const owner = await setUpOwner(server);
  clients.set('owner', owner.client);
  for (const role of BuiltinRole.options) {
    if (role !== 'owner') clients.set(role, (await addMember(server, role)).client);
  }
  for (const permission of PERMISSIONS) {
    const id = randomUUID();
    const values = { id, name: permission, permissions: [permission], created_at: new Date() };
    await server.context.accountsPorts.db.insertInto('roles').values(values).execute();
    clients.set(permission, (await addMember(server, id)).client);
  }
}, 120_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await smtp[Symbol.asyncDispose]();
});

function isPermission(access: Route['access']): access is Permission {
  return access !== 'anyone' && access !== 'account';
}

/** Nothing that a route could be happy with: who may call is refused for that, who may not is refused before. */
function knock(client: ApiClient, name: RouteName) {
  const route = routeOf(name);
  const params = Object.fromEntries(
    [...route.path.matchAll(/:(\w+)/g)].map(([, key]) => [key ?? '', randomUUID()]),
  );
  return client.call(name, { params, ...(route.body === undefined ? {} : { body: null }) });
}

describe.each(guarded)('%s', (name) => {
  test('is nothing for strangers', async () => {
    const answer = await knock(new ApiClient(server.origin), name);
    expect(answer.code).toBe('auth.required');
  });
});

describe.each(byPermission)('%s', (name) => {
  const needed = routeOf(name).access as Permission;

  test.each([...BuiltinRole.options])('as %s', async (role) => {
    const { code } = await knock(clientOf(role), name);
    if (BUILTIN_ROLES[role].includes(needed)) expect(code).not.toBe('auth.forbidden');
    else expect(code).toBe('auth.forbidden');
  });

  test.each([...PERMISSIONS])('with nothing but the right %s', async (permission) => {
    const { code } = await knock(clientOf(permission), name);
    if (permission === needed) expect(code).not.toBe('auth.forbidden');
    else expect(code).toBe('auth.forbidden');
  });
});

test('somebody who may only look is refused all that belongs to the administration', () => {
  const administration = names.filter((name) => routeOf(name).path.startsWith('/admin/'));
  expect(administration.length).toBeGreaterThan(5);
  for (const name of administration) expect(isPermission(routeOf(name).access), name).toBe(true);
});

test('what is sensitive asks again who one is, and lets those in who have shown it', async () => {
  expect(confirmed.length).toBeGreaterThan(3);
  const { client } = await addMember(server, 'owner');
  for (const name of confirmed) expect((await knock(client, name)).code, name).not.toBe('auth.step_up');
  now += LIMITS.stepUpMs + 1;
  for (const name of confirmed) expect((await knock(client, name)).code, name).toBe('auth.step_up');
  now -= LIMITS.stepUpMs + 1;
});

test('who must set up a second factor first can do that, and nothing else', async () => {
  const { client } = await addMember(server, 'owner');
  const policy = { secondFactor: 'everybody', allowedFactors: ['totp', 'recovery'] } as const;
  const asked = vi.spyOn(server.context.accountsPorts.factors, 'policy').mockReturnValue(policy);
  for (const name of guarded) {
    // Signing out ends what is tried here.
    if (name === 'signOut') continue;
    const { code } = await knock(client, name);
    if (routeOf(name).whileRestricted === true) expect(code, name).not.toBe('auth.factor_needed');
    else expect(code, name).toBe('auth.factor_needed');
  }
  asked.mockRestore();
});

test('a role that is changed or taken away is so at the next call', async () => {
  const { client: owner } = await addMember(server, 'owner');
  const role = { name: 'Helpdesk', permissions: ['people.read'] };
  const made = (await owner.call('createRole', { body: role })).body as { id: string };
  const { client, accountId } = await addMember(server, made.id);
  expect((await client.call('listPeople')).status).toBe(200);
  await owner.call('changeRole', { params: { id: made.id }, body: { ...role, permissions: [] } });
  expect((await client.call('listPeople')).code).toBe('auth.forbidden');
  const changed = await owner.call('changePerson', {
    params: { id: accountId },
    body: { role: 'administrator' },
  });
  expect(changed.status).toBe(200);
  expect((await client.call('listPeople')).status).toBe(200);
});

/** For each kind of thing that belongs to somebody, by its path: makes one, and gives its id, or all that its path names. */
const belongings: Readonly<
  Record<string, (client: ApiClient) => Promise<string | Readonly<Record<string, string>>>>
> = {
  '/sessions/:id': async (client) => {
    const { sessions } = (await client.call('listSessions')).body as { sessions: { id: string }[] };
    return sessions[0]?.id ?? '';
  },
  '/meetings/:id/invitations/:invitation': async (client) => {
    const { id } = await addMeeting(client, { schedule: MONDAYS });
    return { id, invitation: (await addInvitation(client, id, 'Ann Lee', 'ann@example.org')).id };
  },
  '/meetings/:id/cohosts/:account': async (client) => {
    const { id } = await addMeeting(client);
    const { accountId, email } = await addMember(server);
    await client.call('addCohost', { params: { id }, body: { email, controls: [] } });
    return { id, account: accountId };
  },
  '/meetings/:id': async (client) => (await addMeeting(client, { schedule: MONDAYS })).id,
  '/me/identities/:id': async (client) => {
    const { db } = server.context.accountsPorts;
    const { account } = (await client.call('me')).body as { account: { id: string } };
    const [id, provider_id] = [randomUUID(), randomUUID()];
    const now = new Date();
    await sql`
      insert into sign_on_providers (id, kind, name, enabled, domains, config, created_at, changed_at)
      values (${provider_id}, 'oidc', 'Provider', true, '{}', '{}', ${now}, ${now})`.execute(db);
    await sql`
      insert into sign_on_identities (id, provider_id, issuer, subject, account_id, created_at)
      values (${id}, ${provider_id}, 'https://id.example.org', ${id}, ${account.id}, ${now})`.execute(db);
    return id;
  },
  '/me/device-keys/:id': async (client) => {
    await client.call('announceDeviceKey', {
      body: { publicKey: Buffer.alloc(32, 7).toString('base64url') },
    });
    const { keys } = (await client.call('listDeviceKeys')).body as { keys: { id: string }[] };
    return keys[0]?.id ?? '';
  },
  '/contacts/:id': async (client) => {
    const contact = { name: 'Ann Lee', email: 'ann@outside.example' };
    return ((await client.call('addContact', { body: contact })).body as { id: string }).id;
  },
  '/calls/:id/answer': (client) => heardCall(client),
  '/calls/:id/refusal': (client) => heardCall(client),
  '/calls/:id/secret': async (client) => {
    const callee = (await addMember(server)).client;
    const id = await callBy(client, callee);
    await callee.call('answerCall', { params: { id }, body: anAnswer() });
    return id;
  },
  '/calls/:id': async (client) => callBy(client, (await addMember(server)).client),
  '/missed-calls/:id': async (client) => {
    const caller = (await addMember(server)).client;
    const id = await callBy(caller, client);
    await caller.call('cancelCall', { params: { id } });
    return id;
  },
  '/blocked-callers/:account': async (client) => {
    const { accountId } = await addMember(server);
    await client.call('blockCaller', { body: { accountId } });
    return { account: accountId };
  },
  '/me/factors/:id/verify': async (client) => {
    const { id, secret } = (await client.call('startTotp')).body as { id: string; secret: string };
    bodies.verifyFactor = { code: totpAt(fromBase32(secret), now) };
    return id;
  },
  '/me/factors/:id': async (client) => (await setUpTotp(client, now)).id,
};
/** What such a call would have to say to be good. */
const bodies: Partial<Record<RouteName, unknown>> = {
  renameSession: { name: 'Mine now' },
  changeMeeting: { title: 'Mine now' },
  addCohost: { email: OWNER.email, controls: [] },
  changeCohost: { controls: [] },
  invite: { people: [{ name: 'Ann Lee', email: null }], send: false },
  renameFactor: { name: 'Mine now' },
  answerCall: anAnswer(),
};

/** @returns the id of a call that rings */
async function callBy(caller: ApiClient, callee: ApiClient): Promise<string> {
  const { account } = (await callee.call('me')).body as { account: { id: string } };
  const answer = await caller.call('ring', { body: { accountId: account.id } });
  return (answer.body as { callId: string }).callId;
}

async function heardCall(client: ApiClient): Promise<string> {
  return callBy((await addMember(server)).client, client);
}

/** What is nobody's own, but offered to all. */
const offered: ReadonlySet<RouteName> = new Set(['beginLink']);
const personal = names.filter((name) => {
  const { access, path } = routeOf(name);
  return access === 'account' && path.includes('/:') && !offered.has(name);
});

// One after the other with the same thing: the service counts calls by address, and all of these come from one.
test.each(personal)('%s does nothing to what is of others, whoever they are', async (name) => {
  const { client } = await addMember(server);
  const make = Object.entries(belongings).find(([path]) => routeOf(name).path.startsWith(path))?.[1];
  if (make === undefined) throw new Error(`say here how one of ${routeOf(name).path} is made`);
  const made = await make(client);
  const body = name === 'giveCallSecret' ? aSecret() : bodies[name];
  const call = {
    params: typeof made === 'string' ? { id: made } : made,
    ...(body === undefined ? {} : { body }),
  };
  for (const role of ['owner', 'administrator', 'member'])
    expect((await clientOf(role).call(name, call)).code, role).toMatch(/not_found$/);
  expect((await client.call(name, call)).status).toBeLessThan(300);
});

function clientOf(role: string): ApiClient {
  const client = clients.get(role);
  if (client === undefined) throw new Error(`nobody is ${role}`);
  return client;
}
