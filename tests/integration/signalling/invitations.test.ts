import { PROTOCOL_VERSION } from '@conclave/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { addMember } from '../../dev-env/addMember.ts';
import { groupEntry } from '../../dev-env/groupEntry.ts';
import { addInvitation } from '../rest/invitations/invited.ts';
import { bootMeeting, type MadeMeeting, type RunningMeeting } from './bootMeeting.ts';
import { SignalClient } from './SignalClient.ts';

let meeting: RunningMeeting;
let owner: ApiClient;
beforeAll(async () => {
  meeting = await bootMeeting({}, { openDoors: false });
  owner = new ApiClient(meeting.origin);
  owner.cookie = meeting.ownerCookie;
});
afterAll(() => meeting[Symbol.asyncDispose]());

async function knock(room: MadeMeeting, invitation: string | null, cookie?: string) {
  const client = await SignalClient.open(meeting.origin, cookie === undefined ? {} : { cookie });
  const { participantId, keyPackage } = groupEntry();
  const who = { meetingId: room.id, proof: room.proof, name: 'Gwen', participantId, keyPackage };
  const answer = await client.ask({ type: 'join', version: PROTOCOL_VERSION, ...who, invitation });
  return { client, answer, id: participantId };
}

test('an invited guest comes straight in, with the name of the invitation beside their own', async () => {
  const room = await meeting.makeMeeting();
  const { secret } = await addInvitation(owner, room.id, 'Ann Lee');
  const { answer, id } = await knock(room, secret);
  expect(answer).toMatchObject({
    type: 'joined',
    participants: [{ id, role: 'guest', entry: 'invited', invitedAs: 'Ann Lee' }],
  });
  // And whoever has none waits.
  expect((await knock(room, null)).answer).toMatchObject({ type: 'waiting' });
});

test('one that is not of this meeting, or of none, opens nothing; nor does one without the passcode', async () => {
  const room = await meeting.makeMeeting();
  const other = await meeting.makeMeeting();
  const { secret } = await addInvitation(owner, other.id, 'Ann Lee');
  expect((await knock(room, secret)).answer).toMatchObject({ code: 'invitation.invalid' });
  expect((await knock(room, 'A'.repeat(43))).answer).toMatchObject({ code: 'invitation.invalid' });
  const wrong = { ...other, proof: room.proof };
  expect((await knock(wrong, secret)).answer).toMatchObject({ code: 'meeting.wrong_passcode' });
});

test.each(['revokeInvitation', 'renewInvitation', 'deleteInvitation'] as const)(
  'whoever is inside goes at once when theirs is ended by %s, and does not come back with it',
  async (how) => {
    const room = await meeting.makeMeeting();
    const { id: invitation, secret } = await addInvitation(owner, room.id, 'Ann Lee');
    const ann = await knock(room, secret);
    expect(ann.answer.type).toBe('joined');
    const { code } = await owner.call(how, { params: { id: room.id, invitation } });
    expect(code).toBeNull();
    expect(await ann.client.hear(({ type }) => type === 'ended')).toMatchObject({ reason: 'uninvited' });
    expect((await knock(room, secret)).answer).toMatchObject({ code: 'invitation.invalid' });
  },
);

test('somebody who was removed does not come back by the same invitation in another browser', async () => {
  const room = await meeting.makeMeeting();
  const { secret } = await addInvitation(owner, room.id, 'Ann Lee');
  const host = await knock(room, null, meeting.ownerCookie);
  const ann = await knock(room, secret);
  const moderation = { action: 'remove', participantId: ann.id, ban: false };
  expect(await host.client.ask({ type: 'moderate', moderation })).toMatchObject({ type: 'ok' });
  expect((await knock(room, secret)).answer).toMatchObject({ code: 'meeting.banned' });
});

test('co-hosts who are named for a meeting are co-hosts in it, and those who are named while it goes on at once', async () => {
  const room = await meeting.makeMeeting();
  const grace = await addMember(meeting.server);
  const params = { id: room.id };
  const controls = ['admit', 'lock'];
  expect((await owner.call('addCohost', { params, body: { email: grace.email, controls } })).code).toBeNull();
  const first = await knock(room, null, grace.client.cookie ?? '');
  expect(first.answer).toMatchObject({
    participants: [{ role: 'cohost', entry: 'host', controls: ['admit', 'lock'] }],
  });
  const account = { ...params, account: grace.accountId };
  expect((await owner.call('removeCohost', { params: account })).code).toBeNull();
  await first.client.hear(
    (message) => message.type === 'participant-changed' && message.participant.role === 'member',
  );
  const lock = { type: 'moderate', moderation: { action: 'lock', locked: true } };
  expect(await first.client.ask(lock)).toMatchObject({ code: 'meeting.not_allowed' });
});
