import {
  COHOST_CONTROLS,
  CONTROLS,
  type Control,
  LIMITS,
  type MeetingRules,
  type OrderModeration,
  type ParticipantId,
  type ServerMessage,
} from '@conclave/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSelfDeclared } from '../rooms/known.ts';
import { isBanned } from '../rooms/removals.ts';
import type { Visitor } from '../rooms/roomState.ts';
import { invitation } from '../rooms/testing/door.ts';
import { accountOf, visitor } from '../rooms/testing/people.ts';
import { AT_THE_DOOR } from './Door.ts';
import { HeardRoom } from './testing/HeardRoom.ts';

/** The host, somebody who may become a co-host, a member, an invited guest, guests of two browsers, and two of one address. */
const people: readonly Partial<Visitor>[] = [
  { role: 'host', accountId: accountOf(1), controls: CONTROLS },
  { role: 'member', accountId: accountOf(2) },
  { role: 'member', accountId: accountOf(3) },
  { invitationId: invitation, invitedAs: 'Ines' },
  { visitorKey: 'one browser', addressKey: '192.0.2.1' },
  { visitorKey: 'another browser', addressKey: '198.51.100.7' },
  { addressKey: '198.51.100.7' },
];
const participants = 4;
const toldOnlyWith = new Map<ServerMessage['type'], Control>([
  ['knocked', 'admit'],
  ['knock-over', 'admit'],
  ['removals', 'remove'],
  ['reported', 'remove'],
]);
/** Stands for the answer that tells somebody everything. */
const cameIn: ServerMessage = { type: 'transport-lost' };

/** What each is told, and whether they wait, are inside or are nowhere, as they can know it themselves. */
class World extends HeardRoom {
  readonly heard = new Map<ParticipantId, ServerMessage[]>();
  /** Everybody who was ever inside. */
  readonly inside = new Set<ParticipantId>();

  constructor(rules: Partial<MeetingRules>) {
    super({ participants, ...rules });
  }

  /** @param former an id that was used before, if there is such a one */
  enter(who: number, former: number | null = null): void {
    const before = former === null ? undefined : [...this.heard.keys()][former];
    const id = before ?? this.nextId();
    if (
      !this.do({
        type: 'enter',
        visitor: visitor(id, people[who]),
        keyPackage: 'AAAA',
        introduction: null,
        now: 0,
      })
    )
      return;
    // R15: whoever was ever inside keeps their id to themselves.
    expect(this.inside).not.toContain(id);
    this.#listen(id);
  }

  resume(id: ParticipantId): void {
    const resumeHash = `of ${id}`;
    const claim = { kind: 'new', keyPackage: 'BBBB', introduction: null } as const;
    const isThere = this.room.state.members.has(id);
    const resumed = this.do({ type: 'resume', resumeHash, nextHash: resumeHash, claim });
    // Nobody gets a place by it who had none.
    expect(resumed).toBe(isThere);
    if (resumed) this.#listen(id);
  }

  #listen(id: ParticipantId): void {
    const heard: ServerMessage[] = [];
    this.heard.set(id, heard);
    this.connect(id, {
      hear: (message) => {
        // What is at the door is told to those alone who may let people in.
        const control = toldOnlyWith.get(message.type);
        if (control !== undefined) expect(this.room.state.members.get(id)?.controls).toContain(control);
        heard.push(message);
      },
      admitted: () => void heard.push(cameIn),
      ended: (message) => void heard.push(message),
    });
  }
}

const rules: fc.Arbitrary<Partial<MeetingRules>> = fc.record({
  straightIn: fc.constantFrom('everybody', 'organisation', 'invited', 'nobody'),
  guests: fc.constantFrom('allowed', 'allowed', 'refused'),
});

type Step = (world: World) => void;
const nat = fc.nat(20);
const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.nat(people.length - 1).map(
      (who): Step =>
        (world) =>
          world.enter(who),
    ),
  },
  fc.tuple(fc.nat(people.length - 1), nat).map(
    ([who, former]): Step =>
      (world) =>
        world.enter(who, former),
  ),
  nat.map(
    (a): Step =>
      (world) =>
        world.resume(world.someone(a)),
  ),
  fc.subarray([accountOf(2), accountOf(3)]).map(
    (accounts): Step =>
      (world) => {
        const cohosts = new Map(accounts.map((id) => [id, COHOST_CONTROLS] as const));
        world.do({ type: 'set-cohosts', cohosts, now: 1 });
      },
  ),
  {
    weight: 3,
    arbitrary: fc.tuple(nat, nat).map(
      ([a, b]): Step =>
        (world) => {
          const admissions = new Map([[world.someone(b), 'signed']]);
          world.do({ type: 'admit', by: world.someone(a), admissions, now: 1 });
        },
    ),
  },
  fc.tuple(nat, nat, fc.constantFrom('one', 'network'), fc.boolean()).map(
    ([a, b, whom, ban]): Step =>
      (world) => {
        world.do({ type: 'turn-away', by: world.someone(a), id: world.someone(b), whom, ban, now: 1 });
      },
  ),
  fc.tuple(nat, nat, nat, fc.boolean()).map(
    ([a, b, which, flag]): Step =>
      (world) => {
        const participantId = world.someone(b);
        const all: readonly OrderModeration[] = [
          { action: 'remove', participantId, ban: flag },
          { action: 'let-back', participantId },
          { action: 'lock', locked: flag },
          { action: 'secure' },
          { action: 'appoint', participantId, controls: flag ? ['admit', 'remove', 'appoint'] : [] },
          { action: 'spotlight', participantIds: [participantId] },
          { action: 'hold', sources: ['microphone'], whom: { who: 'all', except: [] }, held: flag },
          { action: 'end' },
        ];
        const moderation = all[which % all.length];
        if (moderation !== undefined)
          world.do({ type: 'moderate', by: world.someone(a), moderation, now: 1 });
      },
  ),
  nat.map(
    (a): Step =>
      (world) =>
        void world.do({ type: 'leave', id: world.someone(a), reason: 'left' }),
  ),
  fc.tuple(nat, fc.boolean()).map(
    ([a, pageClosed]): Step =>
      (world) => {
        world.do({ type: 'lose-socket', id: world.someone(a), keptUntil: 10, pageClosed });
      },
  ),
  rules.map(
    (next): Step =>
      (world) => {
        world.do({ type: 'set-rules', rules: { ...world.room.state.rules, ...next }, now: 1 });
      },
  ),
  fc.constant<Step>((world) => void world.do({ type: 'uninvite', invitationId: invitation })),
  fc.constant<Step>(
    (world) => void world.do({ type: 'report', by: world.someone(0), id: world.someone(1), reason: 'spam' }),
  ),
  fc.constantFrom(11, LIMITS.lobbyMs + 1).map(
    (now): Step =>
      (world) =>
        void world.do({ type: 'expire', now }),
  ),
  fc.tuple(nat, nat).map(
    ([a, b]): Step =>
      (world) => {
        const { group } = world.room.state;
        const added = [world.someone(b)].filter((id) => group.seats.get(id)?.status === 'waiting');
        const common = { groupId: group.id, epoch: group.epoch, commit: 'CCCC', removed: [...group.gone] };
        const welcome = added.length > 0 ? 'WWWW' : null;
        world.do({ type: 'commit-group', id: world.someone(a), ...common, welcome, added });
        const sent = { groupId: group.id, to: 'everybody', message: 'MMMM' } as const;
        world.do({ type: 'send-to-group', id: world.someone(a), ...sent });
      },
  ),
);

/** One way on which somebody waits, is let in and is removed: random ones alone might not lead there. */
const walk: Step[] = [
  (world) => world.enter(0),
  (world) => world.enter(4),
  (world) => {
    const [guest] = world.room.state.lobby.keys();
    if (guest === undefined) throw new Error('nobody waits');
    world.do({ type: 'admit', by: world.someone(0), admissions: new Map([[guest, 'signed']]), now: 1 });
  },
  (world) => {
    const moderation = { action: 'remove', participantId: world.someone(1), ban: false } as const;
    world.do({ type: 'moderate', by: world.someone(0), moderation, now: 1 });
  },
];

test('R20 to R24 hold whatever people do: whoever waits, was removed or is too many has no place and hears nothing', () => {
  const seen = { waited: 0, admitted: 0, removed: 0 };
  fc.assert(
    fc.property(rules, fc.array(steps, { maxLength: 60, size: 'max' }), (first, all) => {
      const world = new World(first);
      for (const step of all) {
        step(world);
        expectPlaces(world);
        expectRemovedAreOut(world);
        expectHeard(world);
        const { members, lobby, removals } = world.room.state;
        for (const id of members.keys()) world.inside.add(id);
        seen.waited += lobby.size;
        seen.removed += removals.length;
        seen.admitted += [...members.values()].filter(({ entry }) => entry === 'admitted').length;
      }
      world.close();
    }),
    { numRuns: 300, examples: [[{ straightIn: 'nobody', guests: 'allowed' }, walk]] },
  );
  // The steps do lead there.
  for (const count of [seen.waited, seen.removed, seen.admitted]) expect(count).toBeGreaterThan(0);
});

function expectPlaces({ room }: World): void {
  const { members, lobby, group, orders } = room.state;
  expect(members.size).toBeLessThanOrEqual(LIMITS.participants);
  const others = [...members.values()].filter(({ role }) => role !== 'host');
  // R1: a host may be one more than the rules have it.
  expect(others.length).toBeLessThanOrEqual(participants);
  for (const id of lobby.keys()) {
    expect(members.has(id)).toBe(false);
    expect(group.seats.has(id)).toBe(false);
    expect(orders.spotlight).not.toContain(id);
  }
  for (const id of group.seats.keys()) expect(members.has(id)).toBe(true);
}

function expectRemovedAreOut({ room }: World): void {
  const { members, lobby } = room.state;
  for (const one of [...members.values(), ...lobby.values()]) {
    if (one.role !== 'host') expect(isBanned(room.state, one, false)).toBe(false);
  }
  // By the address too, where nothing better says who they are: whoever is inside was let in in spite of it.
  for (const one of lobby.values()) {
    if (one.role !== 'host') expect(isBanned(room.state, one, isSelfDeclared(one))).toBe(false);
  }
}

function expectHeard({ room, heard }: World): void {
  for (const [id, messages] of heard) {
    const inside = messages.indexOf(cameIn);
    const before = inside < 0 ? messages : messages.slice(0, inside);
    for (const { type } of before) expect(AT_THE_DOOR).toContain(type);
    const end = messages.findIndex(({ type }) => type === 'ended');
    // Nothing is told to anybody after the end.
    if (end >= 0) expect(messages.slice(end + 1)).toEqual([]);
    if (room.state.members.has(id)) expect(inside).toBeGreaterThanOrEqual(0);
  }
}
