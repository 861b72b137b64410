import { createHash, randomBytes } from 'node:crypto';
import { LIMITS, type Meeting, MeetingId, MeetingList } from '@conclave/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiClient } from '../../dev-env/ApiClient.ts';
import { ApiClient as Browser } from '../../dev-env/ApiClient.ts';
import { addMember } from '../../dev-env/addMember.ts';
import { type BootedServer, bootServer } from '../../dev-env/bootServer.ts';
import { makeMeeting } from '../../dev-env/meetings.ts';
import { setUpOwner } from '../../dev-env/people.ts';

let server: BootedServer;
let owner: ApiClient;
let ownerId: string;
beforeAll(async () => {
  server = await bootServer({ parts: [] });
  const made = await setUpOwner(server);
  owner = made.client;
  ownerId = made.account.id;
});
afterAll(() => server[Symbol.asyncDispose]());

test('a meeting is made, listed, found for joining, changed and deleted', async () => {
  const proof = randomBytes(32);
  const verifier = createHash('sha256').update(proof).digest('base64url');
  const meeting = makeMeeting({ title: '  Monday\u00a0 morning ', verifier });
  const made = await owner.call('createMeeting', { body: meeting });
  expect(made.body).toMatchObject({
    id: meeting.id,
    title: 'Monday morning',
    lastUsedAt: null,
    participants: 0,
  });
  expect(JSON.stringify(made.body)).not.toContain(verifier);

  const id = MeetingId.parse(meeting.id);
  const found = await server.context.meetings.findForJoin(id);
  expect(found).toMatchObject({ id, title: 'Monday morning', ownerId });
  expect(Buffer.from(found?.verifier ?? []).toString('base64url')).toBe(verifier);

  await server.context.meetings.markUsed(id);
  const list = MeetingList.parse((await owner.call('listMeetings')).body);
  expect(list.meetings[0]).toMatchObject({ id, lastUsedAt: expect.any(String) });

  const news: string[] = [];
  using _ = server.context.meetings.onNews((event) => news.push(`${event.news} ${event.meetingId}`));
  const renamed = await owner.call('changeMeeting', { params: { id }, body: { title: null } });
  expect(renamed.body).toMatchObject({ title: null });
  expect(news.splice(0)).toEqual([`renamed ${id}`]);
  const renewed = makeMeeting().verifier;
  await owner.call('changeMeeting', { params: { id }, body: { verifier: renewed } });
  expect(news.splice(0)).toEqual([`new-passcode ${id}`]);
  const changed = await server.context.meetings.findForJoin(id);
  expect(Buffer.from(changed?.verifier ?? []).toString('base64url')).toBe(renewed);

  expect((await owner.call('deleteMeeting', { params: { id } })).status).toBe(204);
  expect(news).toEqual([`deleted ${id}`]);
  expect(await server.context.meetings.findForJoin(id)).toBeNull();
  expect((await owner.call('deleteMeeting', { params: { id } })).code).toBe('meeting.not_found');
});

test('the list tells how many are in a meeting now', async () => {
  const meeting = makeMeeting();
  await owner.call('createMeeting', { body: meeting });
  server.context.presence.provide(
    (id) => (id === meeting.id ? 7 : 0),
    () => 7,
  );
  const { meetings } = MeetingList.parse((await owner.call('listMeetings')).body);
  expect(meetings.find(({ id }) => id === meeting.id)?.participants).toBe(7);
});

test('the meetings of others cannot be seen, changed or deleted', async () => {
  const meeting = makeMeeting();
  await owner.call('createMeeting', { body: meeting });
  const { client: member } = await addMember(server);
  const own = makeMeeting();
  expect((await member.call('createMeeting', { body: own })).status).toBe(200);
  const list = MeetingList.parse((await member.call('listMeetings')).body);
  expect(list.meetings.map(({ id }) => id)).toEqual([own.id]);
  const params = { id: meeting.id };
  const change = await member.call('changeMeeting', { params, body: { title: 'mine now' } });
  expect(change.code).toBe('meeting.not_found');
  expect((await member.call('deleteMeeting', { params })).code).toBe('meeting.not_found');
  expect((await owner.call('deleteMeeting', { params: { id: own.id } })).code).toBe('meeting.not_found');
});

test('an id that is taken is refused, whosever it is', async () => {
  const meeting = makeMeeting();
  await owner.call('createMeeting', { body: meeting });
  const again = await owner.call('createMeeting', { body: { ...makeMeeting(), id: meeting.id } });
  expect(again.body).toMatchObject({ error: { code: 'request.invalid', field: 'id' } });
});

test.each([
  ['id', 'short'],
  ['id', 'abcde-fghjk-mnpqr-stuv0'],
  ['id', "abcde-fghjk-mnpqr-stuv';"],
  ['verifier', 'x'.repeat(43)],
  ['verifier', 'A'.repeat(44)],
  ['title', 'x'.repeat(LIMITS.meetingTitle + 1)],
  ['title', 'zero\u200bwidth'],
  ['passcode', 'must never be sent'],
])('a new meeting with %s %j is refused', async (field, value) => {
  const answer = await owner.call('createMeeting', { body: { ...makeMeeting(), [field]: value } });
  expect(answer.code).toBe('request.invalid');
});

test('a change of nothing, and ids that cannot be, are refused', async () => {
  const meeting = (await owner.call('createMeeting', { body: makeMeeting() })).body as Meeting;
  const params = { id: meeting.id };
  expect((await owner.call('changeMeeting', { params, body: {} })).code).toBe('request.invalid');
  expect((await owner.call('deleteMeeting', { params: { id: '../../me' } })).code).toBe('request.invalid');
});

test('an account keeps a limited number of meetings', async () => {
  const { client, accountId } = await addMember(server);
  await sql`
    insert into meetings (id, owner_id, verifier, created_at)
    select 'filler-' || n, ${accountId}::uuid, decode(repeat('00', 32), 'hex'), now()
    from generate_series(1, ${LIMITS.meetingsPerAccount}::int) as n`.execute(server.context.database.db);
  expect((await client.call('createMeeting', { body: makeMeeting() })).code).toBe('meeting.limit');
});

test('nothing about meetings is for people who are not signed in', async () => {
  const nobody = new Browser(server.origin);
  const params = { id: makeMeeting().id };
  expect((await nobody.call('listMeetings')).code).toBe('auth.required');
  expect((await nobody.call('createMeeting', { body: makeMeeting() })).code).toBe('auth.required');
  expect((await nobody.call('changeMeeting', { params, body: { title: 'x' } })).code).toBe('auth.required');
  expect((await nobody.call('deleteMeeting', { params })).code).toBe('auth.required');
});
