import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { devicePublicKey, type MemberIdentity, signAdmission } from '../../../packages/e2ee/src/mls/index.ts';
import { groupId, meetingId } from '../../../packages/e2ee/src/mls/testing/people.ts';
import type { Newcomer } from '../../../packages/e2ee/src/worker/door/Doorkeeper.ts';
import { HostileService } from './HostileService.ts';
import { Stay } from './Stay.ts';

type Way = Omit<Newcomer, 'participantId'>;

/**
 * A meeting where everybody waits for Ann. Bob is in it, and may let in nobody; so is Gus, a guest whom Ann let in. Eve has
 * the link with its passcode, and the server on her side.
 */
async function lobby() {
  const service = new HostileService();
  const withAccount = (name: string) => new Stay(name, service, undefined, randomUUID());
  const [ann, bob, gus, eve] = [
    withAccount('Ann'),
    withAccount('Bob'),
    new Stay('Gus', service),
    new Stay('Eve', service),
  ];
  service.door = { form: 'meeting', straightIn: 'nobody', admitters: [ann.id] };
  for (const member of [ann, bob]) {
    service.ways.set(member.id, { entry: 'host', admission: null });
    await service.admit(member);
  }
  service.ways.set(gus.id, await admittedBy(ann, await identityOf(gus)));
  await service.admit(gus);
  const inside = [ann, bob, gus] as const;
  return { service, ann, bob, gus, eve, inside, [Symbol.dispose]: () => service[Symbol.dispose]() };
}

async function identityOf({ id, name, accountId, device }: Stay): Promise<MemberIdentity> {
  const common = { participantId: id, name, deviceKey: await devicePublicKey(await device) };
  return accountId === null ? { kind: 'guest', ...common } : { kind: 'member', accountId, ...common };
}

async function admittedBy(
  host: Stay,
  who: MemberIdentity,
  { meeting = meetingId, at = Date.now() } = {},
): Promise<Way> {
  const by = { participantId: host.id, device: await host.device };
  return { entry: 'admitted', admission: await signAdmission(meeting, who, by, at) };
}

const admitted = (admission: Uint8Array<ArrayBuffer> | null): Way => ({ entry: 'admitted', admission });
const day = 24 * 60 * 60 * 1_000;
type Lobby = Awaited<ReturnType<typeof lobby>>;

const lies: readonly (readonly [string, (lobby: Lobby) => Way | Promise<Way>])[] = [
  ['that the passcode is enough', () => ({ entry: 'passcode', admission: null })],
  ['that they have an account', () => ({ entry: 'account', admission: null })],
  ['that they are a host', () => ({ entry: 'host', admission: null })],
  ['that they were invited, where that is not enough', () => ({ entry: 'invited', admission: null })],
  ['that a host let them in, and nothing by which to see it', () => admitted(null)],
  ['that a host let them in, and some bytes', () => admitted(new Uint8Array(300).fill(7))],
  [
    'the word of a host with another signature',
    async ({ ann, eve }) => {
      const { entry, admission } = await admittedBy(ann, await identityOf(eve));
      const forged = new Uint8Array(admission ?? []);
      forged.fill(1, -64);
      return { entry, admission: forged };
    },
  ],
  [
    'the word of a host by a device of their own',
    async ({ ann, eve }) => {
      const by = { participantId: ann.id, device: await eve.device };
      return admitted(await signAdmission(meetingId, await identityOf(eve), by, Date.now()));
    },
  ],
  [
    'the word of a host who never was here, by a device of their own',
    async ({ eve }) => {
      const by = { participantId: 'AAAAAAAAAAAAAAAA', device: await eve.device };
      return admitted(await signAdmission(meetingId, await identityOf(eve), by, Date.now()));
    },
  ],
  [
    'the word of a host who was here before everybody else, by a device of their own',
    async ({ eve }) => {
      const by = { participantId: 'AAAAAAAAAAAAAAAA', device: await eve.device };
      return admitted(await signAdmission(meetingId, await identityOf(eve), by, Date.now() - 3_600_000));
    },
  ],
  [
    'the word of a member who may let in nobody',
    async ({ bob, eve }) => admittedBy(bob, await identityOf(eve)),
  ],
  ['the word of a guest', async ({ gus, eve }) => admittedBy(gus, await identityOf(eve))],
  ['their own word', async ({ eve }) => admittedBy(eve, await identityOf(eve))],
  [
    "a host's word for another meeting",
    async ({ ann, eve }) => admittedBy(ann, await identityOf(eve), { meeting: 'another' }),
  ],
  ["a host's word for another person", ({ service, gus }) => service.ways.get(gus.id) ?? admitted(null)],
  [
    "a host's word for another device of theirs",
    async ({ ann, gus, eve }) => {
      const { deviceKey } = await identityOf(gus);
      return admittedBy(ann, { ...(await identityOf(eve)), deviceKey });
    },
  ],
  [
    "a host's word for another name",
    async ({ ann, eve }) => admittedBy(ann, { ...(await identityOf(eve)), name: 'Eva' } as MemberIdentity),
  ],
  [
    "a host's word of the day before",
    async ({ ann, eve }) => admittedBy(ann, await identityOf(eve), { at: Date.now() - day }),
  ],
  [
    "a host's word, given out as that of an invitation",
    async ({ ann, eve }) => ({ ...(await admittedBy(ann, await identityOf(eve))), entry: 'invited' }),
  ],
];

test.each(lies)('past the lobby by saying %s: nobody adds them, and it is shown', async (_, lie) => {
  using meeting = await lobby();
  const { service, eve, inside } = meeting;
  service.ways.set(eve.id, await lie(meeting));
  const commits = service.commits.length;
  await service.enter(eve);
  for (const stay of inside)
    await stay.until('the refusal', ({ view }) =>
      view.refused.some(({ participantId }) => participantId === eve.id),
    );
  expect(service.commits).toHaveLength(commits);
  for (const stay of inside) expect(stay.names).toEqual(['Ann', 'Bob', 'Gus']);
  expect(eve.group).toBeNull();
});

test('the server tells one member one thing and the others another: those do not follow', async () => {
  using meeting = await lobby();
  const { service, ann, bob, gus, eve } = meeting;
  // Ann believes that Eve may come by an invitation, which is the rule as she is told; the others know of no such thing.
  ann.hear({ type: 'door', rules: { form: 'meeting', straightIn: 'invited', admitters: [ann.id] } });
  service.ways.set(eve.id, { entry: 'invited', admission: null });
  service.tamper = (news, to) => (news.type === 'pending' && to !== ann ? [] : [news]);
  await service.enter(eve);
  await ann.until('Eve', ({ names }) => names.includes('Eve'));
  for (const stay of [bob, gus])
    await stay.until('the loss', ({ views }) => views.some(({ phase }, at) => phase === 'forming' && at > 0));
  for (const stay of [bob, gus])
    expect(stay.views.slice(0, -1).every(({ people }) => people.every(({ name }) => name !== 'Eve'))).toBe(
      true,
    );
});

test.each([
  ['names nobody', () => []],
  [
    'names others too',
    (named: readonly Newcomer[], eve: Stay) => [
      ...named,
      { ...named[0], participantId: `${eve.id.slice(0, -1)}A` },
    ],
  ],
])('a commit of which the server %s is not followed', async (_, change) => {
  using meeting = await lobby();
  const { service, ann, bob, gus, eve } = meeting;
  service.ways.set(eve.id, await admittedBy(ann, await identityOf(eve)));
  service.tamper = (news, to) => {
    if (news.type !== 'commit' || to !== bob) return [news];
    const added = change(news.accepted.added, eve) as readonly Newcomer[];
    return [{ ...news, accepted: { ...news.accepted, added } }];
  };
  await service.enter(eve);
  await bob.until('the loss', ({ views }) => views.some(({ phase }, at) => phase === 'forming' && at > 0));
  for (const stay of [ann, gus]) await stay.until('Eve', ({ names }) => names.includes('Eve'));
});

test('what a server can do with somebody who has the passcode: they are in as invited, and everybody sees them', async () => {
  using meeting = await lobby();
  const { service, eve, inside } = meeting;
  for (const stay of inside)
    stay.hear({
      type: 'door',
      rules: { form: 'meeting', straightIn: 'invited', admitters: service.door.admitters },
    });
  service.ways.set(eve.id, { entry: 'invited', admission: null });
  await service.admit(eve);
  for (const stay of inside) {
    expect(stay.names).toEqual(['Ann', 'Bob', 'Eve', 'Gus']);
    const seen = stay.view.people.find(({ participantId }) => participantId === eve.id);
    expect(seen).toMatchObject({ entry: 'invited', admittedBy: null, accountId: null });
  }
});

test("a host's word lets in whom it names, as long as it is good, and no other group is needed for it", async () => {
  using meeting = await lobby();
  const { service, ann, eve, inside } = meeting;
  service.ways.set(eve.id, await admittedBy(ann, await identityOf(eve), { at: Date.now() - day + 60_000 }));
  await service.admit(eve);
  for (const stay of inside)
    expect(stay.view.people.find(({ participantId }) => participantId === eve.id)).toMatchObject({
      entry: 'admitted',
      admittedBy: ann.id,
    });
  expect(eve.group?.groupId).toBe(groupId);
});
