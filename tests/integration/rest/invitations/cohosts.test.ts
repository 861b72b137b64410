import { COHOST_CONTROLS, type Meeting, MeetingId, MeetingList } from '@conclave/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiClient } from '../../../dev-env/ApiClient.ts';
import { addMember } from '../../../dev-env/addMember.ts';
import { type BootedServer, bootServer } from '../../../dev-env/bootServer.ts';
import { OWNER, setUpOwner } from '../../../dev-env/people.ts';
import { addMeeting } from './invited.ts';

let server: BootedServer;
let owner: ApiClient;
beforeAll(async () => {
  server = await bootServer({ parts: [] });
  owner = (await setUpOwner(server)).client;
});
afterAll(() => server[Symbol.asyncDispose]());

const add = (id: string, email: string, controls: readonly string[] = COHOST_CONTROLS) =>
  owner.call('addCohost', { params: { id }, body: { email, controls } });

test('a co-host is kept with the meeting, told to the room, and found for joining', async () => {
  const { id } = await addMeeting(owner, { title: 'Board' });
  const { client, accountId, email } = await addMember(server);
  const news: unknown[] = [];
  using _ = server.context.meetings.onNews((event) => news.push(event));
  const made = (await add(id, ` ${email.toUpperCase()} `)).body as Meeting;
  expect(made.cohosts).toEqual([{ accountId, name: 'Grace Hopper', email, controls: [...COHOST_CONTROLS] }]);
  const controls = new Map([[accountId, [...COHOST_CONTROLS]]]);
  expect(news).toEqual([{ meetingId: id, news: 'other-cohosts', cohosts: controls }]);
  expect((await server.context.meetings.findForJoin(MeetingId.parse(id)))?.cohosts).toEqual(controls);

  const { meetings } = MeetingList.parse((await client.call('listMeetings')).body);
  expect(meetings).toMatchObject([
    { id, title: 'Board', role: 'cohost', hostName: OWNER.name, controls: COHOST_CONTROLS, cohosts: [] },
  ]);
  const params = { id, account: accountId };
  const changed = await owner.call('changeCohost', { params, body: { controls: ['lock'] } });
  expect((changed.body as Meeting).cohosts).toMatchObject([{ controls: ['lock'] }]);
  expect((await owner.call('removeCohost', { params })).body).toMatchObject({ cohosts: [] });
  expect(news.at(-1)).toEqual({ meetingId: id, news: 'other-cohosts', cohosts: new Map() });
  expect(MeetingList.parse((await client.call('listMeetings')).body).meetings).toEqual([]);
  expect((await owner.call('removeCohost', { params })).code).toBe('cohost.no_account');
});

test('a co-host changes nothing about the meeting', async () => {
  const { id } = await addMeeting(owner);
  const { client, accountId, email } = await addMember(server);
  await add(id, email);
  expect((await client.call('readMeeting', { params: { id } })).body).toMatchObject({ role: 'cohost' });
  const params = { id, account: accountId };
  const tries = [
    client.call('changeMeeting', { params, body: { title: 'Mine now' } }),
    client.call('deleteMeeting', { params }),
    client.call('addCohost', { params, body: { email, controls: ['end'] } }),
    client.call('changeCohost', { params, body: { controls: ['end'] } }),
    client.call('removeCohost', { params }),
  ];
  for (const answer of await Promise.all(tries)) expect(answer.code).toBe('meeting.not_found');
});

test('who has no account, or one that is not in use, is answered alike; so is nobody else', async () => {
  const { id } = await addMeeting(owner);
  const { accountId, email } = await addMember(server);
  const { db } = server.context.accountsPorts;
  await db
    .updateTable('accounts')
    .set({ status: 'suspended' })
    .where('id', '=', accountId as never)
    .execute();
  const none = await add(id, 'nobody@example.org');
  const suspended = await add(id, email);
  expect(none.code).toBe('cohost.no_account');
  expect(suspended.body).toEqual(none.body);
  expect((await add(id, OWNER.email)).code).toBe('request.invalid');
  expect((await add(id, 'nobody@example.org', ['fly'])).code).toBe('request.invalid');
  expect((await add(id, 'nobody@example.org', ['lock', 'lock'])).code).toBe('request.invalid');
});

test('a co-host whose account goes is one no more', async () => {
  const { id } = await addMeeting(owner);
  const { accountId, email } = await addMember(server);
  await add(id, email);
  const body = { email };
  expect((await owner.call('eraseData', { params: { id: accountId }, body })).status).toBe(200);
  expect((await owner.call('readMeeting', { params: { id } })).body).toMatchObject({ cohosts: [] });
});

test('nobody goes through addresses to see who has an account', async () => {
  const { client } = await addMember(server);
  const { id } = await addMeeting(client);
  const ask = (n: number) =>
    client.call('addCohost', { params: { id }, body: { email: `a${n}@example.org`, controls: [] } });
  for (let n = 0; n < 60; n++) expect((await ask(n)).code).toBe('cohost.no_account');
  expect((await ask(61)).code).toBe('auth.too_many_attempts');
});
