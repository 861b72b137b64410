import { afterEach, expect, test, vi } from 'vitest';
import { devicePublicKey, type MemberIdentity } from '../../mls/index.ts';
import { groupId, randomId } from '../../mls/testing/people.ts';
import { GroupServer, Stay } from '../testing/GroupServer.ts';
import { MEETING_PATIENCE, MeetingMembers } from './MeetingMembers.ts';

const open: Stay[] = [];

afterEach(() => {
  for (const { session } of open.splice(0)) session.close();
});

interface InRoom {
  readonly stay: Stay;
  /** As their own stay in the meeting sees it. */
  readonly meeting: MeetingMembers;
}

/** Somebody on the way into a breakout room; in the meeting they are under another participant id. */
function person(name: string, server: GroupServer): InRoom {
  const meeting = new MeetingMembers(() => performance.now() + server.skippedMs);
  const stay = new Stay(name, server, { meeting });
  open.push(stay);
  return { stay, meeting };
}

async function inMeeting({ stay }: InRoom): Promise<MemberIdentity> {
  const deviceKey = await devicePublicKey(await stay.device);
  return { kind: 'guest', participantId: randomId(), name: stay.name, deviceKey };
}

async function tell(to: readonly InRoom[], members: readonly InRoom[]): Promise<void> {
  const identities = await Promise.all(members.map(inMeeting));
  for (const { stay, meeting } of to) meeting.hear({ device: await stay.device, members: identities });
}

/** Ann and Bob are in the meeting, and in the room; Eve is on her way. */
async function room() {
  const server = new GroupServer();
  const [ann, bob, eve] = [person('Ann', server), person('Bob', server), person('Eve', server)];
  await tell([ann, bob], [ann, bob]);
  await tell([eve], [ann, bob, eve]);
  await server.join(ann.stay);
  await server.join(bob.stay);
  for (const { stay } of [ann, bob]) await stay.until(() => stay.people.length === 2);
  return { server, ann, bob, eve };
}

/** When all that was told so far has been done. */
const settled = ({ session, introduction }: Stay) => session.claim(introduction);

const isRefused = (by: Stay, who: Stay) =>
  by.view?.refused.some(({ participantId }) => participantId === who.id) === true;

test('whoever is not in the meeting yet is waited for, and comes in as soon as they are', async () => {
  const { server, ann, bob, eve } = await room();
  await server.join(eve.stay);
  for (const { stay } of [ann, bob]) await settled(stay);
  expect([ann, bob].some(({ stay }) => isRefused(stay, eve.stay))).toBe(false);
  const looks = vi.spyOn(bob.meeting, 'hadAll');
  // Ann adds her before Bob has heard that she is in the meeting: he waits for it before he follows.
  await tell([ann], [ann, bob, eve]);
  await ann.stay.until(() => ann.stay.people.includes('Eve'));
  await expect.poll(() => looks.mock.calls.length).toBe(1);
  expect(bob.stay.people).toEqual(['Ann', 'Bob']);
  await tell([bob], [ann, bob, eve]);
  await bob.stay.until(() => bob.stay.people.includes('Eve'));
  await eve.stay.until(() => eve.stay.people.length === 3);
  for (const { stay } of [ann, bob, eve]) {
    expect(stay.view?.refused).toEqual([]);
    expect(stay.asked.some(({ type }) => type === 'rejoin')).toBe(false);
  }
});

test('whoever stays away from it is refused in the end, and added should they come after all', async () => {
  const { server, ann, bob, eve } = await room();
  await server.join(eve.stay);
  server.skippedMs += MEETING_PATIENCE;
  await tell([ann, bob], [ann, bob]);
  for (const { stay } of [ann, bob]) await stay.until(() => isRefused(stay, eve.stay));
  expect(server.commits).toHaveLength(1);
  await tell([ann], [ann, bob, eve]);
  await tell([bob], [ann, bob, eve]);
  // Everybody had refused her, so she has to ask anew.
  await server.join(eve.stay);
  await eve.stay.until(() => eve.stay.people.length === 3);
});

test('whoever was in the room and left the meeting does not come back into the room', async () => {
  const { server, ann, bob } = await room();
  await tell([ann], [ann]);
  server.answer(bob.stay, {
    type: 'rejoin',
    ...(await bob.stay.session.introduce(bob.stay.introduction)),
  });
  await ann.stay.until(() => ann.stay.people.length === 1);
  server.skippedMs += MEETING_PATIENCE;
  await tell([ann], [ann]);
  await ann.stay.until(() => isRefused(ann.stay, bob.stay));
  expect(ann.stay.people).toEqual(['Ann']);
});

test('nobody joins a group in which there is somebody who is not in the meeting', async () => {
  const server = new GroupServer();
  const [eve, ann] = [person('Eve', server), person('Ann', server)];
  await tell([eve], [ann, eve]);
  await tell([ann], [ann]);
  const looks = vi.spyOn(ann.meeting, 'hasAll');
  await server.join(eve.stay);
  await server.join(ann.stay);
  await eve.stay.until(() => eve.stay.people.includes('Ann'));
  await expect.poll(() => looks.mock.calls.length).toBe(1);
  server.skippedMs += MEETING_PATIENCE;
  await tell([ann], [ann]);
  await ann.stay.until(() => ann.stay.asked.some(({ type }) => type === 'rejoin'));
  expect(ann.stay.views.every(({ people }) => people.length === 0)).toBe(true);
  expect(ann.stay.epochs).toBeNull();
});

test('who is in the room and has left the meeting is shown as not removed', async () => {
  const { server, ann, bob } = await room();
  await tell([ann, bob], [ann]);
  await settled(ann.stay);
  expect(ann.stay.view?.trouble).toBeNull();
  server.skippedMs += 10_000;
  server.tell(ann.stay, { type: 'pending', groupId, waiting: [], gone: [] });
  await ann.stay.until(() => ann.stay.view?.trouble === 'stuck');
  expect(ann.stay.asked.filter(({ type }) => type === 'commit')).toHaveLength(1);
  await tell([ann, bob], [ann, bob]);
  await ann.stay.until(() => ann.stay.view?.trouble === null);
});
