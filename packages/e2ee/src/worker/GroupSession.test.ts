import { afterEach, expect, test, vi } from 'vitest';
import { MESSAGE_KINDS } from '../member-messages/memberMessage.ts';
import { groupId } from '../mls/testing/people.ts';
import { soundFrame } from './testing/FakeTransformer.ts';
import { GroupServer, Stay, type StayOptions } from './testing/GroupServer.ts';
import { receiving, sending } from './testing/people.ts';

const open: Stay[] = [];

afterEach(() => {
  for (const { session } of open.splice(0)) session.close();
});

function stay(name: string, server: GroupServer, options: StayOptions = {}): Stay {
  const made = new Stay(name, server, options);
  open.push(made);
  return made;
}

/** Olivia founded the group, and the others are in. */
async function call(...names: string[]): Promise<[GroupServer, ...Stay[]]> {
  const server = new GroupServer();
  const stays: Stay[] = [];
  for (const name of ['Olivia', ...names]) {
    const joined = stay(name, server);
    stays.push(joined);
    await server.join(joined);
    for (const each of stays) await each.until(() => each.people.length === stays.length);
  }
  return [server, ...stays];
}

const chat = { kind: MESSAGE_KINDS.chat, body: Uint8Array.of(1, 2, 3) };
const personOf = ({ id, epochs }: Stay) => {
  if (epochs === null) throw new Error('in no group');
  return { id, epochs } as Parameters<typeof sending>[0];
};

test('who founds is secured at once; who joins has the same people, and is heard', async () => {
  const [, olivia, bob] = await call('Bob');
  expect(olivia?.view?.phase).toBe('secured');
  expect(bob?.people).toEqual(['Olivia', 'Bob']);
  expect(bob?.view?.people.map(({ self }) => self)).toEqual([false, true]);
  if (olivia === undefined || bob === undefined) throw new Error('nobody');
  const clock = { now: 0 };
  const from = sending(personOf(bob), 'microphone', clock);
  const to = receiving(personOf(olivia), 'microphone', clock);
  const sent = await from.transformer.put(soundFrame([1, 2]));
  expect(sent === null ? null : await to.transformer.put(sent)).not.toBeNull();
  expect(to.senders).toEqual([bob.id]);
});

test('before the Welcome there are no keys and no people', async () => {
  const server = new GroupServer();
  const bob = stay('Bob', server);
  await bob.session.introduce({ participantId: bob.id, name: 'Bob', accountId: null, unnamed: false });
  expect(bob.epochs).toBeNull();
  expect(bob.people).toEqual([]);
  await expect(bob.session.send(chat)).rejects.toMatchObject({ code: 'closed' });
});

test('what one says, the others hear as theirs', async () => {
  const [, olivia, bob] = await call('Bob');
  await bob?.session.send(chat);
  await olivia?.until(() => olivia.heard.length === 1);
  expect(olivia?.heard[0]).toMatchObject({ ...chat, sender: { participantId: bob?.id, name: 'Bob' } });
  expect(bob?.heard).toEqual([]);
});

test('who does not know the passcode is refused, and it is shown', async () => {
  const [server, olivia] = await call();
  const mallory = stay('Mallory', server, { psk: new Uint8Array(32).fill(9) });
  await server.join(mallory);
  await olivia?.until(() => olivia.view?.refused.length === 1);
  expect(olivia?.view?.refused[0]?.participantId).toBe(mallory.id);
  expect(olivia?.asked.filter(({ type }) => type === 'commit')).toEqual([]);
  expect(olivia?.people).toEqual(['Olivia']);
  expect(mallory.epochs).toBeNull();
});

test('who is gone is removed, and what they still send is nobody’s', async () => {
  const [server, olivia, bob, cora] = await call('Bob', 'Cora');
  if (olivia === undefined || bob === undefined || cora === undefined) throw new Error('nobody');
  const clock = { now: 0 };
  const from = sending(personOf(cora), 'microphone', clock);
  const to = receiving(personOf(bob), 'microphone', clock);
  cora.network = 'cut';
  server.leave(cora);
  for (const each of [olivia, bob]) await each.until(() => each.people.length === 2);
  const sent = await from.transformer.put(soundFrame([1]));
  expect(sent === null ? null : await to.transformer.put(sent)).toBeNull();
});

test('a commit of ours whose answer got lost is taken over when we hear that it was taken', async () => {
  const [server, olivia, bob] = await call('Bob');
  if (olivia === undefined || bob === undefined) throw new Error('nobody');
  const cora = stay('Cora', server);
  await server.join(cora);
  // Olivia has the lowest leaf: it is her turn.
  olivia.network = 'answers-lost';
  await bob.until(() => bob.people.length === 3);
  expect(bob.asked.filter(({ type }) => type === 'commit')).toEqual([]);
  expect(olivia.people.length).toBe(2);
  olivia.network = 'open';
  server.resume(olivia, server.epoch - 1);
  await olivia.until(() => olivia.people.length === 3);
  expect(olivia.asked.filter(({ type }) => type === 'rejoin')).toEqual([]);
});

test('while it is not known whether a commit of ours was taken, no other one is made', async () => {
  const [server, olivia, bob] = await call('Bob');
  if (olivia === undefined || bob === undefined) throw new Error('nobody');
  const commits = () => olivia.asked.filter(({ type }) => type === 'commit').length;
  const before = commits();
  const cora = stay('Cora', server);
  await server.join(cora);
  olivia.network = 'answers-lost';
  await bob.until(() => bob.people.length === 3);
  // However long it lasts.
  server.skippedMs += 60_000;
  olivia.session.hear({ type: 'connected', participantIds: [olivia.id, bob.id] });
  // Steps are done one after the other, and so are timers: these come after all that was due.
  for (let step = 0; step < 3; step++) {
    await olivia.session.claim(olivia.introduction);
    await new Promise((resolve) => setTimeout(resolve));
  }
  expect(commits()).toBe(before + 1);
  olivia.network = 'open';
  server.resume(olivia, server.epoch - 1);
  await olivia.until(() => olivia.people.length === 3);
  expect(olivia.asked.filter(({ type }) => type === 'rejoin')).toEqual([]);
});

test('a commit that never arrived is made again when we are back', async () => {
  const [server, olivia, bob] = await call('Bob');
  if (olivia === undefined || bob === undefined) throw new Error('nobody');
  const cora = stay('Cora', server);
  const { keyPackage } = await cora.session.introduce(cora.introduction);
  bob.network = 'cut';
  const commits = () => olivia.asked.filter(({ type }) => type === 'commit').length;
  const [before, { epoch }] = [commits(), server];
  olivia.network = 'cut';
  await server.join(cora, keyPackage);
  olivia.session.hear({
    type: 'pending',
    groupId,
    waiting: [{ participantId: cora.id, entry: 'passcode', admission: null, keyPackage }],
    gone: [],
  });
  await olivia.until(() => commits() === before + 1);
  expect(server.epoch).toBe(epoch);
  olivia.network = 'open';
  server.resume(olivia, epoch);
  await olivia.until(() => olivia.people.length === 3);
  await cora.until(() => cora.people.length === 3);
});

test('who lost their network misses nothing: the commits are told when they are back', async () => {
  const [server, , bob] = await call('Bob');
  if (bob === undefined) throw new Error('nobody');
  const epoch = server.epoch;
  bob.network = 'cut';
  const cora = stay('Cora', server);
  await server.join(cora);
  await cora.until(() => cora.people.length === 3);
  bob.network = 'open';
  server.resume(bob, epoch);
  await bob.until(() => bob.people.length === 3);
  expect(bob.asked.filter(({ type }) => type === 'rejoin')).toEqual([]);
});

test('a commit that nobody could have made ends our state: we come in anew, as another leaf', async () => {
  const [server, olivia, bob] = await call('Bob');
  if (olivia === undefined || bob === undefined) throw new Error('nobody');
  const accepted = { epoch: server.epoch, commit: Uint8Array.of(1, 2, 3), added: [] };
  server.tell(bob, { type: 'commit', groupId, accepted });
  await bob.until(() => bob.asked.some(({ type }) => type === 'rejoin'));
  await bob.until(() => bob.people.length === 2);
  await olivia.until(() => olivia.people.length === 2 && olivia.view?.epoch === bob.view?.epoch);
  // Meanwhile there was no group, and so no key.
  expect(bob.views.some(({ phase }, index) => phase === 'forming' && index > 0)).toBe(true);
});

test('a Welcome that nobody asked for, news of another group and garbage change nothing', async () => {
  const [server, olivia, bob] = await call('Bob');
  if (olivia === undefined || bob === undefined) throw new Error('nobody');
  const { epochs } = bob;
  const welcome = Uint8Array.of(1, 2, 3);
  server.tell(bob, { type: 'welcome', groupId, epoch: 9, welcome });
  server.tell(bob, { type: 'commit', groupId: 'other', accepted: { epoch: 0, commit: welcome, added: [] } });
  server.tell(bob, { type: 'message', groupId, from: olivia.id, message: welcome });
  await olivia.session.send(chat);
  await bob.until(() => bob.heard.length === 1);
  expect(bob.epochs).toBe(epochs);
  expect(bob.people).toEqual(['Olivia', 'Bob']);
});

test('who comes back to the place is told what there still is of the group', async () => {
  const [server, olivia] = await call();
  if (olivia === undefined) throw new Error('nobody');
  const introduction = { participantId: olivia.id, name: 'Olivia', accountId: null, unnamed: false };
  expect(await olivia.session.claim(introduction)).toEqual({ kind: 'kept', groupId, epoch: server.epoch });
  const bob = stay('Bob', server);
  const claim = await bob.session.claim({
    participantId: bob.id,
    name: 'Bob',
    accountId: null,
    unnamed: false,
  });
  expect(claim.kind).toBe('new');
});

test('closed, it has no keys, says nothing and takes nothing', async () => {
  const [server, olivia, bob] = await call('Bob');
  if (olivia === undefined || bob === undefined) throw new Error('nobody');
  const { epochs } = bob;
  bob.session.close();
  await bob.until(() => bob.view?.phase === 'forming');
  expect(bob.epochs).toBeNull();
  await expect(epochs?.keys.sending(0)).rejects.toMatchObject({ code: 'unknown-key' });
  await expect(bob.session.send(chat)).rejects.toMatchObject({ code: 'closed' });
  server.tell(bob, { type: 'seat', seat: { role: 'founder', groupId } });
  await olivia.session.send(chat);
  expect(bob.heard).toEqual([]);
});

test('a commit that cannot be taken makes us come in anew, whatever else comes before we do', async () => {
  const [server, olivia, bob] = await call('Bob');
  if (olivia === undefined || bob === undefined) throw new Error('nobody');
  const epoch = bob.view?.epoch ?? 0;
  server.tell(bob, {
    type: 'commit',
    groupId,
    accepted: { epoch, commit: Uint8Array.of(1, 2, 3), added: [] },
  });
  for (let news = 0; news < 20; news++) {
    server.tell(bob, { type: 'connected', participantIds: [olivia.id, bob.id] });
    server.tell(bob, { type: 'settled', groupId, epoch });
    await new Promise((resolve) => setImmediate(resolve));
  }
  await bob.until(() => bob.asked.some(({ type }) => type === 'rejoin'));
  expect(bob.asked.filter(({ type }) => type === 'rejoin')).toHaveLength(1);
  await bob.until(() => bob.people.length === 2);
  await olivia.until(() => (olivia.view?.epoch ?? 0) > epoch);
});

test('from the moment at which our state is of no use there are no keys, however long the pause before the next try', async () => {
  const [server, olivia, bob] = await call('Bob');
  if (olivia === undefined || bob === undefined) throw new Error('nobody');
  const spoil = () =>
    server.tell(bob, {
      type: 'commit',
      groupId,
      accepted: { epoch: bob.view?.epoch ?? 0, commit: Uint8Array.of(1, 2, 3), added: [] },
    });
  const rejoins = () => bob.asked.filter(({ type }) => type === 'rejoin').length;
  spoil();
  await bob.until(() => rejoins() === 1);
  await bob.until(() => bob.people.length === 2);
  const { epochs } = bob;
  const since = performance.now();
  spoil();
  await bob.until(() => bob.view?.phase === 'forming');
  expect(performance.now() - since).toBeLessThan(1_000);
  expect(rejoins()).toBe(1);
  expect(bob.epochs).toBeNull();
  await expect(epochs?.keys.sending(0)).rejects.toMatchObject({ code: 'unknown-key' });
  await bob.until(() => rejoins() === 2);
  await bob.until(() => bob.people.length === 2);
});

test('who was said to be gone stays due until they are out of the tree, though the server is told they are', async () => {
  const [server, olivia, bob, cora] = await call('Bob', 'Cora');
  if (olivia === undefined || bob === undefined || cora === undefined) throw new Error('nobody');
  // Bob is second: he waits for her to remove Cora, and she only says that she did.
  olivia.network = 'cut';
  cora.network = 'cut';
  server.tell(bob, { type: 'pending', groupId, waiting: [], gone: [cora.id] });
  server.tell(bob, { type: 'pending', groupId, waiting: [], gone: [] });
  await bob.until(() => bob.people.length === 2);
  expect(bob.people).toEqual(['Olivia', 'Bob']);
  // What the server does not know of, it would not take.
  expect(bob.asked.findLast(({ type }) => type === 'commit')).toMatchObject({ added: [], removed: [] });
});

test('messages that do not open use up what their sender may say, and media is not kept waiting', async () => {
  const [server, olivia, bob, cora] = await call('Bob', 'Cora');
  if (olivia === undefined || bob === undefined || cora === undefined) throw new Error('nobody');
  for (let spoiled = 0; spoiled < 6; spoiled++)
    server.tell(olivia, { type: 'message', groupId, from: bob.id, message: Uint8Array.of(1, 2, 3) });
  let tasks = 0;
  const counting = setInterval(() => tasks++);
  await bob.session.send(chat);
  await cora.session.send(chat);
  await olivia.until(() => olivia.heard.length === 1);
  clearInterval(counting);
  expect(olivia.heard[0]?.sender).toMatchObject({ name: 'Cora' });
  expect(tasks).toBeGreaterThan(3);
});

test('a stay that is longer than its credential goes on as another leaf before it ends', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  try {
    const [, olivia, bob] = await call('Bob');
    if (olivia === undefined || bob === undefined) throw new Error('nobody');
    const rejoins = () => bob.asked.filter(({ type }) => type === 'rejoin').length;
    // She would come back as well, and founds nothing meanwhile.
    olivia.network = 'answers-lost';
    vi.advanceTimersByTime(35.9 * 60 * 60 * 1_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(rejoins()).toBe(0);
    vi.advanceTimersByTime(20 * 60 * 1_000);
    await bob.until(() => rejoins() === 1);
    expect(bob.epochs).toBeNull();
  } finally {
    vi.useRealTimers();
  }
});

test('whom a member removes unasked sees it at once, and is in again by the next commit', async () => {
  const [server, olivia, bob, cora] = await call('Bob', 'Cora');
  if (olivia === undefined || bob === undefined || cora === undefined) throw new Error('nobody');
  // Only Bob is made to believe it: to the others and to the server she is a member.
  server.tell(bob, { type: 'pending', groupId, waiting: [], gone: [cora.id] });
  await cora.until(() => cora.view?.phase === 'forming');
  expect(cora.epochs).toBeNull();
  for (const each of [cora, olivia, bob]) await each.until(() => each.people.length === 3);
  for (const each of [olivia, bob]) {
    expect(each.views.some(({ people }) => people.length === 2)).toBe(true);
    expect(each.asked.filter(({ type }) => type === 'rejoin')).toEqual([]);
  }
  expect(cora.asked.filter(({ type }) => type === 'rejoin')).toHaveLength(1);
});
