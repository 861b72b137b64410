import { deriveMeetingSecret, makePasscode, toBase64Url, verifierOf } from '@conclave/e2ee';
import { PROTOCOL_VERSION } from '@conclave/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { groupEntry } from '../../dev-env/groupEntry.ts';
import { makeMeeting, makeMeetingId } from '../../dev-env/meetings.ts';
import { OWNER } from '../../dev-env/people.ts';
import { SignalClient } from '../signalling/SignalClient.ts';
import { bootSignOn, type SignOnWorld, signOn, whoIs } from './bootSignOn.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

let world: SignOnWorld;
let token: string;
beforeAll(async () => {
  world = await bootSignOn({ createsAccounts: false });
  const made = await world.owner.call('createScimToken', {
    body: { name: 'Directory', provider: world.provider.id },
  });
  token = (made.body as { token: string }).token;
});
afterAll(async () => world[Symbol.asyncDispose]());

interface ScimAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it
  readonly body: any;
  readonly headers: Headers;
}

async function scim(
  method: string,
  path: string,
  body?: unknown,
  more: Record<string, string> = {},
): Promise<ScimAnswer> {
  const response = await fetch(`${world.server.origin}/scim/v2${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/scim+json' }),
      ...more,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  if (text !== '') expect(response.headers.get('content-type')).toContain('application/scim+json');
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

let number = 0;
async function makeUser(more: object = {}): Promise<ScimAnswer> {
  number += 1;
  return scim('POST', '/Users', {
    schemas: [USER],
    userName: `user${number}@example.org`,
    externalId: `ext-${number}`,
    displayName: `User ${number}`,
    name: { givenName: 'User', familyName: `Number ${number}` },
    emails: [{ value: `user${number}@example.org`, type: 'work', primary: true }],
    active: true,
    ...more,
  });
}

const patch = (id: string, ...Operations: object[]) =>
  scim('PATCH', `/Users/${id}`, { schemas: [PATCH], Operations });

async function accountOf(id: string) {
  return world.server.context.database.db
    .selectFrom('accounts')
    .selectAll()
    .where('id', '=', id as never)
    .executeTakeFirstOrThrow();
}

describe('the token', () => {
  test('is asked for everywhere, shown once, listed without itself, and ends when it is revoked', async () => {
    for (const authorization of ['', 'Bearer ', 'Bearer nonsense', `Basic ${token}`, `Bearer ${token}x`]) {
      const answer = await scim('GET', '/Users', undefined, { authorization });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(answer.body).toMatchObject({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
        status: '401',
      });
    }
    const overview = await world.owner.call('scimOverview');
    expect(JSON.stringify(overview.body)).not.toContain(token);
    const made = await world.owner.call('createScimToken', { body: { name: 'Other', provider: null } });
    const { scimToken, token: other } = made.body as { scimToken: { id: string }; token: string };
    const header = { authorization: `Bearer ${other}` };
    expect((await scim('GET', '/Users', undefined, header)).status).toBe(200);
    await world.owner.call('revokeScimToken', { params: { id: scimToken.id } });
    expect((await scim('GET', '/Users', undefined, header)).status).toBe(401);
  });

  test('is no session, and a session is no token', async () => {
    const asSession = new ApiClient(world.server.origin);
    asSession.cookie = `__Host-conclave=${token}`;
    expect(await whoIs(asSession)).toBeNull();
    const answer = await world.owner.send('GET', '/scim/v2/Users');
    expect(answer.status).toBe(401);
  });
});

test('it says what it can', async () => {
  const config = await scim('GET', '/ServiceProviderConfig');
  expect(config.body).toMatchObject({ patch: { supported: true }, bulk: { supported: false } });
  expect((await scim('GET', '/ResourceTypes')).body.totalResults).toBe(2);
  expect((await scim('GET', `/Schemas/${USER}`)).body.id).toBe(USER);
  expect((await scim('GET', '/Schemas/nothing')).status).toBe(404);
});

describe('users', () => {
  test('are made, found, read', async () => {
    const made = await makeUser();
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(`${world.server.origin}/scim/v2/Users/${made.body.id}`);
    expect(made.body).toMatchObject({ schemas: [USER], active: true, meta: { resourceType: 'User' } });
    expect(await accountOf(made.body.id)).toMatchObject({
      role_id: 'member',
      password_hash: null,
      status: 'active',
    });
    for (const filter of [
      `userName eq "${made.body.userName.toUpperCase()}"`,
      `externalId eq "${made.body.externalId}"`,
      `id eq "${made.body.id}"`,
    ]) {
      const found = await scim('GET', `/Users?${new URLSearchParams({ filter })}`);
      expect(found.body, filter).toMatchObject({ totalResults: 1, Resources: [{ id: made.body.id }] });
    }
    expect((await scim('GET', `/Users/${made.body.id}`)).body).toEqual(made.body);
    const none = await scim(
      'GET',
      `/Users?${new URLSearchParams({ filter: 'userName eq "nobody@example.org"' })}`,
    );
    expect(none.body).toMatchObject({ totalResults: 0, Resources: [] });
  });

  test('come in pages', async () => {
    for (let made = 0; made < 3; made++) await makeUser();
    const all = await scim('GET', '/Users');
    const page = await scim('GET', '/Users?startIndex=2&count=2');
    expect(page.body).toMatchObject({ startIndex: 2, itemsPerPage: 2, totalResults: all.body.totalResults });
    expect(page.body.Resources[0].id).toBe(all.body.Resources[1].id);
    expect((await scim('GET', '/Users?count=0')).body).toMatchObject({ itemsPerPage: 0, Resources: [] });
    expect((await scim('GET', '/Users?count=-5&startIndex=-1')).body).toMatchObject({
      startIndex: 1,
      itemsPerPage: 0,
    });
    expect((await scim('GET', '/Users?count=100000')).body.itemsPerPage).toBeLessThanOrEqual(100);
  });

  test('are refused in the words of SCIM', async () => {
    const made = await makeUser();
    const again = await scim('POST', '/Users', { schemas: [USER], userName: made.body.userName });
    expect([again.status, again.body.scimType]).toEqual([409, 'uniqueness']);
    const cases: [string, string, unknown, number, string | undefined][] = [
      ['POST', '/Users', { schemas: [USER], userName: 'no address' }, 400, 'invalidValue'],
      ['POST', '/Users', { schemas: [USER] }, 400, 'invalidValue'],
      ['POST', '/Users', '{', 400, 'invalidSyntax'],
      ['POST', '/Users', '{"userName":"a@example.org","userName":"b@example.org"}', 400, 'invalidSyntax'],
      [
        'GET',
        `/Users?${new URLSearchParams({ filter: 'password eq "x"' })}`,
        undefined,
        400,
        'invalidFilter',
      ],
      ['GET', '/Users/nobody', undefined, 404, undefined],
      ['GET', `/Users/${world.ownerAccount.id}`, undefined, 404, undefined],
      ['PATCH', `/Users/${made.body.id}`, { schemas: [PATCH], Operations: [] }, 400, 'invalidValue'],
    ];
    for (const [method, path, body, status, type] of cases) {
      const answer = await scim(method, path, body);
      expect([answer.status, answer.body.scimType, answer.body.status], `${method} ${path}`).toEqual([
        status,
        type,
        String(status),
      ]);
    }
    expect((await scim('POST', '/Users', JSON.stringify({ x: 'x'.repeat(1_100_000) }))).status).toBe(413);
  });

  test('change by PUT and PATCH, also their address', async () => {
    const { body: made } = await makeUser();
    const put = await scim('PUT', `/Users/${made.id}`, {
      schemas: [USER],
      userName: 'renamed@example.org',
      displayName: 'Renamed',
      active: true,
    });
    expect(put.body).toMatchObject({ userName: 'renamed@example.org', displayName: 'Renamed' });
    expect(put.body.externalId).toBeUndefined();
    const patched = await patch(made.id, { op: 'Replace', path: 'displayName', value: 'Again' });
    expect([patched.status, patched.body.displayName]).toEqual([200, 'Again']);
    const taken = await patch(made.id, { op: 'replace', path: 'userName', value: OWNER.email });
    expect([taken.status, taken.body.scimType]).toEqual([409, 'uniqueness']);
  });

  test('who was provisioned signs in through the provider of the directory without being linked by hand', async () => {
    const { body: made } = await makeUser();
    world.real.signsIn = { sub: `sub-${made.id}`, email: made.userName, email_verified: true, name: 'U' };
    const { client } = await signOn(world, world.provider.id);
    expect(await whoIs(client)).toMatchObject({ id: made.id });
    // Somebody the directory has not made has no account here.
    world.real.signsIn = { sub: 'stranger', email: 'stranger@example.org', email_verified: true, name: 'S' };
    expect((await signOn(world, world.provider.id)).location).toBe('/sign-in?refused=sign_on.no_account');
  });
});

describe('somebody is switched off', () => {
  const ways: [string, (id: string) => Promise<ScimAnswer>][] = [
    ['as Entra does it', (id) => patch(id, { op: 'Replace', path: 'active', value: 'False' })],
    ['as Okta does it', (id) => patch(id, { op: 'replace', value: { active: false } })],
    ['by DELETE', (id) => scim('DELETE', `/Users/${id}`)],
  ];

  test.each(ways)('%s: no session is left, and signing in is refused', async (_how, off) => {
    const { body: made } = await makeUser();
    world.real.signsIn = { sub: `off-${made.id}`, email: made.userName, email_verified: true, name: 'U' };
    const { client } = await signOn(world, world.provider.id);
    expect(await whoIs(client)).not.toBeNull();
    expect((await off(made.id)).status).toBeLessThan(300);
    expect(await whoIs(client)).toBeNull();
    expect((await accountOf(made.id)).status).toBe('suspended');
    expect((await signOn(world, world.provider.id)).location).toBe('/sign-in?refused=auth.suspended');
  });

  test('and is out of a meeting within 5 s', async () => {
    const { owner, server } = world;
    const id = makeMeetingId();
    const secret = await deriveMeetingSecret(id as never, makePasscode());
    const verifier = toBase64Url(await verifierOf(secret));
    const meeting = await owner.call('createMeeting', { body: makeMeeting({ id, verifier }) });
    expect(meeting.status).toBe(200);
    const { body: made } = await makeUser();
    world.real.signsIn = { sub: `in-${made.id}`, email: made.userName, email_verified: true, name: 'U' };
    const { client } = await signOn(world, world.provider.id);
    using socket = await SignalClient.open(server.origin, { cookie: client.cookie ?? '' });
    const joined = await socket.ask({
      type: 'join',
      version: PROTOCOL_VERSION,
      meetingId: id,
      proof: toBase64Url(secret.proof),
      name: 'U',
      ...groupEntry(),
    });
    expect(joined.type).toBe('joined');
    expect(server.context.presence.participantsIn(id as never)).toBe(1);
    const before = Date.now();
    expect((await patch(made.id, { op: 'Replace', path: 'active', value: 'False' })).status).toBe(200);
    await socket.closed;
    expect(Date.now() - before).toBeLessThan(5_000);
    expect(server.context.presence.participantsIn(id as never)).toBe(0);
  });

  test('and on again, but not over the head of a person', async () => {
    const { body: made } = await makeUser();
    await patch(made.id, { op: 'replace', path: 'active', value: false });
    const on = await patch(made.id, { op: 'replace', path: 'active', value: true });
    expect([on.body.active, (await accountOf(made.id)).status]).toEqual([true, 'active']);
    await world.owner.call('changePerson', { params: { id: made.id }, body: { status: 'suspended' } });
    const still = await patch(made.id, { op: 'replace', path: 'active', value: true });
    expect([still.body.active, (await accountOf(made.id)).status]).toEqual([false, 'suspended']);
  });

  test('who was deleted is gone for the directory, and may be made again', async () => {
    const { body: made } = await makeUser();
    expect((await scim('DELETE', `/Users/${made.id}`)).status).toBe(204);
    expect((await scim('GET', `/Users/${made.id}`)).status).toBe(404);
    expect((await scim('DELETE', `/Users/${made.id}`)).status).toBe(404);
    const again = await scim('POST', '/Users', { schemas: [USER], userName: made.userName });
    expect([again.status, again.body.id, again.body.active]).toEqual([201, made.id, true]);
  });
});

describe('groups', () => {
  test('give roles, in the order of the rules, and take them away again', async () => {
    const settings = {
      defaultRole: 'member',
      groupRules: [
        { group: 'Admins', role: 'administrator' },
        { group: 'Staff', role: 'organiser' },
      ],
    };
    expect(
      (await world.owner.call('setScimSettings', { body: { ...settings, defaultRole: 'owner' } })).code,
    ).toBe('request.invalid');
    expect((await world.owner.call('setScimSettings', { body: settings })).status).toBe(204);
    const { body: user } = await makeUser();
    const staff = await scim('POST', '/Groups', {
      schemas: [GROUP],
      displayName: 'Staff',
      members: [{ value: user.id }, { value: world.ownerAccount.id }],
    });
    expect([staff.status, staff.body.members]).toEqual([201, [expect.objectContaining({ value: user.id })]]);
    expect((await accountOf(user.id)).role_id).toBe('organiser');
    const admins = await scim('POST', '/Groups', { schemas: [GROUP], displayName: 'Admins' });
    const change = (id: string, ...Operations: object[]) =>
      scim('PATCH', `/Groups/${id}`, { schemas: [PATCH], Operations });
    await change(admins.body.id, { op: 'Add', path: 'members', value: [{ value: user.id }] });
    expect((await accountOf(user.id)).role_id).toBe('administrator');
    await change(admins.body.id, { op: 'remove', path: `members[value eq "${user.id}"]` });
    expect((await accountOf(user.id)).role_id).toBe('organiser');
    await change(staff.body.id, { op: 'replace', path: 'members', value: [] });
    expect((await accountOf(user.id)).role_id).toBe('member');
    await change(staff.body.id, { op: 'add', path: 'members', value: [{ value: user.id }] });
    expect((await scim('DELETE', `/Groups/${staff.body.id}`)).status).toBe(204);
    expect((await accountOf(user.id)).role_id).toBe('member');
    expect((await accountOf(world.ownerAccount.id)).role_id).toBe('owner');
  });

  test('are found by name, read without members, renamed, and have one name each', async () => {
    const made = await scim('POST', '/Groups', { schemas: [GROUP], displayName: 'Navy', externalId: 'g-1' });
    const filter = new URLSearchParams({ filter: 'displayName eq "navy"', excludedAttributes: 'members' });
    const found = await scim('GET', `/Groups?${filter}`);
    expect(found.body).toMatchObject({
      totalResults: 1,
      Resources: [{ id: made.body.id, externalId: 'g-1' }],
    });
    expect(found.body.Resources[0].members).toBeUndefined();
    const again = await scim('POST', '/Groups', { schemas: [GROUP], displayName: 'NAVY' });
    expect([again.status, again.body.scimType]).toEqual([409, 'uniqueness']);
    await scim('PATCH', `/Groups/${made.body.id}`, {
      schemas: [PATCH],
      Operations: [{ op: 'replace', value: { id: made.body.id, displayName: 'Marine' } }],
    });
    expect((await scim('GET', `/Groups/${made.body.id}`)).body.displayName).toBe('Marine');
    expect((await scim('GET', '/Groups/nothing')).status).toBe(404);
  });
});

test('owners are not for a directory: not seen, not taken over, not suspended', async () => {
  const { owner, ownerAccount } = world;
  const taken = await scim('POST', '/Users', { schemas: [USER], userName: OWNER.email, active: false });
  expect([taken.status, taken.body.scimType]).toEqual([409, 'uniqueness']);
  for (const [method, body] of [
    ['GET', undefined],
    ['PUT', { schemas: [USER], userName: OWNER.email, active: false }],
    ['PATCH', { schemas: [PATCH], Operations: [{ op: 'replace', path: 'active', value: false }] }],
    ['DELETE', undefined],
  ] as const) {
    expect((await scim(method, `/Users/${ownerAccount.id}`, body)).status, method).toBe(404);
  }
  // Somebody whom it manages and who becomes an owner is out of its reach from then on.
  const { body: made } = await makeUser();
  await owner.call('changePerson', { params: { id: made.id }, body: { role: 'owner' } });
  expect((await patch(made.id, { op: 'replace', path: 'active', value: false })).status).toBe(404);
  expect((await accountOf(made.id)).status).toBe('active');
  expect(await whoIs(owner)).toMatchObject({ role: 'owner' });
});
