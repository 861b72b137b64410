import { expect, test } from 'vitest';
import { addTo, groupId, seat } from '../testing/people.ts';
import { MeetingGroup } from './MeetingGroup.ts';

const label = 'Conclave private message v1';
const text = new TextEncoder().encode('for Bob alone');

async function three() {
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const bob = await addTo(ann, 'Bob');
  const cat = await addTo(bob, 'Cat', [ann]);
  return { ann, bob, cat };
}

test('what is sealed to a member is opened by that one and by nobody else, and is another each time', async () => {
  const { ann, bob, cat } = await three();
  const sealed = await ann.sealTo(bob.ownLeaf, label, text);
  const again = await ann.sealTo(bob.ownLeaf, label, text);
  expect(sealed.kemOutput).not.toEqual(again.kemOutput);
  expect(sealed.ciphertext).not.toEqual(again.ciphertext);
  expect(await bob.openFrom(ann.ownLeaf, sealed.epoch, label, sealed)).toEqual(text);
  const bad = { code: 'bad_message' };
  await expect(cat.openFrom(ann.ownLeaf, sealed.epoch, label, sealed)).rejects.toMatchObject(bad);
  await expect(ann.openFrom(ann.ownLeaf, sealed.epoch, label, sealed)).rejects.toMatchObject(bad);
});

test('it is bound to its sender, its epoch and its label: nobody passes it on as their own', async () => {
  const { ann, bob, cat } = await three();
  const sealed = await ann.sealTo(bob.ownLeaf, label, text);
  const bad = { code: 'bad_message' };
  await expect(bob.openFrom(cat.ownLeaf, sealed.epoch, label, sealed)).rejects.toMatchObject(bad);
  await expect(bob.openFrom(ann.ownLeaf, sealed.epoch, 'Conclave other v1', sealed)).rejects.toMatchObject(
    bad,
  );
  const { commit } = await addAfter(cat, [ann, bob]);
  expect(commit).toBe(true);
  await expect(bob.openFrom(ann.ownLeaf, bob.epoch, label, sealed)).rejects.toMatchObject(bad);
  for (const part of ['kemOutput', 'ciphertext'] as const) {
    const bent = { ...sealed, [part]: sealed[part].slice() };
    bent[part][3] = (bent[part][3] ?? 0) ^ 1;
    await expect(bob.openFrom(ann.ownLeaf, sealed.epoch, label, bent)).rejects.toMatchObject(bad);
  }
  // A key that is a point of small order is refused like any other.
  const zero = { ...sealed, kemOutput: new Uint8Array(32) };
  await expect(bob.openFrom(ann.ownLeaf, sealed.epoch, label, zero)).rejects.toMatchObject(bad);
});

test('it opens after the recipient has taken another key, for as long as the epoch is kept and no longer', async () => {
  const { ann, bob, cat } = await three();
  const sealed = await ann.sealTo(bob.ownLeaf, label, text);
  const made = await bob.commit({});
  for (const group of [ann, cat]) await group.process(made.commit);
  await bob.apply(made);
  expect(await bob.openFrom(ann.ownLeaf, sealed.epoch, label, sealed)).toEqual(text);
  await bob.forgetEpochsBefore(bob.epoch);
  await expect(bob.openFrom(ann.ownLeaf, sealed.epoch, label, sealed)).rejects.toMatchObject({
    code: 'stale_epoch',
  });
});

test('there is nothing for a leaf that is blank, or for oneself', async () => {
  const { ann, bob } = await three();
  for (const leaf of [ann.ownLeaf, 3, 700])
    await expect(ann.sealTo(leaf, label, text)).rejects.toMatchObject({ code: 'not_a_member' });
  await bob.close();
  await expect(bob.sealTo(ann.ownLeaf, label, text)).rejects.toMatchObject({ code: 'closed' });
});

test('a short private message is as long on the wire as a short one to all', async () => {
  const { ann } = await three();
  const toAll = await ann.seal(new Uint8Array(1 + 17 + 46 + 20));
  // Kind, stream, numbers, type, KEM output and length, and the smallest ciphertext there is.
  const toOne = await ann.seal(new Uint8Array(1 + 8 + 8 + 1 + 32 + 2 + 128));
  expect(toOne.length).toBe(toAll.length);
});

/** Everybody goes on to the next epoch, by a commit of this one. */
async function addAfter(committer: MeetingGroup, others: readonly MeetingGroup[]) {
  const made = await committer.commit({});
  for (const group of others) await group.process(made.commit);
  await committer.apply(made);
  return { commit: others.every((group) => group.epoch === committer.epoch) };
}
