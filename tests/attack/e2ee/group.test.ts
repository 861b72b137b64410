import { encodeMlsMessage } from 'ts-mls';
import { expect, test } from 'vitest';
import { participantStates } from '../../../packages/client/src/meeting/participantStates.ts';
import { emptyRoster } from '../../../packages/client/src/meeting/roster.ts';
import { nameIn, PendingJoiner } from '../../../packages/e2ee/src/mls/index.ts';
import { groupId, guest, joiner, psk, seat } from '../../../packages/e2ee/src/mls/testing/people.ts';
import { add, rawCommit, rogueState } from '../../../packages/e2ee/src/mls/testing/rogue.ts';
import type { News } from '../../../packages/e2ee/src/worker/messages.ts';
import { HostileService, meetingOf } from './HostileService.ts';
import { Stay } from './Stay.ts';

/** All that a server has: it serves the page, and knows neither the passcode nor what comes of it. */
const guessed = new Uint8Array(32).fill(9);
/** After this the members are told that the server does not do its part, ms. */
const patience = 10_000;
const slow = 30_000;

/** By the passcode, where that is enough. */
const straight = (participantId: string) => ({ participantId, entry: 'passcode', admission: null }) as const;
const bytesOf = (text: string) => Buffer.from(text);

/** By a library that checks nothing, with all that the founder has. */
async function forgedWelcome(founder: Stay, { keyPackages }: HostileService) {
  if (founder.group === null) throw new Error('no group');
  const victim = keyPackages.at(-1) ?? new Uint8Array();
  const { welcome } = await rawCommit(rogueState(founder.group), [add(victim)]);
  if (welcome === undefined) throw new Error('no Welcome');
  return new Uint8Array(encodeMlsMessage({ welcome, wireformat: 'mls_welcome', version: 'mls10' }));
}

/** A KeyPackage whose number of the cipher suite (RFC 9420, section 10) is another one. */
function ofSuite(keyPackage: Uint8Array<ArrayBuffer>, suite: number): Uint8Array<ArrayBuffer> {
  const changed = keyPackage.slice();
  // The MLSMessage's version and wire format, then the KeyPackage's version.
  new DataView(changed.buffer).setUint16(6, suite);
  return changed;
}

/** What the room shows, of this group and of what the server says. */
function shown(stay: Stay, listed: readonly { readonly id: string; readonly name: string }[]): string[] {
  const participants = listed.map((one) => ({
    ...one,
    role: 'guest',
    sources: { camera: true, microphone: true, screen: false, screenAudio: false },
    connected: true,
    joinedAt: new Date(0).toISOString(),
  }));
  const roster = { ...emptyRoster, self: stay.id, participants } as unknown as typeof emptyRoster;
  const states = participantStates({
    roster,
    people: stay.view.people,
    unjudged: new Set<string>(),
    local: { camera: null, screen: null },
    trackOf: () => null,
    direct: null,
  });
  return states.map(({ name }) => name).sort();
}

test('adding a member: one that the server makes up is let in by nobody, gets no tile, and is shown as refused', async () => {
  using meeting = await meetingOf('Ann', 'Bob');
  const {
    service,
    stays: [ann, bob],
  } = meeting as unknown as { service: HostileService; stays: [Stay, Stay] };
  const ghost = await joiner('Ghost', { psk: guessed });
  const ghostId = (await ghostOf(ghost)).participantId;
  service.tamper = (news) =>
    news.type !== 'pending'
      ? [news]
      : [{ ...news, waiting: [...news.waiting, { ...straight(ghostId), keyPackage: ghost.keyPackage }] }];
  service.tellPending();
  for (const stay of [ann, bob])
    await stay.until('the refusal', ({ view }) =>
      view.refused.some(({ participantId }) => participantId === ghostId),
    );
  expect(service.requests.filter(({ request }) => request.type === 'refuse')).toHaveLength(2);
  // Whoever comes next is added, and the ghost not along with them.
  const cat = new Stay('Cat', service);
  await service.admit(cat);
  for (const stay of [ann, bob, cat]) {
    expect(stay.names).toEqual(['Ann', 'Bob', 'Cat']);
    const listed = [...service.members].map(({ id, name }) => ({ id, name }));
    expect(shown(stay, [...listed, { id: ghostId, name: 'Ghost' }])).toEqual(['Ann', 'Bob', 'Cat']);
  }
  // None of the Welcomes that pass through the server is of any use to it.
  for (const welcome of service.welcomes)
    await expect(ghost.join(welcome, groupId)).rejects.toMatchObject({ code: 'bad_welcome' });
});

/** A ghost's own participant id is in its credential: nothing of it is secret. */
async function ghostOf(ghost: PendingJoiner) {
  using alone = new Stay('Reader', { request: async () => ({ ok: true, seat: null }) }, guessed);
  alone.hear({ type: 'seat', seat: { role: 'founder', groupId } });
  await alone.introduce();
  alone.hear({ type: 'seat', seat: { role: 'founder', groupId } });
  await alone.until('a group', ({ group }) => group !== null);
  const inspected = await alone.group?.inspect(ghost.keyPackage);
  if (inspected === undefined) throw new Error('no group');
  return inspected;
}

test("adding a member under another's id: the KeyPackage of somebody who knows the passcode is taken for that one only", async () => {
  using meeting = await meetingOf('Ann', 'Bob');
  const { service, stays } = meeting;
  const waiting = await PendingJoiner.prepare(seat('', { me: guest('Mallory') }));
  const claimed = Buffer.alloc(12, 1).toString('base64url');
  service.tamper = (news) =>
    news.type === 'pending'
      ? [{ ...news, waiting: [{ ...straight(claimed), keyPackage: waiting.keyPackage }] }]
      : [news];
  service.tellPending();
  for (const stay of stays) {
    await stay.until('the refusal', ({ view }) => view.refused.length === 1);
    expect(stay.names).toEqual(['Ann', 'Bob']);
  }
  expect(service.commits).toHaveLength(1);
});

test('spoiling: somebody who cannot be added keeps nobody else out, and nobody from being removed', async () => {
  using meeting = await meetingOf('Ann', 'Bob', 'Cat');
  const { service } = meeting;
  const [ann, bob, cat] = meeting.stays as [Stay, Stay, Stay];
  // Of the id of a member, and valid: a second leaf of one person, which no commit may make.
  const twin = await PendingJoiner.prepare(seat('', { me: guest('Bob', { participantId: bob.id }) }));
  service.tamper = (news) =>
    news.type === 'pending'
      ? [{ ...news, waiting: [{ ...straight(bob.id), keyPackage: twin.keyPackage }, ...news.waiting] }]
      : [news];
  service.remove(cat);
  for (const stay of [ann, bob]) await stay.until('the removal', ({ names }) => names.length === 2);
  const dan = new Stay('Dan', service);
  await service.admit(dan);
  for (const stay of [ann, bob, dan]) {
    expect(stay.names).toEqual(['Ann', 'Bob', 'Dan']);
    expect(stay.views.filter(({ phase }) => phase === 'forming').length).toBeLessThan(2);
  }
  await ann.until('the refusal', ({ view }) =>
    view.refused.some(({ participantId }) => participantId === bob.id),
  );
});

test('a list of before, which names those who are in by now, changes nothing', async () => {
  using meeting = await meetingOf('Ann', 'Bob');
  const { service } = meeting;
  const ann = meeting.stays[0] as Stay;
  const lists: News[] = [];
  service.tamper = (news, to) => {
    if (news.type === 'pending' && to === ann) lists.push(news);
    return [news];
  };
  const cat = new Stay('Cat', service);
  await service.admit(cat);
  // As it was written while Ann's commit was under way.
  for (const list of lists) ann.hear(list);
  await service.admit(new Stay('Dan', service));
  expect(ann.names).toEqual(['Ann', 'Bob', 'Cat', 'Dan']);
  expect(ann.views.filter(({ phase }) => phase === 'forming')).toHaveLength(0);
  expect(ann.view.refused).toEqual([]);
  expect(service.requests.filter(({ request }) => request.type === 'rejoin')).toEqual([]);
});

test('hiding a member: whoever is in the group is in the list, whatever the server says', async () => {
  using meeting = await meetingOf('Ann', 'Bob', 'Eve');
  const [ann, bob, eve] = meeting.stays as [Stay, Stay, Stay];
  for (const stay of [ann, bob]) {
    const listed = [ann, bob].map(({ id, name }) => ({ id, name }));
    expect(shown(stay, listed)).toEqual(['Ann', 'Bob', 'Eve']);
    // Nor under another name, which is signed.
    expect(shown(stay, [...listed, { id: eve.id, name: 'The printer' }])).toEqual(['Ann', 'Bob', 'Eve']);
  }
});

test('replaying: no commit, message, Welcome or KeyPackage has an effect twice', async () => {
  using meeting = await meetingOf('Ann', 'Bob', 'Cat');
  const { service } = meeting;
  const [ann, bob, cat] = meeting.stays as [Stay, Stay, Stay];
  await ann.say('once');
  await bob.until('the message', ({ texts }) => texts.length === 1);
  const before = bob.view;
  for (const accepted of service.commits) bob.hear({ type: 'commit', groupId, accepted });
  for (const { request } of service.requests) {
    if (request.type === 'message')
      bob.hear({ type: 'message', groupId, from: ann.id, message: request.message });
  }
  for (const welcome of service.welcomes) bob.hear({ type: 'welcome', groupId, epoch: 1, welcome });
  await bob.settled();
  expect(bob.texts).toEqual(['once']);
  expect(bob.view).toEqual(before);
  // Somebody who has left does not come back by the KeyPackage of before.
  service.remove(cat);
  for (const stay of [ann, bob]) await stay.until('the removal', ({ names }) => names.length === 2);
  const old = service.keyPackages[2] ?? new Uint8Array();
  service.tamper = (news) =>
    news.type === 'pending' ? [{ ...news, waiting: [{ ...straight(cat.id), keyPackage: old }] }] : [news];
  service.tellPending();
  await ann.until('the refusal', ({ view }) => view.refused.length === 1);
  expect(ann.names).toEqual(['Ann', 'Bob']);
});

test('reordering: who gets commits in another order leaves the group, shows it, and comes in anew', async () => {
  using meeting = await meetingOf('Ann', 'Bob');
  const { service } = meeting;
  const [ann, bob] = meeting.stays as [Stay, Stay];
  const held: Parameters<typeof service.tamper>[0][] = [];
  service.tamper = (news, to) => {
    if (to !== bob || news.type !== 'commit') return [news];
    held.push(news);
    return held.length === 2 ? held.reverse() : [];
  };
  const [cat, dan] = [new Stay('Cat', service), new Stay('Dan', service)];
  await service.enter(cat);
  await ann.until('Cat', ({ names }) => names.includes('Cat'));
  await service.enter(dan);
  await bob.until('the loss', ({ view }) => view.phase === 'forming');
  service.tamper = (news) => [news];
  service.tellPending();
  for (const stay of [ann, bob, cat, dan])
    await stay.until('all', ({ names, view }) => names.length === 4 && view.epoch === service.epoch);
  await dan.say('hello');
  await bob.until('the message', ({ texts }) => texts.includes('hello'));
});

test('reordering: messages that come in another order are each read once', async () => {
  using meeting = await meetingOf('Ann', 'Bob');
  const { service } = meeting;
  const [ann, bob] = meeting.stays as [Stay, Stay];
  const held: Parameters<typeof service.tamper>[0][] = [];
  service.tamper = (news) => {
    held.push(news);
    return [];
  };
  for (const text of ['1', '2', '3']) await ann.say(text);
  for (const news of [...held, ...held].reverse()) bob.hear(news);
  await bob.settled();
  expect(bob.texts.sort()).toEqual(['1', '2', '3']);
});

test("another sender's name on a message changes nothing: who says it is proved", async () => {
  using meeting = await meetingOf('Ann', 'Bob', 'Cat');
  const { service } = meeting;
  const [ann, bob, cat] = meeting.stays as [Stay, Stay, Stay];
  service.tamper = (news) => (news.type === 'message' ? [{ ...news, from: cat.id }] : [news]);
  await ann.say('I am Ann');
  await bob.until('the message', ({ heard }) => heard.length === 1);
  expect(bob.heard[0]?.sender).toMatchObject({ participantId: ann.id, name: 'Ann' });
});

test('downgrading: neither an older form of a message nor another suite is taken', async () => {
  using meeting = await meetingOf('Ann', 'Bob');
  const { service } = meeting;
  const [ann, bob] = meeting.stays as [Stay, Stay];
  const weaker = await PendingJoiner.prepare(seat('Eve'));
  const eveId = 'AAAAAAAAAAAAAAAA';
  service.tamper = (news) =>
    news.type === 'pending'
      ? [{ ...news, waiting: [{ ...straight(eveId), keyPackage: ofSuite(weaker.keyPackage, 3) }] }]
      : [news];
  service.tellPending();
  for (const stay of [ann, bob]) await stay.until('the refusal', ({ view }) => view.refused.length === 1);
  // Text that nobody encrypted, as a message, a commit and a Welcome.
  const plain = new Uint8Array(bytesOf('not encrypted'));
  bob.hear({ type: 'message', groupId, from: ann.id, message: plain });
  bob.hear({ type: 'welcome', groupId, epoch: service.epoch, welcome: plain });
  await bob.settled();
  expect(bob.heard).toEqual([]);
  expect(bob.view).toMatchObject({ phase: 'secured', epoch: 1 });
  expect(service.commits).toHaveLength(1);
});

test('who is told to found a group of their own sees that nobody else is in it', async () => {
  using meeting = await meetingOf('Ann', 'Bob');
  const { service } = meeting;
  const [ann, bob] = meeting.stays as [Stay, Stay];
  bob.hear({ type: 'seat', seat: { role: 'founder', groupId: 'AAAAAAAAAAAAAAAAAAAAAA' } });
  await bob.until('the other group', ({ names }) => names.length === 1);
  expect(shown(bob, [ann, bob])).toEqual(['Bob']);
  // What Bob says there is of no use to those who are in the former one.
  await bob.say('to nobody');
  await ann.settled();
  expect(ann.texts).toEqual([]);
  expect(service.members.size).toBe(2);
});

test.concurrent('splitting the group: either half sees what the other one says as not to be verified', {
  timeout: slow,
}, async () => {
  using meeting = await meetingOf('Ann', 'Bob', 'Cat', 'Dan');
  const { service } = meeting;
  const [ann, bob, cat, dan] = meeting.stays as [Stay, Stay, Stay, Stay];
  const halves = [new Set([ann, bob]), new Set([cat, dan])];
  const sameHalf = (one: Stay, other: Stay) => halves.some((half) => half.has(one) && half.has(other));
  // Each half is told of another one who waits, and each commit reaches the committer's half alone.
  const [eve, fay] = [new Stay('Eve', service), new Stay('Fay', service)];
  const packages = new Map([
    [halves[0], { ...straight(eve.id), keyPackage: await eve.introduce() }],
    [halves[1], { ...straight(fay.id), keyPackage: await fay.introduce() }],
  ]);
  service.stays.push(eve, fay);
  service.answer = (request, from) => {
    if (request.type !== 'commit') return null;
    const added = request.added.map(straight);
    const accepted = { epoch: request.epoch, commit: request.commit, added };
    for (const to of [ann, bob, cat, dan])
      if (to !== from && sameHalf(to, from)) to.hear({ type: 'commit', groupId, accepted });
    return { ok: true, seat: null };
  };
  for (const [half, waiting] of packages)
    for (const stay of half ?? []) {
      const gone = half === halves[0] ? [] : [ann.id, bob.id];
      stay.hear({ type: 'pending', groupId, waiting: [waiting], gone });
    }
  for (const stay of [ann, bob]) await stay.until('Eve', ({ names }) => names.includes('Eve'));
  for (const stay of [cat, dan]) await stay.until('Fay', ({ names }) => names.includes('Fay'));
  expect(ann.view.epoch).toBe(cat.view.epoch);
  for (const stay of [ann, bob]) expect(stay.names).toEqual(['Ann', 'Bob', 'Cat', 'Dan', 'Eve']);
  for (const stay of [cat, dan]) expect(stay.names).toEqual(['Cat', 'Dan', 'Fay']);
  expect(Buffer.from(ann.group?.epochAuthenticator ?? [])).not.toEqual(
    Buffer.from(cat.group?.epochAuthenticator ?? []),
  );
  const talk = setInterval(() => {
    for (const stay of [ann, cat]) void stay.say(`I am ${stay.name}`);
  }, 500);
  try {
    await ann.until('the word on the split', ({ view }) => view.trouble === 'split');
    await bob.until('the word on the split', ({ view }) => view.trouble === 'split');
  } finally {
    clearInterval(talk);
  }
  expect(bob.heard.every(({ sender }) => nameIn(sender) === 'Ann')).toBe(true);
  expect(dan.heard.every(({ sender }) => nameIn(sender) === 'Cat')).toBe(true);
  expect(ann.heard).toEqual([]);
});

test.concurrent('withholding commits: who should have been removed is shown to those who could still be heard', {
  timeout: slow,
}, async () => {
  using meeting = await meetingOf('Ann', 'Bob', 'Cat');
  const { service } = meeting;
  const [ann, bob, cat] = meeting.stays as [Stay, Stay, Stay];
  // The server takes no commit.
  service.answer = (request) => (request.type === 'commit' ? { ok: false, code: 'group.stale_epoch' } : null);
  service.remove(cat);
  const since = performance.now();
  for (const stay of [ann, bob]) {
    await stay.until('the word', ({ view }) => view.trouble === 'stuck');
    expect(performance.now() - since).toBeGreaterThan(patience - 500);
    expect(shown(stay, [ann, bob])).toEqual(['Ann', 'Bob', 'Cat']);
  }
  // It does its part again.
  service.answer = () => null;
  for (const stay of [ann, bob])
    await stay.until('the removal', ({ view, names }) => view.trouble === null && names.length === 2);
});

test.concurrent('withholding a commit from one: what the others say is shown as not to be verified', {
  timeout: slow,
}, async () => {
  using meeting = await meetingOf('Ann', 'Bob', 'Cat');
  const { service } = meeting;
  const [ann, bob, cat] = meeting.stays as [Stay, Stay, Stay];
  service.tamper = (news, to) => (to === bob && news.type === 'commit' ? [] : [news]);
  service.remove(cat);
  await ann.until('the removal', ({ names }) => names.length === 2);
  const talk = setInterval(() => void ann.say('without Cat'), 500);
  try {
    await bob.until('the word', ({ view }) => view.trouble === 'split');
  } finally {
    clearInterval(talk);
  }
  // Whom Bob could still be heard by is in Bob's list; what is said without Cat, Bob does not read.
  expect(bob.names).toEqual(['Ann', 'Bob', 'Cat']);
  expect(bob.texts).toEqual([]);
});

test.concurrent('a joiner who waits in vain is told so, and one whose Welcome leads elsewhere gets nothing', {
  timeout: slow,
}, async () => {
  using service = new HostileService();
  const [ann, bob] = [new Stay('Ann', service), new Stay('Bob', service)];
  await service.enter(ann);
  service.tamper = (news) => (news.type === 'pending' ? [] : [news]);
  await service.enter(bob);
  // The server's own group, whose founder calls itself Ann: all that it can make without the meeting's secret.
  using evil = new HostileService();
  const founder = new Stay('Ann', evil, guessed);
  await evil.enter(founder);
  bob.hear({ type: 'welcome', groupId, epoch: 1, welcome: await forgedWelcome(founder, service) });
  await bob.until('the word', ({ view }) => view.trouble === 'waiting');
  expect(bob.views.every(({ phase }) => phase === 'forming')).toBe(true);
  await expect(bob.say('anybody?')).rejects.toMatchObject({ code: 'closed' });
});

test('keeping a removed member: it gets nothing of what is said afterwards, and is not heard', async () => {
  using meeting = await meetingOf('Ann', 'Bob', 'Cat');
  const { service } = meeting;
  const [ann, bob, cat] = meeting.stays as [Stay, Stay, Stay];
  // Everything still goes to Cat, but not the commit, on which an honest page would forget its keys.
  service.remove(cat);
  for (const stay of [ann, bob]) await stay.until('the removal', ({ names }) => names.length === 2);
  service.tamper = (news) => {
    if (news.type === 'message') cat.hear(news);
    return [news];
  };
  await ann.say('not for Cat');
  await bob.until('the message', ({ texts }) => texts.length === 1);
  await cat.settled();
  expect(cat.texts).toEqual([]);
  // Nor does what Cat still says in the former epoch reach anybody.
  service.members.add(cat);
  await cat.say('still here');
  await bob.settled();
  expect(bob.texts).toEqual(['not for Cat']);
});

test('the secret itself is not in anything that the server gets', async () => {
  using meeting = await meetingOf('Ann', 'Bob');
  const { service, stays } = meeting;
  await stays[0]?.say('hello');
  const secrets = [psk, ...stays.map(({ group }) => group?.epochAuthenticator ?? psk)];
  for (const { request } of service.requests)
    for (const value of Object.values(request))
      if (value instanceof Uint8Array)
        for (const secret of [...secrets, bytesOf('hello'), bytesOf('Ann')])
          expect(Buffer.from(value).includes(Buffer.from(secret))).toBe(false);
});
