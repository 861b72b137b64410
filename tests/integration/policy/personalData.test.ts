import { randomBytes, randomUUID } from 'node:crypto';
import { type Erasure, type Meeting, MeetingId, type PersonalData, type Retention } from '@conclave/protocol';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { addMember } from '../../dev-env/addMember.ts';
import { type BootedServer, bootServer } from '../../dev-env/bootServer.ts';
import { makeMeeting } from '../../dev-env/meetings.ts';
import { OWNER, setUpOwner } from '../../dev-env/people.ts';
import { changePolicy } from './changePolicy.ts';

const day = 24 * 60 * 60 * 1000;

async function addMail(
  server: BootedServer,
  recipient: string,
  at: Date,
  state: 'sent' | 'waiting' = 'sent',
) {
  await server.context.database.db
    .insertInto('mails')
    .values({
      id: randomUUID(),
      kind: 'invitation',
      recipient,
      subject: 'Welcome',
      body: null,
      state,
      created_at: at,
      next_attempt_at: new Date(at.getTime() + 10_000 * day),
    })
    .execute();
}

const countOf = async (server: BootedServer, table: 'accounts' | 'meetings' | 'mails' | 'sessions') => {
  const { count } = await server.context.database.db
    .selectFrom(table)
    .select((select) => select.fn.countAll<string | number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
};

test('one gets all that is kept about oneself, without secrets, and nothing about others', async () => {
  await using server = await bootServer({ parts: [] });
  const { client: owner } = await setUpOwner(server);
  const { client, accountId } = await addMember(server);
  const own = makeMeeting({ title: 'Monday' });
  await client.call('createMeeting', { body: own });
  await owner.call('createMeeting', { body: makeMeeting({ title: 'Secret plans' }) });
  await addMail(server, `${accountId}@example.org`, new Date());
  const answer = await client.call('exportOwnData');
  const data = answer.body as PersonalData;
  expect(data).toMatchObject({
    format: 'conclave-personal-data/1',
    account: { id: accountId, email: `${accountId}@example.org`, name: 'Grace Hopper', hasPassword: true },
    meetings: [{ id: own.id, title: 'Monday' }],
    mails: [{ kind: 'invitation' }],
  });
  expect(data.sessions).toHaveLength(1);
  expect(data.devices).toHaveLength(1);
  const text = JSON.stringify(data);
  for (const secret of [
    own.verifier,
    client.cookie?.split('=')[1] ?? '?',
    '$argon2',
    OWNER.email,
    'Secret plans',
  ])
    expect(text).not.toContain(secret);
  expect((await owner.call('exportData', { params: { id: accountId } })).body).toMatchObject({
    account: data.account,
  });
});

test('a table that another part of the service adds is in the export, without what is secret in it', async () => {
  await using server = await bootServer({ parts: [] });
  const { client, account } = await setUpOwner(server);
  const { db } = server.context.database;
  await sql`create table gadgets (account_id uuid references accounts (id) on delete cascade, label text, seed bytea,
    secret_answer text, made_at timestamptz)`.execute(db);
  await sql`insert into gadgets values (${account.id}, 'my phone', 'x', 'hush', '2026-01-01T00:00:00Z')`.execute(
    db,
  );
  const { more } = (await client.call('exportOwnData')).body as PersonalData;
  const rows = [{ account_id: account.id, label: 'my phone', made_at: '2026-01-01T00:00:00.000Z' }];
  expect(more).toContainEqual({ table: 'gadgets', rows });
});

test('whatever hangs on an account goes with it: every table says so itself', async () => {
  await using server = await bootServer({ parts: [] });
  const { rows } = await sql<{ table: string; rule: string }>`
    select t.relname as "table", c.confdeltype as "rule" from pg_constraint c
    join pg_class t on t.oid = c.conrelid
    where c.contype = 'f' and c.confrelid = 'accounts'::regclass`.execute(server.context.database.db);
  expect(rows.length).toBeGreaterThanOrEqual(4);
  for (const { table, rule } of rows) expect([table, rule]).toEqual([table, 'c']);
});

test('whoever erases their account is gone with all that was theirs, and signed out everywhere', async () => {
  await using server = await bootServer({ parts: [] });
  await setUpOwner(server);
  const { client, accountId } = await addMember(server);
  const email = `${accountId}@example.org`;
  const { id } = (await client.call('createMeeting', { body: makeMeeting() })).body as Meeting;
  await addMail(server, email, new Date());
  const news: string[] = [];
  using _ = server.context.meetings.onNews((one) => news.push(`${one.news} ${one.meetingId}`));
  const ended: string[] = [];
  using __ = server.context.onSessionEnded((end) => ended.push(end.accountId));

  const wrong = await client.call('eraseOwnData', { body: { email: OWNER.email } });
  expect(wrong.body).toMatchObject({ error: { code: 'request.invalid', field: 'email' } });
  const cookie = client.cookie;
  const answer = await client.call('eraseOwnData', { body: { email: ` ${email.toUpperCase()} ` } });
  expect(answer.body as Erasure).toEqual({
    sessions: 1,
    meetings: 1,
    mails: 1,
    stays: ['log', 'backups', 'meetings-of-others'],
  });
  expect(client.cookie).toBeNull();
  client.cookie = cookie;
  expect((await client.call('listMeetings')).code).toBe('auth.required');
  expect(ended).toEqual([accountId]);
  expect(news).toEqual([`deleted ${id}`]);
  expect(await server.context.meetings.findForJoin(MeetingId.parse(id))).toBeNull();
  for (const table of ['accounts', 'sessions'] as const) expect(await countOf(server, table)).toBe(1);
  for (const table of ['meetings', 'mails'] as const) expect(await countOf(server, table)).toBe(0);
});

test('the last owner cannot be erased, and nobody erases whom they may not change or without the right', async () => {
  let now = Date.now();
  await using server = await bootServer({ parts: [], clock: () => now });
  const { client: owner, account } = await setUpOwner(server);
  const body = { email: OWNER.email };
  expect((await owner.call('eraseOwnData', { body })).code).toBe('account.last_owner');
  const { client: member, accountId } = await addMember(server);
  for (const call of ['exportData', 'eraseData'] as const) {
    const input = { params: { id: account.id }, ...(call === 'eraseData' ? { body } : {}) };
    expect((await member.call(call, input)).code).toBe('auth.forbidden');
  }
  const { db } = server.context.database;
  await db
    .updateTable('accounts')
    .set({ role_id: 'administrator' })
    .where('id', '=', accountId as never)
    .execute();
  const params = { id: account.id };
  expect((await member.call('eraseData', { params, body })).code).toBe('account.beyond_you');
  now += 11 * 60_000;
  const own = { params: { id: accountId }, body: { email: `${accountId}@example.org` } };
  expect((await owner.call('eraseData', own)).code).toBe('auth.step_up');
  expect((await owner.call('exportData', { params: own.params })).code).toBe('auth.step_up');
  expect((await member.call('eraseOwnData', { body: own.body })).code).toBe('auth.step_up');
  expect(await countOf(server, 'accounts')).toBe(2);
});

test('an owner erases somebody else by their address', async () => {
  await using server = await bootServer({ parts: [] });
  const { client: owner } = await setUpOwner(server);
  const { client: member, accountId } = await addMember(server);
  const params = { id: accountId };
  const body = { email: `${accountId}@example.org` };
  expect((await owner.call('eraseData', { params, body: { email: 'x' } })).code).toBe('request.invalid');
  expect((await owner.call('eraseData', { params, body })).status).toBe(200);
  expect((await member.call('listMeetings')).code).toBe('auth.required');
  expect((await owner.call('eraseData', { params, body })).code).toBe('request.not_found');
});

test('what is older than the policy keeps it goes, and nothing else', async () => {
  let now = Date.now();
  const lines: string[] = [];
  await using server = await bootServer({
    parts: [],
    clock: () => now,
    settings: { log: { level: 'info' } },
    logInto: { write: (line) => void lines.push(line) },
  });
  const { client: owner, account } = await setUpOwner(server);
  const { accountId } = await addMember(server);
  const { db } = server.context.database;
  const make = async () =>
    MeetingId.parse(((await owner.call('createMeeting', { body: makeMeeting() })).body as Meeting).id);
  const [unused, used, inside] = [await make(), await make(), await make()];
  await addMail(server, OWNER.email, new Date(now));
  await addMail(server, OWNER.email, new Date(now), 'waiting');
  await db
    .updateTable('accounts')
    .set({ status: 'suspended', suspended_at: new Date(now) })
    .where('id', '=', accountId as never)
    .execute();
  await db
    .insertInto('known_devices')
    .values({
      token_hash: randomBytes(32),
      account_id: account.id,
      created_at: new Date(now),
      last_seen_at: new Date(now),
    })
    .execute();
  server.context.presence.provide(
    (id) => (id === inside ? 1 : 0),
    () => 1,
  );

  now += 5 * day;
  await server.context.meetings.markUsed(used);
  await addMail(server, OWNER.email, new Date(now));
  await changePolicy(await signedIn(server), {
    keepUnusedMeetingsDays: 4,
    keepSuspendedAccountsDays: 4,
    keepMailsDays: 4,
    keepDevicesDays: 4,
  });
  await server.context.retention.run();
  const left = await db.selectFrom('meetings').select('id').execute();
  expect(left.map(({ id }) => id).toSorted()).toEqual([used, inside].toSorted());
  expect(left.map(({ id }) => id)).not.toContain(unused);
  expect(await countOf(server, 'accounts')).toBe(1);
  const mails = await db.selectFrom('mails').select('state').where('kind', '=', 'invitation').execute();
  expect(mails.map(({ state }) => state).toSorted()).toEqual(['sent', 'waiting']);
  const ran = lines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'retention.ran');
  const sum = (key: string) => ran.reduce((total, one) => total + one[key], 0);
  expect(['meetings', 'accounts', 'mails', 'devices'].map(sum)).toEqual([1, 1, 1, 1]);
  expect(lines.join('')).not.toContain(OWNER.email);
});

test('what is kept for ever is kept, whatever its age; the page says how much there is', async () => {
  let now = Date.now();
  await using server = await bootServer({ parts: [], clock: () => now });
  const { client: owner } = await setUpOwner(server);
  await owner.call('createMeeting', { body: makeMeeting() });
  await changePolicy(owner, { keepUnusedMeetingsDays: null, sessionIdleDays: 90, sessionAbsoluteDays: 365 });
  now += 80 * day;
  await server.context.retention.run();
  expect(await countOf(server, 'meetings')).toBe(1);
  const { kept, lastRunAt } = (await owner.call('readRetention')).body as Retention;
  expect(kept.find(({ kind }) => kind === 'meetings')).toEqual({
    kind: 'meetings',
    days: null,
    count: 1,
    due: 0,
  });
  expect(lastRunAt).toBe(new Date(now).toISOString());
});

async function signedIn(server: BootedServer) {
  const client = new ApiClient(server.origin);
  await client.call('signIn', { body: { email: OWNER.email, password: OWNER.password } });
  return client;
}

test('whom somebody has invited is in their data, and invitations of others in that of whoever they are for', async () => {
  await using server = await bootServer({ parts: [] });
  const { client: owner } = await setUpOwner(server);
  const { client, accountId, email } = await addMember(server);
  const schedule = { start: '2099-11-30T09:00', zone: 'UTC', minutes: 30, recurrence: null };
  const own = (await client.call('createMeeting', { body: { ...makeMeeting(), schedule } })).body as Meeting;
  const invite = (who: ApiClient, id: string, name: string, to: string) =>
    who.call('invite', { params: { id }, body: { people: [{ name, email: to }], send: false } });
  await invite(client, own.id, 'Ann Lee', 'ann@example.org');
  const other = (await owner.call('createMeeting', { body: makeMeeting() })).body as Meeting;
  await invite(owner, other.id, 'Gracie', email);

  const exported = (await client.call('exportOwnData')).body as PersonalData;
  expect(exported.meetings).toMatchObject([
    { schedule, invited: [{ name: 'Ann Lee', email: 'ann@example.org', seenAt: null }] },
  ]);
  expect(exported.invitations).toMatchObject([{ name: 'Gracie', usedAt: null }]);
  expect(JSON.stringify(exported)).not.toMatch(/[A-Za-z0-9_-]{43}/);

  const news: unknown[] = [];
  using _ = server.context.meetings.onNews((event) => news.push(event.news));
  await owner.call('eraseData', { params: { id: accountId }, body: { email } });
  const { rows } = await sql`select 1 from invitations`.execute(server.context.database.db);
  expect(rows).toEqual([]);
  expect(news.sort()).toEqual(['deleted', 'uninvited']);
});
