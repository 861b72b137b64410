import { afterEach, expect, test } from 'vitest';
import { devicePublicKey } from '../../mls/index.ts';
import { groupId } from '../../mls/testing/people.ts';
import { deviceCode } from '../../mls/verification/personCode.ts';
import { GroupServer, Stay, type StayOptions } from '../testing/GroupServer.ts';
import { mostKnocks } from './mostKnocks.ts';

const open: Stay[] = [];

afterEach(() => {
  for (const { session } of open.splice(0)) session.close();
});

function stay(name: string, server: GroupServer, options: StayOptions = {}): Stay {
  const made = new Stay(name, server, options);
  open.push(made);
  return made;
}

/** Ann is the host of a meeting where everybody waits, and these have an account that comes straight in. */
async function meeting(...colleagues: string[]): Promise<[GroupServer, ...Stay[]]> {
  const server = new GroupServer();
  const stays = ['Ann', ...colleagues].map((name) => stay(name, server, { accountId: crypto.randomUUID() }));
  for (const one of stays) one.way = { entry: 'host', admission: null };
  server.setDoor({ straightIn: 'nobody', admitters: stays.slice(0, 1).map(({ id }) => id) });
  for (const [index, one] of stays.entries()) {
    await server.join(one);
    for (const each of stays.slice(0, index + 1)) await each.until(() => each.people.length === index + 1);
  }
  return [server, ...stays];
}

async function knockOf(guest: Stay) {
  return {
    participantId: guest.id,
    name: guest.name,
    ...(await guest.session.introduce(guest.introduction)),
  };
}

/** By a host's hand, as the room does it. */
async function letIn(host: Stay, guest: Stay, server: GroupServer): Promise<void> {
  const knock = await knockOf(guest);
  await host.session.inspectKnocks([knock]);
  const [signed] = await host.session.signAdmissions([guest.id]);
  guest.way = { entry: 'admitted', admission: signed?.admission ?? null };
  await server.join(guest, knock.keyPackage);
}

const rejoins = ({ asked }: Stay) => asked.filter(({ type }) => type === 'rejoin').length;
const wayOf = (of: Stay, by: Stay) => {
  const person = by.view?.people.find(({ participantId }) => participantId === of.id);
  return [person?.entry, person?.admittedBy];
};

test('a host sees what a knock proves: whose it is, and the code of the device', async () => {
  const [server, ann] = await meeting();
  if (ann === undefined) throw new Error('nobody');
  const [gus, eve] = [stay('Gus', server), stay('Eve', server, { psk: new Uint8Array(32).fill(9) })];
  const cy = stay('Cy', server, { accountId: crypto.randomUUID() });
  const [ofGus, ofEve, ofCy] = [await knockOf(gus), await knockOf(eve), await knockOf(cy)];
  const inspected = await ann.session.inspectKnocks([ofGus, ofEve, ofCy]);
  const code = async (one: Stay) => (await deviceCode(await devicePublicKey(await one.device))).join(' ');
  const nothing = { valid: false, accountId: null, deviceCode: null };
  expect(inspected).toEqual([
    { participantId: gus.id, valid: true, name: 'Gus', accountId: null, deviceCode: await code(gus) },
    { participantId: eve.id, name: 'Eve', ...nothing },
    { participantId: cy.id, valid: true, name: 'Cy', accountId: cy.accountId, deviceCode: await code(cy) },
  ]);
  expect(inspected[0]?.deviceCode).toMatch(/^\d{5}( \d{5}){5}$/);
  const lies = [
    { ...ofGus, name: 'The director' },
    { ...ofGus, participantId: eve.id },
  ];
  for (const one of await ann.session.inspectKnocks(lies)) expect(one).toMatchObject(nothing);
});

test('nothing is signed for whoever was not looked at or proves nothing, by guests, or outside the group', async () => {
  const [server, ann] = await meeting();
  if (ann === undefined) throw new Error('nobody');
  const [gus, eve] = [stay('Gus', server), stay('Eve', server, { psk: new Uint8Array(32).fill(9) })];
  const [ofGus, ofEve] = [await knockOf(gus), await knockOf(eve)];
  expect(await ann.session.signAdmissions([gus.id])).toEqual([]);
  await ann.session.inspectKnocks([ofGus, ofEve]);
  const signed = await ann.session.signAdmissions([gus.id, eve.id, gus.id]);
  expect(signed.map(({ participantId }) => participantId)).toEqual([gus.id]);
  // What was valid is so no more once another KeyPackage has come in its place, of whomever, and for good: the code that
  // the host has compared was of the first one.
  const another = await knockOf(gus);
  for (const later of [another, ofGus, { ...ofGus, keyPackage: ofEve.keyPackage }]) {
    expect((await ann.session.inspectKnocks([later]))[0]?.valid).toBe(false);
    expect(await ann.session.signAdmissions([gus.id])).toEqual([]);
  }
  await expect(gus.session.inspectKnocks([ofEve])).rejects.toMatchObject({ code: 'closed' });
  await expect(gus.session.signAdmissions([eve.id])).rejects.toMatchObject({ code: 'closed' });
  const tooMany = Array.from({ length: mostKnocks + 1 }, () => ofGus);
  await expect(ann.session.inspectKnocks(tooMany)).rejects.toMatchObject({ code: 'too_large' });
  const hal = stay('Hal', server);
  await letIn(ann, hal, server);
  await hal.until(() => hal.people.length === 2);
  await expect(hal.session.signAdmissions([eve.id])).rejects.toMatchObject({ code: 'refused' });
});

test('whom a host lets in, all follow, and it is seen who did it', async () => {
  const [server, ann, bob] = await meeting('Bob');
  if (ann === undefined || bob === undefined) throw new Error('nobody');
  const gus = stay('Gus', server);
  await letIn(ann, gus, server);
  for (const each of [ann, bob, gus]) await each.until(() => each.people.length === 3);
  for (const each of [ann, bob]) {
    expect(wayOf(gus, each)).toEqual(['admitted', ann.id]);
    expect(each.views.flatMap(({ refused }) => refused)).toEqual([]);
  }
  expect(wayOf(bob, ann)).toEqual(['host', null]);
  // Of whoever was here before, one has seen nothing.
  expect(wayOf(ann, gus)).toEqual([null, null]);
});

test('whoever waits for a host is let in by nobody without one', async () => {
  const [server, ann, bob] = await meeting('Bob');
  if (ann === undefined || bob === undefined) throw new Error('nobody');
  const gus = stay('Gus', server);
  await server.join(gus);
  for (const each of [ann, bob]) await each.until(() => each.view?.refused.length === 1);
  expect(ann.asked.filter(({ type }) => type === 'commit')).toHaveLength(1);
  expect(ann.people).toEqual(['Ann', 'Bob']);
});

test('a host who has let somebody in may leave at once: the others add them', async () => {
  const [server, ann, bob, cy] = await meeting('Bob', 'Cy');
  if (ann === undefined || bob === undefined || cy === undefined) throw new Error('nobody');
  const gus = stay('Gus', server);
  ann.network = 'cut';
  const letting = letIn(ann, gus, server);
  server.setDoor({ admitters: [] });
  server.leave(ann);
  await letting;
  for (const each of [bob, cy, gus]) await each.until(() => each.people.join() === 'Gus,Bob,Cy');
  expect(wayOf(gus, bob)).toEqual(['admitted', ann.id]);
  for (const each of [bob, cy]) expect(rejoins(each)).toBe(0);
});

test('the rules are made narrower while somebody is on their way in: all agree on them still', async () => {
  const [server, ann, bob] = await meeting('Bob');
  if (ann === undefined || bob === undefined) throw new Error('nobody');
  server.setDoor({ straightIn: 'everybody' });
  const gus = stay('Gus', server);
  const joining = server.join(gus);
  server.setDoor({ straightIn: 'nobody' });
  await joining;
  for (const each of [ann, bob, gus]) await each.until(() => each.people.length === 3);
  expect([ann, bob].map(rejoins)).toEqual([0, 0]);
});

test('whoever was let in comes anew by the same device, when rules and host are long gone', async () => {
  const [server, ann, bob, cy] = await meeting('Bob', 'Cy');
  if (ann === undefined || bob === undefined || cy === undefined) throw new Error('nobody');
  const gus = stay('Gus', server);
  await letIn(ann, gus, server);
  for (const each of [ann, bob, cy, gus]) await each.until(() => each.people.length === 4);
  server.setDoor({ admitters: [] });
  ann.network = 'cut';
  server.leave(ann);
  for (const each of [bob, cy, gus]) await each.until(() => each.people.length === 3);
  server.skippedMs = 3_600_000;
  const accepted = { epoch: server.epoch, commit: Uint8Array.of(1, 2, 3), added: [] };
  server.tell(gus, { type: 'commit', groupId, accepted });
  await gus.until(() => rejoins(gus) === 1);
  await gus.until(() => gus.people.length === 3);
  for (const each of [bob, cy]) {
    await each.until(() => each.view?.epoch === gus.view?.epoch);
    expect(each.view?.refused).toEqual([]);
    expect(rejoins(each)).toBe(0);
    expect(wayOf(gus, each)).toEqual(['admitted', ann.id]);
  }
  // Under another name it would be somebody of whom no host has said a word.
  const { keyPackage: renamed } = await gus.session.introduce({ ...gus.introduction, name: 'Ann' });
  gus.way = { entry: 'passcode', admission: null };
  const waiting = [{ participantId: gus.id, ...gus.way, keyPackage: renamed }];
  server.tell(bob, { type: 'pending', groupId, waiting, gone: [gus.id] });
  await bob.until(() => bob.view?.refused.length === 1);
});

test('a member who came after the host had gone adds nobody on that word, and follows those who do', async () => {
  const [server, ann, bob, cy] = await meeting('Bob', 'Cy');
  if (ann === undefined || bob === undefined || cy === undefined) throw new Error('nobody');
  const gus = stay('Gus', server);
  const knock = await knockOf(gus);
  await ann.session.inspectKnocks([knock]);
  const [signed] = await ann.session.signAdmissions([gus.id]);
  gus.way = { entry: 'admitted', admission: signed?.admission ?? null };
  ann.network = 'cut';
  server.leave(ann);
  for (const each of [bob, cy]) await each.until(() => each.people.length === 2);
  const dan = stay('Dan', server, { accountId: crypto.randomUUID() });
  dan.way = { entry: 'host', admission: null };
  await server.join(dan);
  for (const each of [bob, cy, dan]) await each.until(() => each.people.length === 3);
  await server.join(gus, knock.keyPackage);
  for (const each of [bob, cy, dan, gus]) await each.until(() => each.people.length === 4);
  expect([bob, cy, dan].map(rejoins)).toEqual([0, 0, 0]);
  expect(dan.asked.filter(({ type }) => type === 'commit')).toEqual([]);
});

test('a commit that adds somebody who is not named, or names somebody whom it does not add, is not followed', async () => {
  const [server, ann, bob] = await meeting('Bob');
  if (ann === undefined || bob === undefined) throw new Error('nobody');
  for (const spoil of ['unnamed', 'one more']) {
    const gus = stay('Gus', server);
    const before = bob.people.length;
    bob.network = 'cut';
    const epoch = server.epoch;
    await letIn(ann, gus, server);
    await gus.until(() => gus.people.length === before + 1);
    bob.network = 'open';
    const commit = server.commits[epoch];
    if (commit === undefined) throw new Error('no commit');
    const extra = { participantId: ann.id, entry: 'host', admission: null } as const;
    const added = spoil === 'unnamed' ? [] : [...commit.added, extra];
    const asked = rejoins(bob);
    server.tell(bob, { type: 'commit', groupId, accepted: { ...commit, added } });
    await bob.until(() => rejoins(bob) === asked + 1);
    await bob.until(() => bob.people.length === before + 1);
  }
});

test('a device of a guest is for one stay: who comes under another id has another one', async () => {
  const [server] = await meeting();
  const page = stay('Gus', server);
  const [one, other] = [page.introduction, { ...page.introduction, participantId: 'AAAAAAAAAAAAAAAA' }];
  for (const introduction of [one, one, other]) await page.session.introduce(introduction);
  expect(page.guestKeysAsked).toEqual([one.participantId, 'AAAAAAAAAAAAAAAA']);
});
