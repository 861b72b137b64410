import { expect, test } from 'vitest';
import { MeetingGroup } from '../mls/index.ts';
import { groupId, guest, joiner, randomId, seat } from '../mls/testing/people.ts';
import { Applicants } from './Applicants.ts';

async function applicant() {
  const me = guest('Bob');
  return { participantId: me.participantId, keyPackage: (await joiner('', { me })).keyPackage };
}

test('who comes under another’s id is not acceptable, and each KeyPackage is looked at once', async () => {
  const group = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const [bob, eve] = [await applicant(), { ...(await applicant()), participantId: randomId() }];
  const applicants = new Applicants();
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
  await expect(new Applicants().update([await applicant()], group)).rejects.toMatchObject({ code: 'closed' });
});
