import { expect, test } from 'vitest';
import { AuthenticationService } from '../credential/AuthenticationService.ts';
import { makeDeviceKey } from '../credential/deviceKey.ts';
import type { Joiner, NamedJoiner } from '../credential/issueCredential.ts';
import { deriveMeetingKeys } from '../credential/MeetingKeys.ts';
import { meetingId, psk, randomId, seat } from '../testing/people.ts';
import { Introductions } from './Introductions.ts';
import { MeetingGroup } from './MeetingGroup.ts';
import { PendingJoiner } from './PendingJoiner.ts';
import type { SeatOptions } from './Seat.ts';
import { readKeyPackage } from './wire.ts';

const groupId = 'group';
const account = '0f8fad5b-d9cb-469f-a165-70867728950e';
const notAfter = Date.now() + 2 * 86_400_000;

/** Somebody with an account whose leaf does not say so. */
async function unnamed(name: string, over: Partial<SeatOptions> = {}) {
  const participantId = randomId();
  const introducing: NamedJoiner = {
    ...{ kind: 'member', participantId, name, accountId: account, notAfter },
    device: await makeDeviceKey(),
  };
  const me: Joiner = { kind: 'unnamed', participantId, notAfter, device: await makeDeviceKey() };
  const pending = await PendingJoiner.prepare({ meetingId, psk, me, introducing, ...over });
  return { participantId, pending, introduction: pending.introduction ?? new Uint8Array(), me, introducing };
}

/** Ann has named herself, and whoever comes has not. */
async function withAudience(...joiners: readonly { pending: PendingJoiner }[]) {
  const introductions = new Introductions();
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId, introductions });
  const made = await ann.commit({ add: joiners.map(({ pending }) => pending.keyPackage) });
  await ann.apply(made);
  return { ann, introductions };
}

test('whoever is handed a true introduction knows who an unnamed leaf is, by their own device; all others know nothing', async () => {
  const bob = await unnamed('Bob');
  const { ann, introductions } = await withAudience(bob);
  const nobody = { kind: 'unnamed', participantId: bob.participantId };
  expect(ann.members()[1]).toMatchObject(nobody);
  introductions.hear(bob.participantId, { name: 'Bob', introduction: bob.introduction });
  const [known] = await ann.learnIntroductions();
  const { device } = bob.introducing;
  const deviceKey = new Uint8Array(await crypto.subtle.exportKey('raw', device.publicKey));
  const said = { kind: 'member', name: 'Bob', accountId: account, deviceKey, leafIndex: 1 };
  expect(known).toMatchObject(said);
  expect(ann.members()[1]).toMatchObject(said);
  // The tree says what it said.
  expect(ann.leaves()[1]).toMatchObject(nobody);
  expect(await ann.learnIntroductions()).toEqual([]);
});

test('the tree has nothing of the name, the account and the device of whoever is unnamed', async () => {
  const bob = await unnamed('Robert Unmistakable');
  const { ann } = await withAudience(bob);
  const leaves = JSON.stringify(ann.leaves(), (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
  );
  const key = Buffer.from(await crypto.subtle.exportKey('raw', bob.introducing.device.publicKey));
  for (const secret of ['Unmistakable', account, key.toString('hex')]) expect(leaves).not.toContain(secret);
  const bytes = Buffer.from(bob.pending.keyPackage).toString('latin1');
  for (const secret of ['Unmistakable', key.toString('latin1')]) expect(bytes).not.toContain(secret);
});

type Made = Awaited<ReturnType<typeof unnamed>>;
test.each<[string, (bob: Made) => Promise<Uint8Array> | Uint8Array]>([
  [
    'of another leaf',
    async ({ participantId, me, introducing }) =>
      (await again({ participantId, me, introducing })).introduction,
  ],
  [
    'of another meeting',
    async ({ participantId, me, introducing }) =>
      (await again({ participantId, me, introducing }, { meetingId: 'another' })).introduction,
  ],
  [
    'by somebody who does not know the passcode',
    async (bob) => (await again(bob, { psk: new Uint8Array(32).fill(9) })).introduction,
  ],
  ['of somebody else', async () => (await unnamed('Eve')).introduction],
  ['a credential in its place', async ({ introduction }) => introduction.subarray(0, -64)],
  ['cut short', ({ introduction }) => introduction.subarray(0, 20)],
  ['nothing', () => new Uint8Array()],
  ['with another name', ({ introduction }) => changed(introduction, 2 + 1 + 12 + 2)],
  ['with another account', ({ introduction }) => changed(introduction, 2 + 1 + 12 + 2 + 3)],
  ['with another device', ({ introduction }) => changed(introduction, 2 + 1 + 12 + 2 + 3 + 16)],
  ['without the word of its leaf', ({ introduction }) => changed(introduction, introduction.length - 1)],
])('an introduction %s introduces nobody', async (_, forge) => {
  const bob = await unnamed('Bob');
  const { ann, introductions } = await withAudience(bob);
  const forged = await forge(bob);
  introductions.hear(bob.participantId, { name: 'Bob', introduction: forged });
  expect(await ann.learnIntroductions()).toEqual([]);
  expect(ann.members()[1]?.kind).toBe('unnamed');
  const fresh = await unnamed('Bob');
  await expect(ann.inspectIntroduction(fresh.pending.keyPackage, forged)).rejects.toThrow();
  // What was told falsely before keeps nothing true out.
  introductions.hear(bob.participantId, { name: 'Bob', introduction: bob.introduction });
  expect(await ann.learnIntroductions()).toMatchObject([{ name: 'Bob' }]);
});

test('a member cannot have the leaf of another shown under their own name', async () => {
  const [bob, eve] = [await unnamed('Bob'), await unnamed('Eve')];
  const { ann, introductions } = await withAudience(bob, eve);
  introductions.hear(bob.participantId, { name: 'Eve', introduction: eve.introduction });
  expect(await ann.learnIntroductions()).toEqual([]);
});

test('somebody who introduces themselves by another name than the server has them under is nobody', async () => {
  const bob = await unnamed('The director');
  const { ann, introductions } = await withAudience(bob);
  introductions.hear(bob.participantId, { name: 'Bob', introduction: bob.introduction });
  expect(await ann.learnIntroductions()).toEqual([]);
  expect(ann.members()[1]?.kind).toBe('unnamed');
});

test('an introduction is no credential of its leaf', async () => {
  const bob = await unnamed('Bob');
  const leafKey = readKeyPackage(bob.pending.keyPackage).leafNode.signaturePublicKey;
  const authentication = new AuthenticationService(meetingId, await deriveMeetingKeys(psk), Date.now);
  const { participantId, introduction } = bob;
  await expect(
    authentication.verifyIntroduction(introduction, leafKey, participantId),
  ).resolves.toMatchObject({
    name: 'Bob',
  });
  await expect(authentication.verify(introduction.subarray(0, -64), leafKey, null)).rejects.toMatchObject({
    code: 'bad_credential',
  });
});

test('another leaf of the same stay is the same person; nobody becomes another one in the middle of it', async () => {
  const bob = await unnamed('Bob');
  const { ann, introductions } = await withAudience(bob);
  introductions.hear(bob.participantId, { name: 'Bob', introduction: bob.introduction });
  await ann.learnIntroductions();
  const renamed = await again({ ...bob, introducing: { ...bob.introducing, name: 'The director' } });
  introductions.hear(bob.participantId, { name: 'The director', introduction: renamed.introduction });
  const made = await ann.commit({ add: [renamed.pending.keyPackage], remove: [1] });
  await ann.apply(made);
  expect(await ann.learnIntroductions()).toEqual([]);
  expect(ann.members()[1]).toMatchObject({ name: 'Bob' });
  // Nor does another device come under the name of the one that was there.
  const other = await again({ ...bob, me: { ...bob.me, device: await makeDeviceKey() } });
  await ann.apply(await ann.commit({ add: [other.pending.keyPackage], remove: [1] }));
  expect(ann.members()[1]?.kind).toBe('unnamed');
});

test('who founds a group is there by the leaf of which they have introduced themselves', async () => {
  const introductions = new Introductions();
  const { pending, participantId, introduction } = await unnamed('Bob', { introductions });
  const group = await pending.found(groupId);
  introductions.hear(participantId, { name: 'Bob', introduction: introduction });
  expect(await group.learnIntroductions()).toMatchObject([{ name: 'Bob', leafIndex: 0 }]);
  await expect(pending.found(groupId)).rejects.toMatchObject({ code: 'closed' });
});

async function again(
  { participantId, me, introducing }: Pick<Made, 'participantId' | 'me' | 'introducing'>,
  over: Partial<SeatOptions> = {},
) {
  const pending = await PendingJoiner.prepare({ meetingId, psk, me, introducing, ...over });
  return { participantId, pending, introduction: pending.introduction ?? new Uint8Array() };
}

function changed(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
