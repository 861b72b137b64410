import { expect, test } from 'vitest';
import { toBase64Url } from '../../base64url.ts';
import type { GroupMember } from '../../mls/index.ts';
import { People } from './People.ts';
import { MemoryPins } from './PinStore.ts';

const ada = '00000000-0000-4000-8000-00000000000a';
const grace = '00000000-0000-4000-8000-00000000000b';

function member(leafIndex: number, device: number, accountId: string | null): GroupMember {
  const common = {
    leafIndex,
    participantId: `participant-${String(leafIndex).padStart(4, '0')}`,
    name: `Person ${leafIndex}`,
    deviceKey: new Uint8Array(32).fill(device),
    notAfter: 1,
  };
  return accountId === null ? { kind: 'guest', ...common } : { kind: 'member', accountId, ...common };
}

async function stay(pins: MemoryPins, members: readonly GroupMember[]): Promise<People> {
  const people = new People({ pins, wallClock: () => 1_000, changed: () => {} });
  people.enter({ ownLeaf: 0, members });
  await settled();
  return people;
}

/** Memory answers within a turn. */
const settled = () => new Promise((resolve) => setTimeout(resolve));
const trusts = (people: People) => people.view().map(({ trust }) => trust);
const me = member(0, 1, ada);

test('somebody new is known in the next stay, with the same device', async () => {
  const pins = new MemoryPins();
  expect(trusts(await stay(pins, [me, member(1, 2, grace), member(2, 3, null)]))).toEqual([
    'self',
    'new',
    'guest',
  ]);
  expect(trusts(await stay(pins, [me, member(1, 2, grace)]))).toEqual(['self', 'known']);
});

test('until it has been looked up nobody is taken for anybody', () => {
  const people = new People({ pins: new MemoryPins(), wallClock: () => 1, changed: () => {} });
  people.enter({ ownLeaf: 0, members: [me, member(1, 2, grace)] });
  expect(trusts(people)).toEqual(['self', 'checking']);
});

test('a verified device stays verified; another one of that person is a change until it is answered', async () => {
  const pins = new MemoryPins();
  const first = member(1, 2, grace);
  await (await stay(pins, [me, first])).verify(first, 'qr');
  const again = await stay(pins, [me, first]);
  expect(again.view()[1]).toMatchObject({
    trust: 'verified',
    verified: { by: 'qr', at: 1_000, name: 'Person 1' },
  });

  const other = member(1, 9, grace);
  // Asked again in each stay: not to answer is no answer.
  expect(trusts(await stay(pins, [me, other]))[1]).toBe('changed');
  const third = await stay(pins, [me, other]);
  expect(trusts(third)[1]).toBe('changed');
  await third.accept(other);
  expect(trusts(third)[1]).toBe('known');
  expect(trusts(await stay(pins, [me, other]))[1]).toBe('known');
  expect(trusts(await stay(pins, [me, first]))[1]).toBe('verified');
});

test('a stranger under one’s own account is a change; one’s own leaf never is', async () => {
  const pins = new MemoryPins();
  await stay(pins, [me]);
  expect(trusts(await stay(pins, [me, member(1, 7, ada)]))).toEqual(['self', 'changed']);
});

test('a guest is verified for the stay and stays a guest when it is taken back', async () => {
  const guest = member(1, 5, null);
  const people = await stay(new MemoryPins(), [me, guest]);
  await people.verify(guest, 'digits');
  expect(trusts(people)[1]).toBe('verified');
  await people.verify(guest, null);
  expect(trusts(people)[1]).toBe('guest');
  // A guest's key says nothing of an account that comes with the same one.
  people.enter({ ownLeaf: 0, members: [me, member(1, 5, grace)] });
  await settled();
  expect(trusts(people)[1]).toBe('new');
});

test('a verified device under another name is not verified: it says under which one it was', async () => {
  const pins = new MemoryPins();
  const grace1 = member(1, 2, grace);
  const boss = { ...grace1, name: 'Bob the boss' };
  const first = await stay(pins, [me, grace1]);
  await first.verify(grace1, 'digits');
  // In the same stay, and in the next one.
  first.enter({ ownLeaf: 0, members: [me, boss] });
  await settled();
  for (const people of [first, await stay(pins, [me, boss])])
    expect(people.view()[1]).toMatchObject({ trust: 'renamed', verified: { name: 'Person 1' } });
  // Until codes are compared under that name.
  await first.verify(boss, 'qr');
  expect(trusts(first)[1]).toBe('verified');
  expect(trusts(await stay(pins, [me, boss]))[1]).toBe('verified');
});

test('a guest who was verified is nobody under another name; one’s own new name is no matter', async () => {
  const pins = new MemoryPins();
  const guest = member(1, 5, null);
  const people = await stay(pins, [me, guest]);
  await people.verify(guest, 'digits');
  people.enter({ ownLeaf: 0, members: [me, { ...guest, name: 'Bob the boss' } as GroupMember] });
  expect(trusts(people)[1]).toBe('guest');
  const renamed = { ...me, name: 'Ada L.' };
  await stay(pins, [renamed]);
  expect(trusts(await stay(pins, [member(0, 8, null), { ...renamed, leafIndex: 1 }]))[1]).toBe('verified');
});

test('who comes after the comparison is marked: coming back in the same stay is not coming', async () => {
  const people = await stay(new MemoryPins(), [me, member(1, 2, grace)]);
  people.compared();
  people.enter({ ownLeaf: 0, members: [me, member(1, 2, grace), member(2, 3, null)] });
  expect(people.view().map(({ joinedSince }) => joinedSince)).toEqual([false, false, true]);
  expect(people.view().map(({ joinedAt }) => joinedAt)).toEqual([null, null, 1_000]);
  people.enter({ ownLeaf: 0, members: [me] });
  people.enter({ ownLeaf: 0, members: [me, member(1, 2, grace), member(2, 8, null)] });
  expect(people.view().map(({ joinedSince }) => joinedSince)).toEqual([false, false, true]);
});

test('who was there when the code was compared was so under one name, in one stay', async () => {
  const there = member(1, 2, null);
  const people = await stay(new MemoryPins(), [me, there]);
  people.compared();
  for (const since of [
    { ...there, name: 'Bob the boss' },
    { ...there, participantId: 'participant-0009' },
  ]) {
    people.enter({ ownLeaf: 0, members: [me, since] });
    expect(people.view()[1]?.joinedSince).toBe(true);
  }
  people.enter({ ownLeaf: 0, members: [me, there] });
  expect(people.view()[1]?.joinedSince).toBe(false);
});

test('in another group a comparison says nothing, and says so', async () => {
  const people = await stay(new MemoryPins(), [me]);
  expect(people.comparison.name).toBe('never');
  people.leave();
  expect(people.comparison.name).toBe('never');
  people.enter({ ownLeaf: 0, members: [me] });
  people.compared();
  people.leave();
  people.enter({ ownLeaf: 0, members: [me, member(1, 3, null)] });
  expect(people.comparison.name).toBe('lost');
  expect(people.view()[1]?.joinedSince).toBe(false);
});

test('a word about a device is not taken for the one that replaced it', async () => {
  const people = await stay(new MemoryPins(), [me, member(1, 2, grace)]);
  const ref = { participantId: 'participant-0001', deviceKey: toBase64Url(new Uint8Array(32).fill(2)) };
  expect(people.find(ref)?.leafIndex).toBe(1);
  people.enter({ ownLeaf: 0, members: [me, member(1, 4, grace)] });
  expect(people.find(ref)).toBeNull();
  expect(people.find({ ...ref, participantId: me.participantId })).toBeNull();
});

test('whoever has no name is nobody; introduced, they are judged by their own device', async () => {
  const pins = new MemoryPins();
  await stay(pins, [me, member(1, 2, grace)]);
  const { leafIndex, participantId, notAfter } = member(1, 7, null);
  const nobody: GroupMember = {
    ...{ kind: 'unnamed', leafIndex, participantId, notAfter },
    deviceKey: new Uint8Array(32).fill(7),
  };
  const people = await stay(pins, [me, nobody]);
  expect(trusts(people)).toEqual(['self', 'guest']);
  people.enter({ ownLeaf: 0, members: [me, member(1, 2, grace)] });
  await settled();
  expect(trusts(people)).toEqual(['self', 'known']);
});
