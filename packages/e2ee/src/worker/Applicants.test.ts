import { expect, test } from 'vitest';
import { MeetingGroup } from '../mls/index.ts';
import { groupId, guest, joiner, meetingId, randomId, seat } from '../mls/testing/people.ts';
import { Applicants } from './Applicants.ts';
import { MEETING_PATIENCE, MeetingMembers } from './breakout/MeetingMembers.ts';
import { Doorkeeper } from './door/Doorkeeper.ts';

function openDoor(meeting: MeetingMembers | null = null): Doorkeeper {
  const door = new Doorkeeper({ meetingId, meeting, now: () => 0, wallClock: () => Date.now() });
  door.setRules({ form: 'meeting', straightIn: 'everybody', admitters: [] });
  return door;
}

async function applicant() {
  const me = guest('Bob');
  const { keyPackage } = await joiner('', { me });
  return { participantId: me.participantId, entry: 'passcode', admission: null, keyPackage } as const;
}

test('who comes under another’s id is not acceptable, and each KeyPackage is looked at once', async () => {
  const group = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const [bob, eve] = [await applicant(), { ...(await applicant()), participantId: randomId() }];
  const applicants = new Applicants(openDoor());
  expect(await applicants.update([bob, eve], group, 0)).toEqual([
    { participantId: bob.participantId, acceptable: true },
    { participantId: eve.participantId, acceptable: false },
  ]);
  expect(applicants.acceptable).toEqual([bob.participantId]);
  expect(await applicants.update([bob, eve], group, 0)).toEqual([]);
});

test('a group that is over judges nobody: an honest KeyPackage is not shown as refused', async () => {
  const group = await MeetingGroup.found({ ...seat('Ann'), groupId });
  await group.close();
  await expect(new Applicants(openDoor()).update([await applicant()], group, 0)).rejects.toMatchObject({
    code: 'closed',
  });
});

test('into a breakout room: whoever is not in the meeting is decided about in time, unless others have added them', async () => {
  const group = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const applicants = new Applicants(openDoor(new MeetingMembers(() => 0)));
  const [bob, eve] = [await applicant(), await applicant()];
  expect(await applicants.update([bob], group, 100)).toEqual([]);
  expect(await applicants.update([bob, eve], group, 200)).toEqual([]);
  expect(applicants.acceptable).toEqual([]);
  expect(applicants.decidedAt).toBe(100 + MEETING_PATIENCE);
  expect(applicants.review(99 + MEETING_PATIENCE)).toEqual([]);
  // Another KeyPackage under the same id gains no time.
  const { keyPackage } = await applicant();
  await applicants.update([{ ...bob, keyPackage }, eve], group, 300);
  expect(applicants.review(100 + MEETING_PATIENCE)).toEqual([]);
  const again = { ...bob, keyPackage: bob.keyPackage };
  expect(await applicants.update([again, eve], group, 100 + MEETING_PATIENCE)).toEqual([
    { participantId: bob.participantId, acceptable: false },
  ]);
  expect(applicants.decidedAt).toBe(200 + MEETING_PATIENCE);
  applicants.added([eve.participantId]);
  expect(applicants.decidedAt).toBeNull();
});

test('into a breakout room: whoever is lost to the meeting for a moment is not refused at once', async () => {
  const group = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const me = guest('Bob');
  const { keyPackage } = await joiner('', { me });
  const bob = { participantId: me.participantId, entry: 'passcode', admission: null, keyPackage } as const;
  const meeting = new MeetingMembers(() => 0);
  const applicants = new Applicants(openDoor(meeting));
  const present = { device: me.device, members: [await group.inspect(keyPackage)] };
  meeting.hear(present);
  await applicants.update([bob], group, 0);
  expect(applicants.review(MEETING_PATIENCE)).toEqual([]);
  meeting.hear(null);
  expect(applicants.review(MEETING_PATIENCE + 1)).toEqual([]);
  expect(applicants.acceptable).toEqual([]);
  meeting.hear(present);
  expect(applicants.review(MEETING_PATIENCE + 2)).toEqual([
    { participantId: me.participantId, acceptable: true },
  ]);
});
