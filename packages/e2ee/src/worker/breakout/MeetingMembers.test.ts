import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type MemberIdentity, makeDeviceKey } from '../../mls/index.ts';
import { randomId } from '../../mls/testing/people.ts';
import { MeetingLender } from './MeetingLender.ts';
import { MEETING_PATIENCE, MeetingMembers } from './MeetingMembers.ts';

const device = await makeDeviceKey();
const guest = (name: string, key: number): Extract<MemberIdentity, { kind: 'guest' }> => ({
  kind: 'guest',
  participantId: randomId(),
  name,
  deviceKey: new Uint8Array(32).fill(key),
});
const [ann, bob, eve] = [guest('Ann', 1), guest('Bob', 2), guest('Eve', 3)];
const word = (...members: MemberIdentity[]) => ({ device, members });
const now = () => performance.now();

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('somebody is in the meeting by device, name and account, in whichever stay', () => {
  const meeting = new MeetingMembers(now);
  expect(meeting.has(ann)).toBe(false);
  meeting.hear(word(ann));
  const accountId = '0f8fad5b-d9cb-469f-a165-70867728950e';
  expect(meeting.has({ ...ann, participantId: randomId() })).toBe(true);
  expect(meeting.has({ ...ann, deviceKey: bob.deviceKey })).toBe(false);
  expect(meeting.has({ ...ann, name: 'Anna' })).toBe(false);
  expect(meeting.has({ ...ann, kind: 'member', accountId })).toBe(false);
});

test('whoever is not there yet is waited for, and not for ever', async () => {
  const meeting = new MeetingMembers(now);
  meeting.hear(word(ann));
  const both = meeting.hasAll([ann, bob]);
  const withEve = meeting.hasAll([ann, eve]);
  await vi.advanceTimersByTimeAsync(MEETING_PATIENCE - 1);
  meeting.hear(word(ann, bob));
  await expect(both).resolves.toBe(true);
  await vi.advanceTimersByTimeAsync(1);
  await expect(withEve).resolves.toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});

test('whoever has just left, or whom we have just lost with the group, is followed and not joined', async () => {
  const meeting = new MeetingMembers(now);
  meeting.hear(word(ann, bob));
  meeting.hear(word(ann));
  await expect(meeting.hadAll([ann, bob])).resolves.toBe(true);
  meeting.hear(null);
  await expect(meeting.hadAll([ann, bob])).resolves.toBe(true);
  const joined = meeting.hasAll([ann]);
  const never = meeting.hadAll([eve]);
  await vi.advanceTimersByTimeAsync(120_001);
  expect([await joined, await never]).toEqual([false, false]);
  const late = meeting.hadAll([bob]);
  await vi.advanceTimersByTimeAsync(MEETING_PATIENCE);
  await expect(late).resolves.toBe(false);
});

test('the device of the meeting comes when we are in its group', async () => {
  const meeting = new MeetingMembers(now);
  const asked = vi.fn();
  const lent = meeting.device().then((pair) => {
    asked();
    return pair;
  });
  meeting.hear(null);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).not.toHaveBeenCalled();
  meeting.hear(word(ann));
  await expect(lent).resolves.toBe(device);
});

test('from worker to worker: each epoch of the meeting, its loss, and a device that signs and is never read', async () => {
  vi.useRealTimers();
  const { port1, port2 } = new MessageChannel();
  const meeting = MeetingMembers.by(port2, now);
  const heard = async (isSo: () => boolean) => {
    while (!isSo())
      await new Promise<void>((resolve) => {
        const stop = meeting.onChange(() => {
          stop();
          resolve();
        });
      });
  };
  const lender = new MeetingLender();
  await lender.using(Promise.resolve(device));
  const inGroup = (...members: MemberIdentity[]) => ({
    leaves: () => members.map((one, leafIndex) => ({ ...one, leafIndex, notAfter: 0 })),
  });
  lender.enter(inGroup(ann));
  lender.lendTo(port1);
  const pair = await meeting.device();
  expect(meeting.has(ann)).toBe(true);
  await expect(crypto.subtle.exportKey('pkcs8', pair.privateKey)).rejects.toThrow();
  const signature = await crypto.subtle.sign('Ed25519', pair.privateKey, new Uint8Array(1));
  await expect(crypto.subtle.verify('Ed25519', device.publicKey, signature, new Uint8Array(1))).resolves.toBe(
    true,
  );
  lender.enter(inGroup(ann, bob));
  await heard(() => meeting.has(bob));
  lender.leave();
  await heard(() => !meeting.isKnown);
  // The next room has a port of its own, and this one hears no more.
  const next = new MessageChannel();
  lender.lendTo(next.port1);
  lender.enter(inGroup(ann));
  const other = MeetingMembers.by(next.port2, now);
  await other.device();
  expect(meeting.isKnown).toBe(false);
  next.port1.close();
});
