import { describe, expect, it, vi } from 'vitest';
import { encodeFileMessage } from '../files/fileMessage.ts';
import { OutgoingFile } from '../files/OutgoingFile.ts';
import { MESSAGE_KINDS, type MemberMessage } from '../member-messages/memberMessage.ts';
import type { GroupMember } from '../mls/index.ts';
import { Files } from './Files.ts';
import type { FileNews } from './fileCalls.ts';

const id = 'AAECAwQFBgcICQoLDA0ODw';
const offered = `${id}/ada`;
const byMallory = `${id}/mallory`;

function member(participantId: string): GroupMember {
  const deviceKey = new Uint8Array(32);
  return {
    kind: 'guest',
    participantId,
    name: participantId.toUpperCase(),
    deviceKey,
    notAfter: 0,
    leafIndex: 1,
  };
}

/** Two members whose messages reach each other at once. */
function twoMembers() {
  const news: FileNews[] = [];
  const sent: MemberMessage[] = [];
  let now = 0;
  let members = new Set(['1/bob/0']);
  const timers: (() => void)[] = [];
  const common = {
    now: () => now,
    members: () => members,
    random: () => 0,
    after: (_ms: number, run: () => void) => void timers.push(run),
  };
  const bob = new Files({ ...common, send: async () => {}, tell: (one) => void news.push(one) });
  const ada = new Files({
    send: async (message) => {
      sent.push(message);
      bob.receive({ ...message, sender: member('ada'), epoch: 1 });
    },
    tell: () => {},
    ...common,
  });
  const askAda = () => {
    const body = encodeFileMessage({ type: 'again' });
    ada.receive({ kind: MESSAGE_KINDS.file, body, sender: member('bob'), epoch: 1 });
  };
  const runTimers = () => {
    for (const run of timers.splice(0)) run();
  };
  const join = (one: string) => {
    members = new Set([...members, one]);
  };
  const say = (message: MemberMessage, from: string) =>
    bob.receive({ ...message, sender: member(from), epoch: 1 });
  return {
    ada: ada.handlers,
    bob: bob.handlers,
    news,
    sent,
    say,
    askAda,
    runTimers,
    join,
    wait: (ms: number) => (now += ms),
  };
}

async function offer({ ada }: ReturnType<typeof twoMembers>, file: Blob, name: string) {
  const { parts } = await ada['file-prepare']({ id, file, name });
  const sealed = [];
  for (let part = 0; part < parts; part++) sealed.push(await ada['file-seal']({ id, part }));
  await ada['file-offer']({ id });
  return sealed;
}

describe('a file', () => {
  it('is offered with its name and type by content, and comes out whole', async () => {
    const two = twoMembers();
    const sealed = await offer(two, new Blob(['Hello, '.repeat(60_000)]), '../Hello.txt');
    expect(two.news).toEqual([
      {
        type: 'offered',
        file: {
          ...{ id: offered, name: '_Hello.txt', size: 420_000, mediaType: 'text/plain' },
          from: { participantId: 'ada', name: 'ADA', isGuest: true },
        },
      },
    ]);
    expect(await two.bob['file-begin']({ id: offered })).toMatchObject({ parts: sealed.length });
    for (const [part, bytes] of sealed.entries())
      await two.bob['file-open']({ id: offered, part, sealed: bytes });
    const content = await two.bob['file-finish']({ id: offered });
    expect(content.type).toBe('application/octet-stream');
    expect(await content.text()).toBe('Hello, '.repeat(60_000));
  });

  it('that is a program is not sent', async () => {
    const { ada } = twoMembers();
    const file = new Blob([Uint8Array.of(0x4d, 0x5a, 0x90)]);
    await expect(ada['file-prepare']({ id, file, name: 'a.pdf' })).rejects.toMatchObject({
      code: 'file.program',
    });
    await expect(ada['file-seal']({ id, part: 0 })).rejects.toMatchObject({ code: 'file.unknown' });
  });

  it('that is not what its sender says is not handed out', async () => {
    const { ada, bob, say, sent } = twoMembers();
    await ada['file-prepare']({ id, file: new Blob(['hello']), name: 'a' });
    const sealed = await ada['file-seal']({ id, part: 0 });
    await ada['file-offer']({ id });
    const [honest] = sent;
    const other = 'AAECAwQFBgcICQoLDA0OEA';
    expect(honest).toBeDefined();
    // The same words under another type, by a client that is not ours.
    const lying = Buffer.from(honest?.body ?? [])
      .toString('latin1')
      .replace('text/plain', 'image/webp');
    const body = new Uint8Array(Buffer.from(lying, 'latin1'));
    const two = twoMembers();
    two.say({ kind: MESSAGE_KINDS.file, body }, 'mallory');
    await two.bob['file-begin']({ id: byMallory });
    await two.bob['file-open']({ id: byMallory, part: 0, sealed });
    await expect(two.bob['file-finish']({ id: byMallory })).rejects.toMatchObject({ code: 'file.mismatch' });
    say({ kind: MESSAGE_KINDS.file, body: Uint8Array.of(1, 2, 3) }, 'mallory');
    await expect(bob['file-begin']({ id: other })).rejects.toMatchObject({ code: 'file.unknown' });
  });

  it('that is a program is not handed out either, however honest its sender is about it', async () => {
    const { bob, say } = twoMembers();
    const mediaType = 'application/vnd.microsoft.portable-executable';
    const file = new Blob([Uint8Array.of(0x4d, 0x5a, 0x90)]);
    const outgoing = await OutgoingFile.create({ id, file, name: 'a.pdf', mediaType });
    const sealed = await outgoing.sealPart(0);
    const body = encodeFileMessage({ type: 'offer', offer: await outgoing.offer() });
    say({ kind: MESSAGE_KINDS.file, body }, 'mallory');
    await bob['file-begin']({ id: byMallory });
    await bob['file-open']({ id: byMallory, part: 0, sealed });
    await expect(bob['file-finish']({ id: byMallory })).rejects.toMatchObject({ code: 'file.program' });
    await expect(bob['file-finish']({ id: byMallory })).rejects.toMatchObject({ code: 'file.unknown' });
  });

  it('is not told before all of it was encrypted', async () => {
    const { ada, news } = twoMembers();
    await ada['file-prepare']({ id, file: new Blob(['hello']), name: 'a.txt' });
    await expect(ada['file-offer']({ id })).rejects.toMatchObject({ code: 'file.incomplete' });
    expect(news).toEqual([]);
  });

  it('is withdrawn by its sender and by nobody else', async () => {
    const two = twoMembers();
    await offer(two, new Blob(['hello']), 'a.txt');
    const body = encodeFileMessage({ type: 'withdrawn', id });
    two.say({ kind: MESSAGE_KINDS.file, body }, 'mallory');
    expect(two.news.filter(({ type }) => type === 'withdrawn')).toEqual([]);
    await two.ada['file-withdraw']({ id });
    expect(two.news.at(-1)).toEqual({ type: 'withdrawn', id: offered });
    await expect(two.bob['file-begin']({ id: offered })).rejects.toMatchObject({ code: 'file.unknown' });
  });

  it('cannot be offered twice by one, nor sent under the id of another one', async () => {
    const two = twoMembers();
    await offer(two, new Blob(['hello']), 'a.txt');
    await two.ada['file-offer']({ id });
    const [, again] = two.sent;
    if (again !== undefined) two.say(again, 'ada');
    expect(two.news).toHaveLength(1);
    await expect(
      two.ada['file-prepare']({ id, file: new Blob(['other']), name: 'b.txt' }),
    ).rejects.toMatchObject({ code: 'file.unknown' });
  });
});

it('whose id somebody else has taken before comes all the same, from its sender', async () => {
  const two = twoMembers();
  const offerBody = encodeFileMessage({
    type: 'offer',
    offer: { id, key: new Uint8Array(32), hash: new Uint8Array(32), size: 1, mediaType: 'a/b', name: 'a' },
  });
  two.say({ kind: MESSAGE_KINDS.file, body: offerBody }, 'mallory');
  const [part] = await offer(two, new Blob(['hello']), 'a.txt');
  two.say({ kind: MESSAGE_KINDS.file, body: encodeFileMessage({ type: 'withdrawn', id }) }, 'mallory');
  expect(two.news.map((one) => (one.type === 'offered' ? one.file.id : [one.id]))).toEqual([
    ...[byMallory, offered],
    [byMallory],
  ]);
  expect(await two.bob['file-begin']({ id: offered })).toMatchObject({ fileId: id });
  await two.bob['file-open']({ id: offered, part: 0, sealed: part ?? new Uint8Array(0) });
  expect(await (await two.bob['file-finish']({ id: offered })).text()).toBe('hello');
});

it('what was missed is said again to those who were there, and never to those who came later', async () => {
  const two = twoMembers();
  await offer(two, new Blob(['hello']), 'a.txt');
  const said = (count: number) => vi.waitFor(() => expect(two.sent).toHaveLength(count), { interval: 1 });
  two.askAda();
  two.askAda();
  two.runTimers();
  await said(2);
  // Who has it already is told nothing new.
  expect(two.news).toHaveLength(1);
  // Within the pause: answered after it.
  two.askAda();
  expect(two.sent).toHaveLength(2);
  two.runTimers();
  two.runTimers();
  await said(3);
  two.join('2/carol/0');
  two.runTimers();
  two.wait(60_000);
  two.askAda();
  two.runTimers();
  await new Promise((resolve) => setImmediate(resolve));
  expect(two.sent).toHaveLength(3);
});

it('whoever floods is not listened to, and others are', () => {
  const { news, say, wait } = twoMembers();
  const offerOf = (number: number) => ({
    kind: MESSAGE_KINDS.file,
    body: encodeFileMessage({
      type: 'offer',
      offer: {
        id: Buffer.from(number.toString(16).padStart(32, '0'), 'hex').toString('base64url'),
        ...{ key: new Uint8Array(32), hash: new Uint8Array(32), size: 1, mediaType: 'a/b', name: 'a' },
      },
    }),
  });
  for (let number = 0; number < 200; number++) say(offerOf(number), 'mallory');
  expect(news).toHaveLength(20);
  say(offerOf(1_000), 'carol');
  expect(news).toHaveLength(21);
  for (let number = 2_000; number < 2_400; number++) {
    wait(10_000);
    say(offerOf(number), 'mallory');
  }
  expect(news).toHaveLength(101);
});

it('what those who have left had offered makes way, the oldest first, and nothing else does', () => {
  const { news, say, wait, join } = twoMembers();
  const offerOf = (number: number) => ({
    kind: MESSAGE_KINDS.file,
    body: encodeFileMessage({
      type: 'offer',
      offer: {
        id: Buffer.from(number.toString(16).padStart(32, '0'), 'hex').toString('base64url'),
        ...{ key: new Uint8Array(32), hash: new Uint8Array(32), size: 1, mediaType: 'a/b', name: 'a' },
      },
    }),
  });
  // Somebody who comes five times fills the list; the first time they stay.
  for (let number = 0; number < 500; number++) {
    wait(10_000);
    say(offerOf(number), number < 100 ? 'bob' : `mallory${Math.floor(number / 100)}`);
  }
  say(offerOf(1_000), 'carol');
  expect(news.slice(500)).toMatchObject([
    { type: 'withdrawn', id: expect.stringMatching(/\/mallory1$/) },
    { type: 'offered', file: { from: { participantId: 'carol' } } },
  ]);
  for (let leaf = 1; leaf < 5; leaf++) join(`${leaf}/mallory${leaf}/0`);
  join('5/carol/0');
  say(offerOf(2_000), 'dave');
  expect(news).toHaveLength(502);
});
