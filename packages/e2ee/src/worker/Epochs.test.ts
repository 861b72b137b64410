import { expect, test } from 'vitest';
import { SOURCE_CONTEXT } from '../envelope/frame.ts';
import { addTo, remove } from '../mls/testing/people.ts';
import { members, type Person, personOf } from './testing/people.ts';

const contextId = SOURCE_CONTEXT.camera;

test('a member who joins: senders wait a second, and old frames are opened for five', async () => {
  const [olivia, bob] = (await members(2)) as [Person, Person];
  const before = BigInt(bob.group.epoch);
  await addTo(olivia.group, 'Cora', [bob.group]);
  await bob.epochs.enter(bob.group, [], 0);
  expect((await bob.epochs.keys.sending(0)).epoch).toBe(before);
  bob.epochs.update(1_000);
  expect((await bob.epochs.keys.sending(0)).epoch).toBe(before + 1n);
  expect(bob.epochs.participantAt(before, olivia.group.ownLeaf, 4_999)).toBe(olivia.id);
  bob.epochs.update(5_000);
  expect(bob.epochs.participantAt(before, olivia.group.ownLeaf, 5_000)).toBeNull();
  expect(bob.epochs.participantAt(before + 1n, olivia.group.ownLeaf, 5_000)).toBe(olivia.id);
});

test('when all have the epoch nobody waits', async () => {
  const [olivia, bob] = (await members(2)) as [Person, Person];
  await addTo(olivia.group, 'Cora', [bob.group]);
  await bob.epochs.enter(bob.group, [], 0);
  bob.epochs.settle(bob.group.epoch, 10);
  expect((await bob.epochs.keys.sending(0)).epoch).toBe(BigInt(bob.group.epoch));
});

test('somebody who is removed is nobody at once, in old epochs too; we send in the new one at once', async () => {
  const [olivia, bob, cora] = (await members(3)) as [Person, Person, Person];
  const before = BigInt(bob.group.epoch);
  const removed = bob.group.members().filter(({ leafIndex }) => leafIndex === cora.group.ownLeaf);
  await remove(olivia.group, cora.group.ownLeaf, [bob.group]);
  await bob.epochs.enter(bob.group, removed, 0);
  expect(bob.epochs.participantAt(before, cora.group.ownLeaf, 0)).toBeNull();
  expect(bob.epochs.participantAt(before, olivia.group.ownLeaf, 1_999)).toBe(olivia.id);
  expect((await bob.epochs.keys.sending(0)).epoch).toBe(before + 1n);
});

test('closed, it knows nobody and encrypts nothing', async () => {
  const [olivia, bob] = (await members(2)) as [Person, Person];
  bob.epochs.close();
  expect(bob.epochs.participantAt(BigInt(bob.group.epoch), olivia.group.ownLeaf, 0)).toBeNull();
  await expect(bob.epochs.keys.sending(0)).rejects.toMatchObject({ code: 'unknown-key' });
});

test('a signed list is checked by the keys of its epoch for as long as that is known', async () => {
  const [olivia, bob] = (await members(2)) as [Person, Person];
  const leafIndex = olivia.group.ownLeaf;
  const epoch = BigInt(olivia.group.epoch);
  const fact = { epoch, counter: 4n, hash: 5n };
  const list = await olivia.epochs.sign(contextId, [fact]);
  expect(await bob.epochs.check(list, { epoch, leafIndex, contextId })).toEqual([fact]);
  // Whoever joins now has never heard of that epoch; and who was there forgets it.
  const cora = await personOf(await addTo(olivia.group, 'Cora', [bob.group]));
  await bob.epochs.enter(bob.group, [], 0);
  const later = { epoch: epoch + 1n, leafIndex, contextId };
  expect(await cora.epochs.check(list, later)).toEqual([]);
  expect(await bob.epochs.check(list, later)).toEqual([fact]);
  bob.epochs.settle(bob.group.epoch, 1);
  bob.epochs.update(6_000);
  expect(await bob.epochs.check(list, later)).toEqual([]);
});

test('a leaf that was somebody else’s before answers for nothing of theirs', async () => {
  const [olivia, bob, cora] = (await members(3)) as [Person, Person, Person];
  const leafIndex = cora.group.ownLeaf;
  const before = BigInt(bob.group.epoch);
  const list = await cora.epochs.sign(contextId, [{ epoch: before, counter: 1n, hash: 1n }]);
  await remove(olivia.group, leafIndex, [bob.group]);
  await bob.epochs.enter(bob.group, [], 0);
  const dan = await personOf(await addTo(olivia.group, 'Dan', [bob.group]));
  await bob.epochs.enter(bob.group, [], 0);
  expect(dan.group.ownLeaf).toBe(leafIndex);
  const carrier = { epoch: BigInt(bob.group.epoch), leafIndex, contextId };
  expect(await bob.epochs.check(list, carrier)).toBeNull();
  // And what Dan says of Cora's frames counts for nothing.
  const lie = await dan.epochs.sign(contextId, [
    { epoch: before, counter: 9n, hash: 9n },
    { epoch: carrier.epoch, counter: 1n, hash: 1n },
  ]);
  expect(await bob.epochs.check(lie, carrier)).toEqual([{ epoch: carrier.epoch, counter: 1n, hash: 1n }]);
});

test('when the group is over nothing is signed', async () => {
  const [olivia] = (await members(1)) as [Person];
  await olivia.group.close();
  const fact = { epoch: 0n, counter: 1n, hash: 1n };
  await expect(olivia.epochs.sign(contextId, [fact])).rejects.toMatchObject({ code: 'closed' });
});
