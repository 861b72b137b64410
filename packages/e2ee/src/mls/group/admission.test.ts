import { createGroup, encodeMlsMessage, generateKeyPackageWithKey } from 'ts-mls';
import { expect, test, vi } from 'vitest';
import { makeDeviceKey } from '../credential/deviceKey.ts';
import { nameIn } from '../credential/identity.ts';
import { issueCredential, type Joiner } from '../credential/issueCredential.ts';
import { deriveMeetingKeys } from '../credential/MeetingKeys.ts';
import { defaultSuite } from '../crypto/suite.ts';
import { addTo, groupId, guest, joiner, meetingId, psk, seat } from '../testing/people.ts';
import { add, pathlessCommit, rawCommit, rogueState, suite, useOfPsk } from '../testing/rogue.ts';
import { ourCapabilities } from '../tree/checkLeaf.ts';
import { identityOf } from '../tree/leaves.ts';
import { encodeKeyPackage } from './keyPackage.ts';
import { MeetingGroup, stateOf } from './MeetingGroup.ts';
import { readKeyPackage } from './wire.ts';

const day = 86_400_000;

/** A correctly signed KeyPackage around any identity. */
async function packageWith(identity: (leafKey: Uint8Array) => Promise<Uint8Array> | Uint8Array) {
  const leafKeys = await suite.signature.keygen();
  return await generateKeyPackageWithKey(
    { credentialType: 'basic', identity: await identity(leafKeys.publicKey) },
    ourCapabilities(defaultSuite),
    { notBefore: 0n, notAfter: 2n ** 62n },
    [],
    leafKeys,
    suite,
  );
}

async function ghostBytes(identity: (leafKey: Uint8Array) => Promise<Uint8Array> | Uint8Array) {
  return encodeKeyPackage((await packageWith(identity)).publicPackage);
}

async function issue(me: Joiner, leafKey: Uint8Array, over: { psk?: Uint8Array; meetingId?: string } = {}) {
  const keys = await deriveMeetingKeys(over.psk ?? psk);
  return await issueCredential(me, over.meetingId ?? meetingId, keys, leafKey);
}

const strangersPsk = new Uint8Array(32).fill(8);

/** Everything that a server could try to get somebody in without the meeting's secret. */
const ghosts: Record<string, () => Promise<Uint8Array>> = {
  'a tag made without the secret': async () => (await joiner('Eve', { psk: strangersPsk })).keyPackage,
  'a credential of another meeting': async () => (await joiner('Eve', { meetingId: 'another' })).keyPackage,
  "somebody's credential on another leaf key": async () => {
    const bob = readKeyPackage((await joiner('Bob')).keyPackage);
    return await ghostBytes(() => identityOf(bob.leafNode));
  },
  'a name that was changed afterwards': async () =>
    await ghostBytes(async (leafKey) => {
      const identity = await issue(guest('Bob'), leafKey);
      const at = 2 + 1 + 12 + 2;
      identity.set(new TextEncoder().encode('Rob'), at);
      return identity;
    }),
  'the device key of somebody else': async () =>
    await ghostBytes(async (leafKey) => {
      const { privateKey } = await makeDeviceKey();
      const me = guest('Bob');
      return await issue({ ...me, device: { publicKey: me.device.publicKey, privateKey } }, leafKey);
    }),
  'a credential that is over soon': async () =>
    (await joiner('Bob', { me: guest('Bob', { notAfter: Date.now() + day / 4 }) })).keyPackage,
  'a credential that is over': async () =>
    (await joiner('Bob', { me: guest('Bob', { notAfter: Date.now() - 1 }) })).keyPackage,
  'a credential that is valid for ever': async () =>
    (await joiner('Bob', { me: guest('Bob', { notAfter: Date.now() + 4 * day }) })).keyPackage,
};

for (const [what, make] of Object.entries(ghosts)) {
  test(`a ghost is refused by who would add it and by every other member: ${what}`, async () => {
    const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
    const bob = await addTo(ann, 'Bob');
    const keyPackage = await make();
    await expect(ann.inspect(keyPackage)).rejects.toMatchObject({ code: 'bad_credential' });
    await expect(ann.commit({ add: [keyPackage] })).rejects.toMatchObject({ code: 'bad_credential' });
    const forged = await rawCommit(rogueState(ann), [add(keyPackage), useOfPsk()]);
    await expect(bob.process(forged.bytes)).rejects.toMatchObject({ code: 'bad_credential' });
    expect(bob.members().map(nameIn)).toEqual(['Ann', 'Bob']);
    expect(bob.epochAuthenticator).toEqual(ann.epochAuthenticator);
  });
}

test('bytes that are no credential, and credentials of other kinds, are refused', async () => {
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const bad = [
    await ghostBytes(() => new TextEncoder().encode('eve')),
    await ghostBytes(async (leafKey) => Uint8Array.of(...(await issue(guest('Bob'), leafKey)), 0)),
    new Uint8Array(),
    (await joiner('Bob')).keyPackage.subarray(1),
    Uint8Array.of(...(await joiner('Bob')).keyPackage, 0),
  ];
  for (const keyPackage of bad)
    await expect(ann.inspect(keyPackage)).rejects.toMatchObject({
      code: expect.stringMatching(/malformed|bad_key_package/),
    });
});

test('a KeyPackage outside our profile is refused', async () => {
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const leafKeys = await suite.signature.keygen();
  const make = async (capabilities: ReturnType<typeof ourCapabilities>, extended: boolean) =>
    await generateKeyPackageWithKey(
      { credentialType: 'basic', identity: await issue(guest('Bob'), leafKeys.publicKey) },
      capabilities,
      { notBefore: 0n, notAfter: 2n ** 62n },
      extended ? [{ extensionType: 'application_id', extensionData: Uint8Array.of(1) }] : [],
      leafKeys,
      suite,
    );
  const ours = ourCapabilities(defaultSuite);
  const extended = await make(ours, true);
  const capable = await make({ ...ours, proposals: [77] }, false);
  for (const { publicPackage } of [extended, capable])
    await expect(ann.inspect(encodeKeyPackage(publicPackage))).rejects.toMatchObject({
      code: 'bad_key_package',
    });
  const { publicPackage } = await make(ours, false);
  const unsigned = { ...publicPackage, signature: new Uint8Array(64) };
  await expect(ann.inspect(encodeKeyPackage(unsigned))).rejects.toMatchObject({ code: 'bad_key_package' });
});

test('one participant id is in the tree once, whoever makes the commit', async () => {
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const me = guest('Cat');
  const first = await joiner('Cat', { me });
  const bob = await addTo(ann, 'Bob');
  const twins = [first.keyPackage, (await joiner('Cat', { me })).keyPackage];
  await expect(ann.commit({ add: twins })).rejects.toMatchObject({ code: 'duplicate' });
  const forged = await rawCommit(rogueState(ann), [...twins.map(add), useOfPsk()]);
  await expect(bob.process(forged.bytes)).rejects.toMatchObject({ code: 'duplicate' });
  const [bobsId] = bob
    .members()
    .flatMap((member) => (nameIn(member) === 'Bob' ? [member.participantId] : []));
  const impostor = await joiner('Bob', { me: guest('Bob', { participantId: bobsId ?? '' }) });
  await expect(ann.commit({ add: [impostor.keyPackage] })).rejects.toMatchObject({ code: 'duplicate' });
  const second = await rawCommit(rogueState(ann), [add(impostor.keyPackage), useOfPsk()]);
  await expect(bob.process(second.bytes)).rejects.toMatchObject({ code: 'duplicate' });
  expect(bob.epochAuthenticator).toEqual(ann.epochAuthenticator);
});

test('a KeyPackage is added once: not again after its owner was removed', async () => {
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const waiting = await joiner('Bob');
  await ann.apply(await ann.commit({ add: [waiting.keyPackage] }));
  await ann.apply(await ann.commit({ remove: [1] }));
  await expect(ann.commit({ add: [waiting.keyPackage] })).rejects.toMatchObject({ code: 'seen_before' });
});

test("an Add without the meeting's secret is refused by members, and its Welcome by who joins", async () => {
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const bob = await addTo(ann, 'Bob');
  const waiting = await joiner('Cat');
  const forged = await rawCommit(rogueState(ann), [add(waiting.keyPackage)]);
  await expect(bob.process(forged.bytes)).rejects.toMatchObject({ code: 'bad_commit' });
  const welcome = encodeWelcome(forged.welcome);
  await expect(waiting.join(welcome, groupId)).rejects.toMatchObject({ code: 'bad_welcome' });
});

test('a group that the server founds for a joiner is refused: it cannot know the secret', async () => {
  const waiting = await joiner('Bob');
  const server = await packageWith(
    async (leafKey) => await issue(guest('Ann'), leafKey, { psk: strangersPsk }),
  );
  const state = await createGroup(
    new TextEncoder().encode(groupId),
    server.publicPackage,
    server.privatePackage,
    [],
    suite,
  );
  const withSecret = await rawCommit(state, [add(waiting.keyPackage), useOfPsk()]);
  // The tree names nobody who is admitted, even when the PSK were known.
  await expect(waiting.join(encodeWelcome(withSecret.welcome), groupId)).rejects.toMatchObject({
    code: 'bad_credential',
  });
  const without = await rawCommit(state, [add(waiting.keyPackage)]);
  await expect(waiting.join(encodeWelcome(without.welcome), groupId)).rejects.toMatchObject({
    code: 'bad_welcome',
  });
});

test('a joiner refuses a tree with a ghost in it, and a Welcome to another group', async () => {
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const ghost = (await joiner('Eve', { psk: strangersPsk })).keyPackage;
  const haunted = await rawCommit(rogueState(ann), [add(ghost), useOfPsk()]);
  const waiting = await joiner('Bob');
  const forged = await rawCommit(haunted.next, [add(waiting.keyPackage), useOfPsk()]);
  await expect(waiting.join(encodeWelcome(forged.welcome), groupId)).rejects.toMatchObject({
    code: 'bad_credential',
  });
  const made = await ann.commit({ add: [waiting.keyPackage] });
  const welcome = made.welcome ?? new Uint8Array();
  await expect(waiting.join(welcome, 'group-2')).rejects.toMatchObject({ code: 'wrong_group' });
  const other = await joiner('Cat');
  await expect(other.join(welcome, groupId)).rejects.toMatchObject({ code: 'bad_welcome' });
  await ann.apply(made);
  const bob = await waiting.join(welcome, groupId);
  expect(bob.epochAuthenticator).toEqual(ann.epochAuthenticator);
  await expect(waiting.join(welcome, groupId)).rejects.toMatchObject({ code: 'closed' });
});

test('a pathless Add is what we make; with the right tag and the secret others follow it', async () => {
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const bob = await addTo(ann, 'Bob');
  const waiting = await joiner('Cat');
  const made = await pathlessCommit(stateOf(ann), [add(waiting.keyPackage), useOfPsk()]);
  expect(await bob.process(made.bytes)).toMatchObject({ kind: 'commit' });
  expect(bob.members().map(nameIn)).toEqual(['Ann', 'Bob', 'Cat']);
});

test('from the end of its credential on a member changes nothing, also not by a commit without a path', async () => {
  let ahead = 0;
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const waiting = await joiner('Bob', { now: () => Date.now() + ahead });
  const made = await ann.commit({ add: [waiting.keyPackage] });
  await ann.apply(made);
  const bob = await waiting.join(made.welcome ?? new Uint8Array(), groupId);
  const cat = await ann.commit({ add: [(await joiner('Cat')).keyPackage] });
  ahead = 3 * day + 1_000;
  await expect(bob.process(cat.commit)).rejects.toMatchObject({ code: 'bad_credential' });
  ahead = 2 * day + 1_000;
  await expect(bob.commit({})).rejects.toMatchObject({ code: 'bad_credential' });
  ahead = 0;
  expect(await bob.process(cat.commit)).toMatchObject({ kind: 'commit' });
});

test('a day or less before its end nobody adds a credential, and whoever follows is half a day more patient', async () => {
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const ann = await MeetingGroup.found({ ...seat('Ann', { now }), groupId });
  const bob = await addTo(ann, 'Bob', []);
  const { keyPackage } = await joiner('Cat');
  const made = await ann.commit({ add: [keyPackage] });
  ahead = day + 1_000;
  await expect(ann.inspect(keyPackage)).rejects.toMatchObject({ code: 'bad_credential' });
  await expect(ann.commit({ add: [keyPackage] })).rejects.toMatchObject({ code: 'bad_credential' });
  expect(await bob.process(made.commit)).toMatchObject({ kind: 'commit' });
});

test('somebody who stays past the end of their credential keeps nobody out', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
    const bob = await addTo(ann, 'Bob');
    vi.setSystemTime(Date.now() + 1.5 * day);
    // Ann is there by another leaf, too; Bob is not.
    const renewed = await addTo(ann, 'Ann', [bob]);
    vi.setSystemTime(Date.now() + 1.5 * day);
    const cat = await addTo(renewed, 'Cat');
    expect(cat.members().map(nameIn)).toEqual(['Ann', 'Bob', 'Ann', 'Cat']);
  } finally {
    vi.useRealTimers();
  }
});

test('account holders and guests are told apart', async () => {
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const accountId = '0f8fad5b-d9cb-469f-a165-70867728950e';
  const { device, participantId } = guest('Bob');
  const notAfter = Date.now() + 2 * day;
  const me: Joiner = { kind: 'member', accountId, name: 'Bob', participantId, notAfter, device };
  const waiting = await joiner('Bob', { me });
  expect(await ann.inspect(waiting.keyPackage)).toMatchObject({ kind: 'member', accountId, participantId });
  expect(ann.members()[0]).toMatchObject({ kind: 'guest', name: 'Ann', leafIndex: 0 });
});

function encodeWelcome(welcome: Awaited<ReturnType<typeof rawCommit>>['welcome']): Uint8Array {
  if (welcome === undefined) throw new Error('no Welcome');
  return encodeMlsMessage({ welcome, wireformat: 'mls_welcome', version: 'mls10' });
}
