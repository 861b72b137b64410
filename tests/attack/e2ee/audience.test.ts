import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { stateOf } from '../../../packages/e2ee/src/mls/group/MeetingGroup.ts';
import { devicePublicKey, type MeetingGroup } from '../../../packages/e2ee/src/mls/index.ts';
import { HostileService } from './HostileService.ts';
import { Stay } from './Stay.ts';

/**
 * A webinar of Ann's, into which all come straight. Bob and Cat are its audience, with accounts; so is Gus, a guest; and so is Mallory, who runs
 * a program of her own.
 */
async function webinar() {
  const service = new HostileService();
  service.door = { form: 'webinar', straightIn: 'everybody', admitters: [] };
  const ann = new Stay('Ann the host', service, undefined, randomUUID());
  service.host = ann;
  service.ways.set(ann.id, { entry: 'host', admission: null });
  await service.admit(ann);
  const audience = [
    new Stay('Bob Unmistakable', service, undefined, randomUUID()),
    new Stay('Mallory', service),
    new Stay('Cat Unmistakable', service, undefined, randomUUID()),
    new Stay('Gus Unmistakable', service),
  ] as const;
  const [, mallory] = audience;
  /** All that ever came to her. */
  const taken: unknown[] = [];
  service.tamper = (news, to) => {
    if (to === mallory) taken.push(news);
    return [news];
  };
  for (const one of audience) {
    one.unnamed = true;
    await service.admit(one);
  }
  const [bob, , cat, gus] = audience;
  return {
    service,
    ann,
    mallory,
    others: [bob, cat, gus],
    taken,
    [Symbol.dispose]: () => service[Symbol.dispose](),
  };
}

/** All bytes and texts in something, and in all that it is made of, one after the other in hexadecimal. */
function bytesIn(thing: unknown, seen = new Set<unknown>()): string {
  if (thing instanceof Uint8Array) return Buffer.from(thing).toString('hex');
  if (typeof thing === 'string') return Buffer.from(thing).toString('hex');
  if (typeof thing !== 'object' || thing === null || seen.has(thing)) return '';
  seen.add(thing);
  const parts = thing instanceof Map ? [...thing].flat() : Object.values(thing);
  return parts.map((part: unknown) => bytesIn(part, seen)).join('/');
}

async function secretsOf({ name, accountId, device }: Stay): Promise<string[]> {
  const key = Buffer.from(await devicePublicKey(await device)).toString('hex');
  const text = Buffer.from(name).toString('hex');
  const account =
    accountId === null ? [] : [accountId.replaceAll('-', ''), Buffer.from(accountId).toString('hex')];
  return [key, text, ...account];
}

const treeOf = (group: MeetingGroup | null) => (group === null ? null : stateOf(group).ratchetTree);

test('an audience’s own program finds no name, account or known device of the audience in tree, state and all that it was sent', async () => {
  using meeting = await webinar();
  const { ann, mallory, others, taken } = meeting;
  if (mallory.group === null) throw new Error('in no group');
  const has = bytesIn([
    treeOf(mallory.group),
    stateOf(mallory.group),
    mallory.group.members(),
    mallory.views,
    taken,
  ]);
  for (const one of others) {
    for (const secret of await secretsOf(one)) expect(has).not.toContain(secret);
    // That somebody is there is no secret.
    expect(mallory.view.people.map(({ participantId }) => participantId)).toContain(one.id);
  }
  // It would have been found: the host is named there.
  for (const known of await secretsOf(ann)) expect(has).toContain(known);
});

test('the host sees each of them by name, account and device', async () => {
  using meeting = await webinar();
  const { ann, others } = meeting;
  const members = ann.group?.members() ?? [];
  for (const one of others) {
    const member = members.find(({ participantId }) => participantId === one.id);
    expect(member).toMatchObject({ name: one.name, kind: one.accountId === null ? 'guest' : 'member' });
    if (one.accountId !== null) expect(member?.deviceKey).toEqual(await devicePublicKey(await one.device));
  }
});

test('nor does it find them when they have come anew', async () => {
  using meeting = await webinar();
  const { service, mallory, others, taken } = meeting;
  const [bob] = others;
  if (bob === undefined) throw new Error('nobody');
  bob.hear({ type: 'seat', seat: { role: 'behind', groupId: service.groupId } });
  const leafOf = () =>
    mallory.group?.leaves().find(({ participantId }) => participantId === bob.id)?.leafIndex;
  await mallory.until('the new leaf', ({ view }) => (view.epoch ?? 0) > others.length + 1);
  expect(leafOf()).toBeDefined();
  const has = bytesIn([treeOf(mallory.group), mallory.views, taken]);
  for (const secret of await secretsOf(bob)) expect(has).not.toContain(secret);
});

test('somebody who introduces themselves falsely is not hidden: the host sees somebody without a name', async () => {
  using meeting = await webinar();
  const { service, ann, others } = meeting;
  const eve = new Stay('Eve', service);
  eve.unnamed = true;
  const [bob] = others;
  const arrive = eve.arrive.bind(eve);
  // With Bob's words, as a server that means ill could give them to her.
  eve.arrive = async () => ({
    ...(await arrive()),
    introduction: (bob === undefined ? null : service.introductions.get(bob)) ?? null,
  });
  await service.admit(eve);
  const seen = ann.view.people.find(({ participantId }) => participantId === eve.id);
  expect(seen).toMatchObject({ name: '', accountId: null });
});
