import { expect, test } from 'vitest';
import { LIFETIMES } from '../credential/lifetime.ts';
import { addTo, groupId, joiner, seat } from '../testing/people.ts';
import { canDeriveNext, snapshot } from '../testing/removedMember.ts';
import { pathlessCommit, rawCommit, removal, rogueState, suite } from '../testing/rogue.ts';
import { checkKeyPackage } from './keyPackage.ts';
import { MeetingGroup, stateOf } from './MeetingGroup.ts';
import { PendingJoiner } from './PendingJoiner.ts';
import { takeSeat } from './Seat.ts';
import { readKeyPackage } from './wire.ts';

async function meeting(...names: string[]): Promise<MeetingGroup[]> {
  const [first = '', ...others] = names;
  const groups = [await MeetingGroup.found({ ...seat(first), groupId })];
  for (const name of others) {
    const [founder] = groups;
    if (founder !== undefined) groups.push(await addTo(founder, name, groups.slice(1)));
  }
  return groups;
}

function epochOf(group: MeetingGroup) {
  return { groupContext: stateOf(group).groupContext, epochAuthenticator: group.epochAuthenticator };
}

async function applied(group: MeetingGroup, wanted: Parameters<MeetingGroup['commit']>[0]) {
  const made = await group.commit(wanted);
  await group.apply(made);
  return made.commit;
}

for (const size of [2, 3, 5, 9]) {
  test(`a removed member cannot derive the next epoch: one of ${size}`, async () => {
    const groups = await meeting(...Array.from({ length: size }, (_, index) => `P${index}`));
    const [ann, bob] = groups;
    if (ann === undefined || bob === undefined) throw new Error('too few');
    // Keys on the nodes above, so that the removed member has some that might open something.
    const update = await applied(bob, {});
    for (const group of groups) if (group !== bob) await group.process(update);
    const removed = snapshot(stateOf(bob));
    const commit = await applied(ann, { remove: [1] });
    expect(await canDeriveNext(removed, commit, epochOf(ann))).toBe(false);
    expect(await bob.process(commit)).toMatchObject({ kind: 'removed' });
  });
}

test('the attack is a real one: it finds every next epoch that its member is meant to have', async () => {
  const [ann, bob, cat] = await meeting('Ann', 'Bob', 'Cat');
  if (ann === undefined || bob === undefined || cat === undefined) throw new Error('too few');
  const before = [snapshot(stateOf(bob)), snapshot(stateOf(cat))];
  const commit = await applied(ann, {});
  for (const state of before) expect(await canDeriveNext(state, commit, epochOf(ann))).toBe(true);
});

test('without an UpdatePath the attack succeeds, and every member refuses such a commit', async () => {
  const [ann, bob, cat] = await meeting('Ann', 'Bob', 'Cat');
  if (ann === undefined || bob === undefined || cat === undefined) throw new Error('too few');
  const forged = await pathlessCommit(stateOf(ann), [removal(1)]);
  const { epochAuthenticator } = forged.keySchedule;
  const next = { groupContext: forged.context, epochAuthenticator };
  expect(await canDeriveNext(stateOf(bob), forged.bytes, next)).toBe(true);
  // Our own refusal, which does not lean on the library's.
  const refusal = { code: 'bad_commit', message: 'a commit that must re-key has no UpdatePath' };
  await expect(cat.process(forged.bytes)).rejects.toMatchObject(refusal);
  const empty = await pathlessCommit(stateOf(ann), []);
  await expect(cat.process(empty.bytes)).rejects.toMatchObject(refusal);
  expect(cat.epochAuthenticator).toEqual(bob.epochAuthenticator);
});

test("alone, the library's own commit would be open to the removed; ours is not, nor what follows", async () => {
  const [ann, bob] = await meeting('Ann', 'Bob');
  if (ann === undefined || bob === undefined) throw new Error('too few');
  const removed = snapshot(stateOf(bob));
  const raw = await rawCommit(stateOf(ann), [removal(1)]);
  const { groupContext, keySchedule } = raw.next;
  const { epochAuthenticator } = keySchedule;
  expect(await canDeriveNext(removed, raw.bytes, { groupContext, epochAuthenticator })).toBe(true);
  const commit = await applied(ann, { remove: [1] });
  expect(await canDeriveNext(removed, commit, epochOf(ann))).toBe(false);
  const cat = await addTo(ann, 'Cat');
  expect(cat.epochAuthenticator).toEqual(ann.epochAuthenticator);
});

test('who is removed while another takes its leaf notices, and gets nothing', async () => {
  const [ann, bob, cat] = await meeting('Ann', 'Bob', 'Cat');
  if (ann === undefined || bob === undefined || cat === undefined) throw new Error('too few');
  const removed = snapshot(stateOf(bob));
  const waiting = await joiner('Dan');
  const made = await ann.commit({ add: [waiting.keyPackage], remove: [1] });
  await ann.apply(made);
  await cat.process(made.commit);
  const dan = await waiting.join(made.welcome ?? new Uint8Array(), groupId);
  expect(dan.ownLeaf).toBe(1);
  expect(await canDeriveNext(removed, made.commit, epochOf(ann))).toBe(false);
  expect(await bob.process(made.commit)).toMatchObject({ kind: 'removed' });
});

test('messages of who was removed are not heard, sealed before or after', async () => {
  const [ann, bob, cat] = await meeting('Ann', 'Bob', 'Cat');
  if (ann === undefined || bob === undefined || cat === undefined) throw new Error('too few');
  const sealed = await bob.seal(Uint8Array.of(1));
  const commit = await bob.commit({});
  const made = await applied(ann, { remove: [1] });
  await cat.process(made);
  const after = await bob.seal(Uint8Array.of(2));
  for (const message of [sealed, after])
    await expect(cat.process(message)).rejects.toMatchObject({ code: 'bad_message' });
  await expect(cat.process(commit.commit)).rejects.toMatchObject({ code: 'stale_epoch' });
  await bob.apply(commit);
  const split = await bob.commit({ remove: [0] });
  await expect(cat.process(split.commit)).rejects.toMatchObject({ code: 'bad_commit' });
  expect(cat.epochAuthenticator).toEqual(ann.epochAuthenticator);
});

test("nor when somebody else has the removed one's leaf by now", async () => {
  const [ann, bob, cat] = await meeting('Ann', 'Bob', 'Cat');
  if (ann === undefined || bob === undefined || cat === undefined) throw new Error('too few');
  const sealed = await bob.seal(Uint8Array.of(1));
  await cat.process(await applied(ann, { remove: [1] }));
  await addTo(ann, 'Dan', [cat]);
  await expect(cat.process(sealed)).rejects.toMatchObject({ code: 'bad_message' });
});

test('a joiner cannot read the past', async () => {
  const [ann, bob] = await meeting('Ann', 'Bob');
  if (ann === undefined || bob === undefined) throw new Error('too few');
  const past = await ann.seal(new TextEncoder().encode('before'));
  const before = snapshot(stateOf(ann));
  const cat = await addTo(ann, 'Cat', [bob]);
  await expect(cat.process(past)).rejects.toMatchObject({ code: 'stale_epoch' });
  const known = Object.values({ ...stateOf(cat).keySchedule }).map((secret) =>
    Buffer.from(secret).toString('hex'),
  );
  for (const secret of Object.values({ ...before.keySchedule }))
    expect(known).not.toContain(Buffer.from(secret).toString('hex'));
  expect(await bob.process(past)).toMatchObject({ kind: 'application' });
});

test('a commit whose path secrets do not open the keys that it publishes is refused, and laid to whoever made it', async () => {
  const [ann, bob, cat, dan] = await meeting('Ann', 'Bob', 'Cat', 'Dan');
  if (ann === undefined || bob === undefined || cat === undefined || dan === undefined)
    throw new Error('too few');
  const foreign = { ...suite, hpke: { ...suite.hpke, deriveKeyPair: () => suite.hpke.generateKeyPair() } };
  const forged = await rawCommit(rogueState(bob), [removal(3)], false, foreign);
  for (const group of [ann, cat])
    await expect(group.process(forged.bytes)).rejects.toMatchObject({
      code: 'bad_commit',
      message: 'a path secret does not open the keys of the tree',
    });
  // And they go on without it.
  const commit = await applied(ann, { remove: [3] });
  expect(await cat.process(commit)).toMatchObject({ kind: 'commit' });
});

test('nobody is let in with an encryption key that nothing can be sealed to', async () => {
  const [ann] = await meeting('Ann');
  if (ann === undefined) throw new Error('too few');
  const mal = await PendingJoiner.prepare({ ...seat('Mal') });
  const opened = readKeyPackage(mal.keyPackage);
  for (const key of [new Uint8Array(32), new Uint8Array(31)]) {
    const leafNode = { ...opened.leafNode, hpkePublicKey: key };
    for (const changed of [
      { ...opened, leafNode },
      { ...opened, initKey: key },
    ]) {
      const checked = checkKeyPackage(changed, await takeSeat(seat('Ann')), LIFETIMES.adding);
      await expect(checked).rejects.toMatchObject({
        message: 'an encryption key that nothing can be sealed to',
      });
    }
  }
});
