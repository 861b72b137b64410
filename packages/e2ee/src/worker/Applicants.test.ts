import { expect, test } from 'vitest';
import { MeetingGroup } from '../mls/index.ts';
import { groupId, guest, joiner, meetingId, randomId, seat } from '../mls/testing/people.ts';
import { Applicants } from './Applicants.ts';
import { Doorkeeper } from './door/Doorkeeper.ts';

function openDoor(): Doorkeeper {
  const door = new Doorkeeper({ meetingId, now: () => 0, wallClock: () => Date.now() });
  door.setRules({ straightIn: 'everybody', admitters: [] });
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
  expect(await applicants.update([bob, eve], group)).toEqual([
    { participantId: bob.participantId, acceptable: true },
    { participantId: eve.participantId, acceptable: false },
  ]);
  expect(applicants.acceptable).toEqual([bob.participantId]);
  expect(await applicants.update([bob, eve], group)).toEqual([]);
});

test('a group that is over judges nobody: an honest KeyPackage is not shown as refused', async () => {
  const group = await MeetingGroup.found({ ...seat('Ann'), groupId });
  await group.close();
  await expect(new Applicants(openDoor()).update([await applicant()], group)).rejects.toMatchObject({
    code: 'closed',
  });
});
