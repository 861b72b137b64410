import { CalendarFile, type Meeting, MeetingCheck, MeetingList } from '@conclave/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiClient } from '../../../dev-env/ApiClient.ts';
import { addMember } from '../../../dev-env/addMember.ts';
import { type BootedServer, bootServer } from '../../../dev-env/bootServer.ts';
import { OWNER, setUpOwner } from '../../../dev-env/people.ts';
import { changePolicy } from '../../policy/changePolicy.ts';
import { addInvitation, addMeeting, MONDAYS } from './invited.ts';

let server: BootedServer;
let owner: ApiClient;
beforeAll(async () => {
  server = await bootServer({ parts: [], openDoors: false });
  owner = (await setUpOwner(server)).client;
});
afterAll(() => server[Symbol.asyncDispose]());

const change = (id: string, body: unknown) => owner.call('changeMeeting', { params: { id }, body });

test('a meeting has a time, which is changed and taken away', async () => {
  const made = await addMeeting(owner, { schedule: MONDAYS });
  expect(made).toMatchObject({
    schedule: MONDAYS,
    next: { start: '2099-11-30T08:00:00.000Z', end: '2099-11-30T09:00:00.000Z' },
  });
  const { meetings } = MeetingList.parse((await owner.call('listMeetings')).body);
  expect(meetings.find(({ id }) => id === made.id)?.next).toEqual(made.next);
  const past = { ...MONDAYS, start: '2020-11-30T09:00', recurrence: null };
  expect((await change(made.id, { schedule: past })).body).toMatchObject({ schedule: past, next: null });
  expect((await change(made.id, { schedule: null })).body).toMatchObject({ schedule: null, next: null });
  const wrong = { ...MONDAYS, zone: 'Europe/Atlantis' };
  expect((await change(made.id, { schedule: wrong })).code).toBe('request.invalid');
});

test('what a meeting is to have is chosen as it is made, where the organisation leaves it to its host', async () => {
  const choices = { straightIn: 'nobody', participants: 12, screenSharing: 'hosts' };
  expect(await addMeeting(owner, { choices })).toMatchObject({ choices });
  await changePolicy(owner, { guests: { mode: 'enforced', value: 'refused' } });
  const answer = addMeeting(owner, { choices: { guests: 'allowed' } });
  await expect(answer).rejects.toThrow('meeting.enforced');
  await changePolicy(owner, { guests: { mode: 'default', value: 'allowed' } });
});

test('an entry for calendars has the link and nothing that lets somebody in', async () => {
  const { id } = await addMeeting(owner, { title: 'Plans; all', schedule: MONDAYS });
  const answer = await owner.call('meetingCalendar', { params: { id } });
  const { calendar } = CalendarFile.parse(answer.body);
  const lines = calendar.replaceAll('\r\n ', '').split('\r\n');
  expect(lines).toContain('METHOD:PUBLISH');
  expect(lines).toContain('SUMMARY:Plans\\; all');
  expect(lines).toContain(`URL:${server.origin}/m/${id}`);
  expect(lines).toContain(`ORGANIZER;CN="${OWNER.name}":mailto:${OWNER.email}`);
  expect(calendar).not.toContain('#');

  const invitation = await addInvitation(owner, id);
  const params = { id, invitation: invitation.id };
  const own = CalendarFile.parse((await owner.call('invitationCalendar', { params })).body);
  expect(own.calendar.replaceAll('\r\n ', '')).toContain(
    `URL:${server.origin}/m/${id}#i=${invitation.secret}\r\n`,
  );
  const without = await addMeeting(owner);
  expect((await owner.call('meetingCalendar', { params: { id: without.id } })).code).toBe('request.invalid');
});

const checkOf = async (client: ApiClient, id: string) =>
  MeetingCheck.parse((await client.call('checkMeeting', { params: { id } })).body);
const waysOf = ({ cases }: MeetingCheck) => Object.fromEntries(cases.map(({ who, way }) => [who, way]));

test('who made nothing of it gets: strangers wait, colleagues and those who are invited come in', async () => {
  const { id } = await addMeeting(owner);
  const check = await checkOf(owner, id);
  expect(waysOf(check)).toEqual({
    link: 'passcode-needed',
    passcode: 'waits',
    account: 'straight',
    invitation: 'straight',
  });
  expect(check.cases[0]?.inside).toBeNull();
  expect(check.cases[1]?.inside).toMatchObject({ devicesOff: true });
  const warnings = check.warnings.map(({ warning }) => warning);
  expect(warnings).not.toContain('everybody-straight-in');
  expect(warnings).not.toContain('devices-on');
});

test.each([
  [{ straightIn: 'everybody' }, { passcode: 'straight', account: 'straight', invitation: 'straight' }],
  [{ straightIn: 'invited' }, { passcode: 'waits', account: 'waits', invitation: 'straight' }],
  [{ straightIn: 'nobody' }, { passcode: 'waits', account: 'waits', invitation: 'waits' }],
  [{ guests: 'refused' }, { passcode: 'sign-in-needed', account: 'straight', invitation: 'sign-in-needed' }],
])('with %j strangers get %j', async (choices, ways) => {
  const { id } = await addMeeting(owner, { choices });
  expect(waysOf(await checkOf(owner, id))).toEqual({ link: 'passcode-needed', ...ways });
});

test('the check warns of what is too open, and says what can be changed', async () => {
  const choices = { straightIn: 'everybody', microphoneAtStart: 'chosen' };
  const { id } = (await addMeeting(owner, { choices })) as Meeting;
  expect((await checkOf(owner, id)).warnings).toEqual(
    expect.arrayContaining([
      { warning: 'everybody-straight-in', setting: 'straightIn', changeable: true },
      { warning: 'devices-on', setting: 'microphoneAtStart', changeable: true },
    ]),
  );
  await addInvitation(owner, id);
  await change(id, { choices: { guests: 'refused' } });
  const refused = await checkOf(owner, id);
  expect(refused.warnings).toContainEqual({
    warning: 'invited-refused',
    setting: 'guests',
    changeable: true,
  });
});

test('a co-host checks it too, others do not', async () => {
  const { id } = await addMeeting(owner);
  const { client, email } = await addMember(server);
  expect((await client.call('checkMeeting', { params: { id } })).code).toBe('meeting.not_found');
  await owner.call('addCohost', { params: { id }, body: { email, controls: [] } });
  expect((await client.call('checkMeeting', { params: { id } })).status).toBe(200);
});
