import { afterEach, expect, test } from 'vitest';
import { devicePublicKey } from '../mls/index.ts';
import { groupId } from '../mls/testing/people.ts';
import { deviceCode } from '../mls/verification/personCode.ts';
import { GroupServer, Stay, type StayOptions } from './testing/GroupServer.ts';

const open: Stay[] = [];
afterEach(() => {
  for (const { session } of open.splice(0)) session.close();
});

function stay(name: string, server: GroupServer, options: StayOptions = {}): Stay {
  const made = new Stay(name, server, options);
  open.push(made);
  return made;
}

/** Ann hosts a webinar into which everybody comes straight, as whoever is named here has. */
async function webinar(...audience: string[]) {
  const server = new GroupServer();
  const ann = stay('Ann', server, { accountId: crypto.randomUUID() });
  ann.way = { entry: 'host', admission: null };
  server.setDoor({ form: 'webinar', straightIn: 'everybody', admitters: [ann.id] });
  await server.join(ann);
  await ann.until(() => ann.people.length === 1);
  const people: Stay[] = [];
  for (const name of audience) {
    const one = stay(name, server, { accountId: crypto.randomUUID(), unnamed: true });
    people.push(one);
    await server.join(one);
    server.introduce(one, ann);
    for (const each of [ann, ...people]) await each.until(() => each.people.length === people.length + 1);
  }
  return { server, ann, people };
}

const personOf = (of: Stay, by: Stay) => by.view?.people.find(({ participantId }) => participantId === of.id);

test('a host sees who came, by name and account; the audience sees the host, itself, and that others are there', async () => {
  const { ann, people } = await webinar('Bob', 'Cora');
  const [bob, cora] = people as [Stay, Stay];
  expect(ann.people).toEqual(['Ann', 'Bob', 'Cora']);
  expect(personOf(cora, ann)?.accountId).toBe(cora.accountId);
  expect(bob.people).toEqual(['Ann', 'Bob', '']);
  expect(cora.people).toEqual(['Ann', '', 'Cora']);
  expect(personOf(cora, bob)).toMatchObject({ name: '', accountId: null });
});

test('whoever goes on stage is introduced to all in the same epoch', async () => {
  const { server, people } = await webinar('Bob', 'Cora');
  const [bob, cora] = people as [Stay, Stay];
  const before = bob.view?.epoch;
  server.introduce(cora, bob);
  await bob.until(() => bob.people[2] === 'Cora');
  expect(bob.view?.epoch).toBe(before);
});

test('what somebody says comes in the name that they were introduced by', async () => {
  const { ann, people } = await webinar('Bob', 'Cora');
  const [bob, cora] = people as [Stay, Stay];
  await cora.session.send({ kind: 2, body: Uint8Array.of(1) });
  for (const each of [ann, bob]) await each.until(() => each.heard.length === 1);
  expect(ann.heard[0]?.sender).toMatchObject({
    ...{ kind: 'member', name: 'Cora', accountId: cora.accountId },
    deviceKey: await devicePublicKey(await cora.device),
  });
  expect(bob.heard[0]?.sender).toMatchObject({
    kind: 'unnamed',
    deviceKey: await devicePublicKey(await cora.stayDevice),
  });
});

test('somebody whom nothing introduces is seen by the host, without a name', async () => {
  const { server, ann } = await webinar('Bob');
  const eve = stay('Eve', server, { unnamed: true });
  await server.join(eve);
  await ann.until(() => ann.people.length === 3);
  expect(personOf(eve, ann)).toMatchObject({ name: '', accountId: null, entry: 'passcode' });
});

test('who comes anew comes unnamed again, introduces themselves anew, and is the same person', async () => {
  const { server, ann, people } = await webinar('Bob');
  const [bob] = people as [Stay];
  const first = server.introductions.get(bob);
  bob.session.hear({ type: 'seat', seat: { role: 'behind', groupId } });
  await bob.until(() => bob.asked.some(({ type }) => type === 'rejoin'));
  await ann.until(() => ann.view?.epoch === 2 && ann.people.length === 2);
  expect(server.introductions.get(bob)).not.toEqual(first);
  expect(ann.people).toEqual(['Ann', 'Bob']);
  await bob.until(() => bob.people.length === 2);
  // Whoever hears of the new one alone knows them too.
  const cora = stay('Cora', server, { unnamed: true });
  await server.join(cora);
  server.introduce(bob, cora);
  await cora.until(() => cora.people.includes('Bob'));
});

test('at the door a host reads the introduction, and lets in the leaf that came with it', async () => {
  const { server, ann } = await webinar();
  server.setDoor({ straightIn: 'nobody' });
  const gus = stay('Gus', server, { accountId: crypto.randomUUID(), unnamed: true });
  const arrival = await gus.session.introduce(gus.introduction);
  const knock = { participantId: gus.id, name: 'Gus', ...arrival };
  const [inspected] = await ann.session.inspectKnocks([knock]);
  const code = (await deviceCode(await devicePublicKey(await gus.device))).join(' ');
  expect(inspected).toEqual({
    ...{ participantId: gus.id, valid: true, name: 'Gus' },
    ...{ accountId: gus.accountId, deviceCode: code },
  });
  const [signed] = await ann.session.signAdmissions([gus.id]);
  gus.way = { entry: 'admitted', admission: signed?.admission ?? null };
  await server.join(gus, arrival.keyPackage);
  await gus.until(() => gus.people.length === 2);
  expect(personOf(gus, ann)).toMatchObject({ entry: 'admitted', admittedBy: ann.id });
});

test('at the door nobody is valid whose introduction is none, another’s, or not of the name that the server shows', async () => {
  const { server, ann } = await webinar();
  const arrive = async (name: string, unnamed = true) => {
    const one = stay(name, server, { unnamed });
    return { participantId: one.id, name, ...(await one.session.introduce(one.introduction)) };
  };
  const [gus, hal, ivy] = [await arrive('Gus'), await arrive('Hal'), await arrive('Ivy')];
  const inspected = await ann.session.inspectKnocks([
    { ...gus, introduction: null },
    { ...hal, introduction: ivy.introduction },
    { ...ivy, name: 'The director' },
  ]);
  expect(inspected.map(({ valid }) => valid)).toEqual([false, false, false]);
  expect(await ann.session.signAdmissions([gus.participantId, hal.participantId])).toEqual([]);
});

test('a co-host who came unnamed lets people in by the device that they were introduced by', async () => {
  const { server, ann, people } = await webinar('Bob', 'Cora');
  const [bob, cora] = people as [Stay, Stay];
  server.introduce(bob, cora);
  await cora.until(() => cora.people.includes('Bob'));
  server.setDoor({ straightIn: 'nobody', admitters: [ann.id, bob.id] });
  const gus = stay('Gus', server, { unnamed: true });
  const arrival = await gus.session.introduce(gus.introduction);
  await bob.session.inspectKnocks([{ participantId: gus.id, name: 'Gus', ...arrival }]);
  const [signed] = await bob.session.signAdmissions([gus.id]);
  gus.way = { entry: 'admitted', admission: signed?.admission ?? null };
  await server.join(gus, arrival.keyPackage);
  for (const each of [ann, bob, cora, gus]) await each.until(() => each.people.length === 4);
  for (const each of [ann, bob, cora]) expect(each.asked.some(({ type }) => type === 'rejoin')).toBe(false);
  expect(personOf(gus, cora)).toMatchObject({ admittedBy: bob.id });
});

test('in a meeting nobody adds a leaf that names nobody', async () => {
  const { server, ann } = await webinar();
  server.setDoor({ form: 'meeting' });
  const eve = stay('Eve', server, { unnamed: true });
  await server.join(eve);
  await ann.until(() => ann.view?.refused.length === 1);
  expect(ann.people).toEqual(['Ann']);
});
