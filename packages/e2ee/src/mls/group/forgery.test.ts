import fc from 'fast-check';
import { createProposal, encodeMlsMessage, type Proposal } from 'ts-mls';
import { expect, test } from 'vitest';
import { nameIn } from '../credential/identity.ts';
import { addTo, groupId, joiner, seat } from '../testing/people.ts';
import { add, rawCommit, removal, rogueState, suite, useOfPsk } from '../testing/rogue.ts';
import { MeetingGroup, stateOf } from './MeetingGroup.ts';

async function three() {
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const bob = await addTo(ann, 'Bob');
  const cat = await addTo(ann, 'Cat', [bob]);
  return { ann, bob, cat };
}

test('no changed byte of a commit, message, Welcome or KeyPackage is taken, and nothing changes by trying', async () => {
  const { ann, bob } = await three();
  const waiting = await joiner('Dan');
  const message = await ann.seal(Uint8Array.of(1, 2, 3));
  const made = await ann.commit({ add: [waiting.keyPackage], remove: [2] });
  const welcome = made.welcome ?? new Uint8Array();
  const before = bob.epochAuthenticator;
  const targets = [
    { bytes: message, take: (bytes: Uint8Array) => bob.process(bytes) },
    { bytes: made.commit, take: (bytes: Uint8Array) => bob.process(bytes) },
    { bytes: welcome, take: (bytes: Uint8Array) => waiting.join(bytes, groupId) },
    { bytes: waiting.keyPackage, take: (bytes: Uint8Array) => bob.inspect(bytes) },
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...targets),
      fc.nat(1_000_000),
      fc.integer({ min: 1, max: 255 }),
      async (target, at, flip) => {
        const bytes = new Uint8Array(target.bytes);
        const index = at % bytes.length;
        bytes[index] = (bytes[index] ?? 0) ^ flip;
        await expect(target.take(bytes)).rejects.toMatchObject({ name: 'MlsError' });
        await expect(target.take(target.bytes.subarray(0, index))).rejects.toMatchObject({
          name: 'MlsError',
        });
      },
    ),
    { numRuns: 150 },
  );
  expect(bob.epochAuthenticator).toEqual(before);
  expect(await bob.process(message)).toMatchObject({ kind: 'application' });
  await ann.apply(made);
  await bob.process(made.commit);
  const dan = await waiting.join(welcome, groupId);
  expect([bob.epochAuthenticator, dan.epochAuthenticator]).toEqual([
    ann.epochAuthenticator,
    ann.epochAuthenticator,
  ]);
});

test('arbitrary bytes are refused', async () => {
  const { ann } = await three();
  const waiting = await joiner('Dan');
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      // An MLSMessage begins with version 1 and one of five wire formats: go past that too.
      for (const prefix of [[], [0, 1, 0, 1], [0, 1, 0, 2], [0, 1, 0, 3], [0, 1, 0, 4], [0, 1, 0, 5]]) {
        const message = Uint8Array.of(...prefix, ...bytes);
        for (const attempt of [ann.process(message), ann.inspect(message), waiting.join(message, groupId)])
          await expect(attempt).rejects.toMatchObject({ name: 'MlsError' });
      }
    }),
    { numRuns: 60 },
  );
});

test('commits are taken in order and once', async () => {
  const { ann, bob } = await three();
  const first = await ann.commit({});
  await ann.apply(first);
  const second = await ann.commit({ remove: [2] });
  await ann.apply(second);
  await expect(bob.process(second.commit)).rejects.toMatchObject({ code: 'future_epoch' });
  await bob.process(first.commit);
  await expect(bob.process(first.commit)).rejects.toMatchObject({ code: 'stale_epoch' });
  await bob.process(second.commit);
  expect(bob.epochAuthenticator).toEqual(ann.epochAuthenticator);
});

test('a commit of another group with the same people is refused', async () => {
  const { bob } = await three();
  const elsewhere = await MeetingGroup.found({ ...seat('Ann'), groupId: 'group-2' });
  await addTo(elsewhere, 'Eve');
  await addTo(elsewhere, 'Fay');
  const made = await elsewhere.commit({});
  await expect(bob.process(made.commit)).rejects.toMatchObject({ code: 'wrong_group' });
});

const unused: Record<string, Proposal> = {
  GroupContextExtensions: {
    proposalType: 'group_context_extensions',
    groupContextExtensions: { extensions: [] },
  },
  ReInit: {
    proposalType: 'reinit',
    reinit: {
      groupId: Uint8Array.of(1),
      version: 'mls10',
      cipherSuite: 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519',
      extensions: [],
    },
  },
  'a type of nobody': { proposalType: 0x0a0a, proposalData: new Uint8Array() },
};

for (const [what, proposal] of Object.entries(unused)) {
  test(`a commit with a proposal that we do not use is refused: ${what}`, async () => {
    const { ann, bob } = await three();
    const forged = await rawCommit(rogueState(ann), [proposal]);
    await expect(bob.process(forged.bytes)).rejects.toMatchObject({ code: 'bad_commit' });
    expect(bob.epochAuthenticator).toEqual(ann.epochAuthenticator);
  });
}

test('proposals on their own, commits in the clear and PSKs for nothing are refused', async () => {
  const { ann, bob } = await three();
  const alone = await createProposal(rogueState(ann), false, removal(2), suite);
  await expect(bob.process(encodeMlsMessage(alone.message))).rejects.toMatchObject({ code: 'bad_message' });
  const clear = await rawCommit(rogueState(ann), [removal(2)], true);
  await expect(bob.process(clear.bytes)).rejects.toMatchObject({ code: 'malformed' });
  const needless = await rawCommit(rogueState(ann), [removal(2), useOfPsk()]);
  await expect(bob.process(needless.bytes)).rejects.toMatchObject({ code: 'bad_commit' });
  const waiting = await joiner('Dan');
  const twice = await rawCommit(rogueState(ann), [add(waiting.keyPackage), useOfPsk(), useOfPsk()]);
  await expect(bob.process(twice.bytes)).rejects.toMatchObject({ code: 'bad_commit' });
  expect(bob.members()).toHaveLength(3);
});

test('a committer cannot become somebody else', async () => {
  const { ann, bob } = await three();
  const state = rogueState(ann);
  const other = stateOf(bob).ratchetTree[4];
  const own = state.ratchetTree[0];
  if (own?.nodeType !== 'leaf' || other?.nodeType !== 'leaf') throw new Error('no leaf');
  const ratchetTree = [...state.ratchetTree];
  ratchetTree[0] = { nodeType: 'leaf', leaf: { ...own.leaf, credential: other.leaf.credential } };
  const forged = await rawCommit({ ...state, ratchetTree }, []);
  await expect(bob.process(forged.bytes)).rejects.toMatchObject({ code: 'bad_commit' });
});

test('nobody removes itself, a blank leaf, or one leaf twice', async () => {
  const { ann } = await three();
  for (const remove of [[0], [7], [-1], [1.5]])
    await expect(ann.commit({ remove })).rejects.toMatchObject({ name: 'MlsError' });
  await expect(ann.commit({ remove: [1, 1] })).rejects.toMatchObject({ code: 'bad_commit' });
  await ann.apply(await ann.commit({ remove: [1] }));
  expect(ann.members().map(nameIn)).toEqual(['Ann', 'Cat']);
});

test('a pending commit belongs to the group that made it', async () => {
  const { ann, bob } = await three();
  const made = await ann.commit({});
  await expect(bob.apply(made)).rejects.toMatchObject({ code: 'stale_epoch' });
  await ann.apply(made);
  await expect(ann.apply(made)).rejects.toMatchObject({ code: 'stale_epoch' });
});

test('a message behind more than 256 that never came is not searched for', async () => {
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const bob = await addTo(ann, 'Bob');
  let last = new Uint8Array();
  for (let sent = 0; sent < 257; sent++) last = await ann.seal(Uint8Array.of(1));
  expect(await bob.process(last)).toMatchObject({ kind: 'application' });
  for (let sent = 0; sent < 258; sent++) last = await ann.seal(Uint8Array.of(1));
  await expect(bob.process(last)).rejects.toMatchObject({ code: 'bad_message' });
});
