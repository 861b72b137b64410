import { expect, test } from 'vitest';
import { nameIn } from '../credential/identity.ts';
import { MLS_LIMITS } from '../limits.ts';
import { addTo, groupId, guest, joiner, remove, seat } from '../testing/people.ts';
import { MeetingGroup } from './MeetingGroup.ts';

const text = new TextEncoder();

test('members agree on epoch, keys and people', async () => {
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const bob = await addTo(ann, 'Bob');
  const cat = await addTo(bob, 'Cat', [ann]);
  const groups = [ann, bob, cat];
  expect(groups.map((group) => group.epoch)).toEqual([2, 2, 2]);
  expect(groups.map((group) => group.ownLeaf)).toEqual([0, 1, 2]);
  for (const group of groups) {
    expect(group.members().map(nameIn)).toEqual(['Ann', 'Bob', 'Cat']);
    expect(group.epochAuthenticator).toEqual(ann.epochAuthenticator);
    const secret = await group.exporter('Conclave SFrame v1', text.encode('x'), 32);
    expect(secret).toEqual(await ann.exporter('Conclave SFrame v1', text.encode('x'), 32));
    expect(secret).not.toEqual(await ann.exporter('Conclave SFrame v1', text.encode('y'), 32));
  }
});

test('messages arrive with their proven sender, also from the epoch before, and once only', async () => {
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const bob = await addTo(ann, 'Bob');
  const early = await bob.seal(text.encode('early'));
  const late = await bob.seal(text.encode('late'));
  expect(await ann.process(early)).toMatchObject({
    kind: 'application',
    epoch: 1,
    sender: { name: 'Bob', leafIndex: 1 },
    bytes: text.encode('early'),
  });
  await addTo(ann, 'Cat', [bob]);
  expect(await ann.process(late)).toMatchObject({ epoch: 1, bytes: text.encode('late') });
  await expect(ann.process(late)).rejects.toMatchObject({ code: 'bad_message' });
  await expect(ann.process(early)).rejects.toMatchObject({ code: 'bad_message' });
  await expect(bob.process(late)).rejects.toMatchObject({ code: 'bad_message' });
});

test('a message that came between making a commit and its acceptance cannot be replayed afterwards', async () => {
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const bob = await addTo(ann, 'Bob');
  const made = await ann.commit({});
  const message = await bob.seal(text.encode('once'));
  await ann.process(message);
  await ann.apply(made);
  await expect(ann.process(message)).rejects.toMatchObject({ code: 'bad_message' });
});

test('keys of past epochs are gone when they are told to be, and after eight epochs in any case', async () => {
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const bob = await addTo(ann, 'Bob');
  const messages = [await bob.seal(text.encode('a')), await bob.seal(text.encode('b'))];
  await ann.apply(await ann.commit({}));
  await ann.process(messages[0] ?? new Uint8Array());
  await ann.forgetEpochsBefore(2);
  await expect(ann.process(messages[1] ?? new Uint8Array())).rejects.toMatchObject({ code: 'stale_epoch' });
  const other = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const cat = await addTo(other, 'Cat');
  const old = await cat.seal(text.encode('c'));
  for (let epoch = 0; epoch < 9; epoch++) await other.apply(await other.commit({}));
  await expect(other.process(old)).rejects.toMatchObject({ code: 'stale_epoch' });
});

test('of two commits one wins: the loser drops its own and follows', async () => {
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const bob = await addTo(ann, 'Bob');
  const waiting = await joiner('Cat');
  const [byAnn, byBob] = await Promise.all([
    ann.commit({ add: [waiting.keyPackage] }),
    bob.commit({ add: [waiting.keyPackage] }),
  ]);
  await ann.apply(byAnn);
  await bob.process(byAnn.commit);
  await expect(bob.apply(byBob)).rejects.toMatchObject({ code: 'stale_epoch' });
  await expect(ann.process(byBob.commit)).rejects.toMatchObject({ code: 'stale_epoch' });
  const cat = await waiting.join(byAnn.welcome ?? new Uint8Array(), groupId);
  expect(bob.epochAuthenticator).toEqual(ann.epochAuthenticator);
  expect(cat.epochAuthenticator).toEqual(ann.epochAuthenticator);
});

test('two commits of one epoch by one member never share a key', async () => {
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const bob = await addTo(ann, 'Bob');
  await ann.commit({});
  const second = await ann.commit({});
  expect(await bob.process(second.commit)).toMatchObject({ kind: 'commit', epoch: 2 });
  await ann.apply(second);
  expect(ann.epochAuthenticator).toEqual(bob.epochAuthenticator);
});

test('who returns gets a new leaf by the commit that takes the old one away', async () => {
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const me = guest('Bob');
  const first = await joiner('Bob', { me });
  const made = await ann.commit({ add: [first.keyPackage] });
  await ann.apply(made);
  const old = await first.join(made.welcome ?? new Uint8Array(), groupId);
  const again = await joiner('Bob', { me });
  await expect(ann.commit({ add: [again.keyPackage] })).rejects.toMatchObject({ code: 'duplicate' });
  const back = await ann.commit({ add: [again.keyPackage], remove: [1] });
  const change = await ann.apply(back);
  expect(change.added.map((member) => member.leafIndex)).toEqual([1]);
  const bob = await again.join(back.welcome ?? new Uint8Array(), groupId);
  expect(bob.epochAuthenticator).toEqual(ann.epochAuthenticator);
  expect(await old.process(back.commit)).toMatchObject({ kind: 'removed', committer: { name: 'Ann' } });
  await expect(old.seal(new Uint8Array())).rejects.toMatchObject({ code: 'removed' });
});

test('a policy may refuse a change; the group stays as it was and can take another', async () => {
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const bob = await addTo(ann, 'Bob');
  const cat = await addTo(ann, 'Cat', [bob]);
  const unfriendly = await cat.commit({ remove: [0] });
  const before = bob.epochAuthenticator;
  const refusal = bob.process(unfriendly.commit, ({ committer, removed }) => {
    expect(nameIn(committer)).toBe('Cat');
    expect(removed.map(nameIn)).toEqual(['Ann']);
    return false;
  });
  await expect(refusal).rejects.toMatchObject({ code: 'refused' });
  expect(bob.epochAuthenticator).toEqual(before);
  await remove(ann, 2, [bob]);
  expect(bob.epochAuthenticator).toEqual(ann.epochAuthenticator);
});

test('a closed group has no keys left to use', async () => {
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
  await ann.close();
  await ann.close();
  await expect(ann.exporter('x', new Uint8Array(), 32)).rejects.toMatchObject({ code: 'closed' });
  expect(() => ann.epochAuthenticator).toThrow();
});

test('what is too large is refused', async () => {
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
  await expect(ann.seal(new Uint8Array(40 * 1024 + 1))).rejects.toMatchObject({ code: 'too_large' });
  await expect(ann.process(new Uint8Array(MLS_LIMITS.commitBytes + 1))).rejects.toMatchObject({
    code: 'too_large',
  });
  await expect(ann.inspect(new Uint8Array(4_000))).rejects.toMatchObject({ code: 'too_large' });
  await expect(MeetingGroup.found({ ...seat('Ann'), groupId: '' })).rejects.toMatchObject({
    code: 'malformed',
  });
});
