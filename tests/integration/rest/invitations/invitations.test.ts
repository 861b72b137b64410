import {
  type BusinessEvent,
  CONTROLS,
  type Invitation,
  InvitationId,
  InvitationList,
  LIMITS,
  MeetingId,
} from '@conclave/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ApiClient } from '../../../dev-env/ApiClient.ts';
import { addMember } from '../../../dev-env/addMember.ts';
import { type BootedServer, bootServer } from '../../../dev-env/bootServer.ts';
import { makeMeetingId } from '../../../dev-env/meetings.ts';
import { setUpOwner } from '../../../dev-env/people.ts';
import { addInvitation, addInvitations, addMeeting } from './invited.ts';

let server: BootedServer;
let owner: ApiClient;
let lines: string[];
beforeAll(async () => {
  lines = [];
  server = await bootServer({
    parts: [],
    settings: { log: { level: 'debug' } },
    logInto: { write: (line) => void lines.push(line) },
  });
  owner = (await setUpOwner(server)).client;
});
afterAll(() => server[Symbol.asyncDispose]());

const open = (meetingId: string, secret: string, client = new ApiClient(server.origin)) =>
  client.call('openInvitation', { body: { meetingId, secret } });
const find = (meetingId: string, secret: string) =>
  server.context.meetings.findInvitation(MeetingId.parse(meetingId), secret);

async function stateOf(id: string, invitation: string): Promise<Invitation | undefined> {
  const list = InvitationList.parse((await owner.call('listInvitations', { params: { id } })).body);
  return list.invitations.find((one) => one.id === invitation);
}

describe('an invitation', () => {
  let id: string;
  let invitation: Invitation & { readonly secret: string };
  beforeEach(async () => {
    ({ id } = await addMeeting(owner, { title: 'Secret plans' }));
    invitation = await addInvitation(owner, id, '李 Ann 👩🏽‍🚀', 'ann@example.org');
  });

  test('is made, seen, and used, and says when', async () => {
    expect(invitation).toMatchObject({ seenAt: null, usedAt: null, revokedAt: null, mailedAt: null });
    const answer = await open(id, invitation.secret);
    // The name, and whether they only watch: not even what the meeting is called.
    expect(answer.body).toEqual({ name: '李 Ann 👩🏽‍🚀', watches: false });
    const seen = await stateOf(id, invitation.id);
    expect(seen).toMatchObject({ seenAt: expect.any(String), usedAt: null });
    await open(id, invitation.secret);
    expect((await stateOf(id, invitation.id))?.seenAt).toBe(seen?.seenAt);

    const found = await find(id, invitation.secret);
    expect(found).toEqual({ id: invitation.id, name: '李 Ann 👩🏽‍🚀' });
    await server.context.meetings.markInvitationUsed(InvitationId.parse(invitation.id));
    expect(await stateOf(id, invitation.id)).toMatchObject({ usedAt: expect.any(String) });
  });

  test.each(['revokeInvitation', 'renewInvitation', 'deleteInvitation'] as const)(
    'is dead at once by %s, and the room is told',
    async (how) => {
      const news: unknown[] = [];
      using _ = server.context.meetings.onNews((event) => news.push(event));
      const params = { id, invitation: invitation.id };
      expect((await owner.call(how, { params })).status).toBeLessThan(300);
      expect(news).toEqual([{ meetingId: id, news: 'uninvited', invitationId: invitation.id }]);
      expect((await open(id, invitation.secret)).code).toBe('invitation.invalid');
      expect(await find(id, invitation.secret)).toBeNull();
    },
  );

  test('to a webinar says that one will watch, to whoever is no host or co-host of it, and as it is while it goes on', async () => {
    const params = { id };
    await owner.call('changeMeeting', { params, body: { choices: { form: 'webinar' } } });
    const cohost = await addMember(server);
    await owner.call('addCohost', { params, body: { email: cohost.email, controls: ['admit'] } });
    const { client: member, accountId: memberId } = await addMember(server);
    const watches = async (client?: ApiClient) =>
      ((await open(id, invitation.secret, client)).body as { watches: boolean }).watches;
    expect([await watches(), await watches(member)]).toEqual([true, true]);
    expect([await watches(cohost.client), await watches(owner)]).toEqual([false, false]);
    const { presence } = server.context;
    presence.provide(
      () => 0,
      () => 0,
      (one) => (one === id ? { form: 'meeting', controlsOf: () => [] } : null),
    );
    expect(await watches()).toBe(false);
    // Appointed and dismissed in the running meeting.
    presence.provide(
      () => 0,
      () => 0,
      () => ({ form: 'webinar', controlsOf: (account) => (account === memberId ? ['admit'] : []) }),
    );
    expect([await watches(member), await watches(cohost.client)]).toEqual([false, true]);
    presence.provide(
      () => 0,
      () => 0,
    );
    expect(await watches()).toBe(true);
  });

  test('that is renewed has another link, and begins anew', async () => {
    await open(id, invitation.secret);
    const params = { id, invitation: invitation.id };
    await owner.call('revokeInvitation', { params });
    expect(await stateOf(id, invitation.id)).toMatchObject({ secret: null, revokedAt: expect.any(String) });
    const renewed = (await owner.call('renewInvitation', { params })).body as Invitation;
    expect(renewed).toMatchObject({ id: invitation.id, seenAt: null, revokedAt: null });
    expect(renewed.secret).not.toBe(invitation.secret);
    expect((await open(id, renewed.secret ?? '')).status).toBe(200);
  });

  test('is good for its own meeting alone, and goes with it', async () => {
    const other = await addMeeting(owner);
    expect((await open(other.id, invitation.secret)).code).toBe('invitation.invalid');
    expect((await open(makeMeetingId(), invitation.secret)).code).toBe('invitation.invalid');
    expect((await open(id, Buffer.alloc(32, 7).toString('base64url'))).code).toBe('invitation.invalid');
    await owner.call('deleteMeeting', { params: { id } });
    expect((await open(id, invitation.secret)).code).toBe('invitation.invalid');
    const { rows } = await sql`select 1 from invitations where id = ${invitation.id}`.execute(
      server.context.database.db,
    );
    expect(rows).toEqual([]);
  });

  test('is stored as a hash, and its secret, name and address are in no line of the log', async () => {
    await open(id, invitation.secret);
    const { rows } = await sql<object>`select * from invitations where id = ${invitation.id}`.execute(
      server.context.database.db,
    );
    expect(JSON.stringify(rows)).not.toContain(invitation.secret);
    const log = lines.join('');
    expect(log).toContain('invitation.seen');
    for (const secret of [invitation.secret, '李 Ann', 'ann@example.org', 'Secret plans'])
      expect(log).not.toContain(secret);
  });

  test('is nothing for strangers, and nobody else manages it', async () => {
    const { client } = await addMember(server);
    const params = { id, invitation: invitation.id };
    for (const name of ['listInvitations', 'mailInvitation', 'renewInvitation', 'revokeInvitation'] as const)
      expect((await client.call(name, { params })).code, name).toBe('meeting.not_found');
    const body = { people: [{ name: 'Eve', email: null }], send: false };
    expect((await client.call('invite', { params, body })).code).toBe('meeting.not_found');
  });

  test('is not to be reached through another meeting of the same owner', async () => {
    const other = await addMeeting(owner);
    const params = { id: other.id, invitation: invitation.id };
    for (const name of ['mailInvitation', 'renewInvitation', 'revokeInvitation', 'deleteInvitation'] as const)
      expect((await owner.call(name, { params })).code, name).toBe('invitation.not_found');
    expect((await open(id, invitation.secret)).status).toBe(200);
  });
});

test('each secret is another one', async () => {
  const { id } = await addMeeting(owner);
  const people = Array.from({ length: 50 }, (_, index) => ({ name: `Person ${index}`, email: null }));
  const made = await addInvitations(owner, id, people);
  expect(new Set(made.map(({ secret }) => secret)).size).toBe(50);
});

test('a co-host who lets people in sees who is invited, without links, and changes nothing', async () => {
  const { id } = await addMeeting(owner);
  const invitation = await addInvitation(owner, id);
  const { client, email } = await addMember(server);
  const add = (controls: readonly string[]) =>
    owner.call('addCohost', { params: { id }, body: { email, controls } });
  await add(CONTROLS.filter((control) => control !== 'admit'));
  expect((await client.call('listInvitations', { params: { id } })).code).toBe('meeting.not_allowed');
  await add(['admit']);
  const list = InvitationList.parse((await client.call('listInvitations', { params: { id } })).body);
  expect(list).toMatchObject({ mayChange: false, invitations: [{ name: 'Ann Lee', secret: null }] });
  const params = { id, invitation: invitation.id };
  for (const name of [
    'mailInvitation',
    'renewInvitation',
    'revokeInvitation',
    'deleteInvitation',
    'invitationCalendar',
  ] as const)
    expect((await client.call(name, { params })).code, name).toBe('meeting.not_allowed');
  const body = { people: [{ name: 'Eve', email: null }], send: false };
  expect((await client.call('invite', { params, body })).code).toBe('meeting.not_allowed');
});

test('a meeting has a limited number of them, and so many are made at once', async () => {
  const { id } = await addMeeting(owner);
  await sql`
    insert into invitations (id, meeting_id, name, token_hash, generation, made_at)
    select gen_random_uuid(), ${id}, 'Filler', sha256(n::text::bytea), 1, now()
    from generate_series(1, ${LIMITS.invitations - 1}::int) as n`.execute(server.context.database.db);
  const one = { name: 'Ann', email: null };
  const ask = (people: unknown[]) => owner.call('invite', { params: { id }, body: { people, send: false } });
  expect((await ask([one, one])).code).toBe('invitation.limit');
  expect((await ask([one])).status).toBe(200);
  expect((await ask([one])).code).toBe('invitation.limit');
  expect((await ask(new Array(LIMITS.invitedAtOnce + 1).fill(one))).code).toBe('request.invalid');
});

test.each([
  { name: 'Ann\r\nBcc: x@example.org', email: 'a@example.org\r\nBcc: b@example.org' },
  { name: '\u202eevil', email: null },
  { name: '', email: null },
  { name: 'x'.repeat(65), email: null },
  { name: 'Ann', email: 'a@example.org, b@example.org' },
  { name: 'Ann', email: 'not an address' },
])('nobody is invited as %j', async (person) => {
  const { id } = await addMeeting(owner);
  const answer = await owner.call('invite', { params: { id }, body: { people: [person], send: false } });
  expect(answer.code).toBe('request.invalid');
});

test('guessing is limited by address, and says the same whatever is guessed', async () => {
  await using guessed = await bootServer({ parts: [] });
  const guesser = new ApiClient(guessed.origin);
  const codes = new Set<string | null>();
  const guess = (n: number) =>
    guesser.call('openInvitation', {
      body: { meetingId: makeMeetingId(), secret: Buffer.alloc(32, n).toString('base64url') },
    });
  for (let n = 0; n < 60; n++) codes.add((await guess(n)).code);
  expect([...codes]).toEqual(['invitation.invalid']);
  expect((await guess(61)).code).toBe('auth.too_many_attempts');
});

test('events name ids and nothing else', async () => {
  const events = lines
    .map((line) => JSON.parse(line) as BusinessEvent)
    .filter((event) => event.event?.startsWith('invitation.'));
  expect(events.map(({ event }) => event)).toEqual(
    expect.arrayContaining([
      'invitation.made',
      'invitation.seen',
      'invitation.used',
      'invitation.revoked',
      'invitation.renewed',
      'invitation.deleted',
    ]),
  );
});
