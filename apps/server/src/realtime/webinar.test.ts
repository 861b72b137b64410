import {
  CONTROLS,
  LIMITS,
  NO_SOURCES,
  type OrderModeration,
  type ParticipantId,
  type ServerMessage,
} from '@conclave/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Visitor } from '../rooms/roomState.ts';
import { accountOf, visitor } from '../rooms/testing/people.ts';
import { tellMedia } from './tellRoom.ts';
import { HeardRoom } from './testing/HeardRoom.ts';

const people: readonly Partial<Visitor>[] = [
  { role: 'host', accountId: accountOf(1), controls: CONTROLS },
  { role: 'member', accountId: accountOf(2) },
  {},
  {},
];
const long = 'M'.repeat(LIMITS.audienceMessageChars + 1);
const all = { microphone: true, camera: true, screen: true, screenAudio: true };

const introductionOf = (id: string) => `introduction of ${id}`;

/** A webinar, and of each one what they know of others by what they were told. */
class World extends HeardRoom {
  /** Of each whose outbox stands: whom they have on their list. */
  readonly lists = new Map<ParticipantId, Set<ParticipantId>>();
  /** What somebody heard who was no speaker then: messages of the group, by whom. */
  readonly heardByAudience: {
    readonly from: ParticipantId;
    readonly stage: string;
    readonly long: boolean;
  }[] = [];

  constructor() {
    super({ form: 'webinar' });
  }

  enter(who: number): void {
    const id = this.nextId();
    const come = (introduction: string | null) =>
      this.do({
        ...{ type: 'enter', visitor: visitor(id, people[who]), keyPackage: 'AAAA', now: 0 },
        introduction,
      });
    // As a page does, which does not know of which form the meeting is.
    if (!come(null) && !come(introductionOf(id))) return;
    this.connect(id, {
      hear: (message) => this.#hear(id, message),
      admitted: () => void this.lists.set(id, new Set(this.#seen(id))),
      ended: () => void this.lists.delete(id),
    });
  }

  /** Everybody whom this one may know of, as the rule has it. */
  #seen(id: ParticipantId): ParticipantId[] {
    const { members } = this.room.state;
    const viewer = members.get(id);
    if (viewer === undefined) return [];
    const hosts = viewer.role === 'host' || viewer.role === 'cohost';
    return [...members.values()].flatMap((one) =>
      hosts || one.stage === 'on' || one.id === id ? [one.id] : [],
    );
  }

  /** Who waits at the door is told to whoever may open it. */
  #waiting(id: ParticipantId): ParticipantId[] {
    const { lobby } = this.room.state;
    return this.room.member(id)?.controls.includes('admit') === true ? [...lobby.keys()] : [];
  }

  check(): void {
    const { members, lobby, orders, group } = this.room.state;
    for (const [id, list] of this.lists) if (members.has(id)) expect(list).toEqual(new Set(this.#seen(id)));
    for (const { id, role, stage, allowed, sources } of members.values()) {
      if (stage !== 'on') expect([allowed, sources]).toEqual([NO_SOURCES, NO_SOURCES]);
      if (role === 'host' || role === 'cohost') expect(stage).toBe('on');
      if (stage !== 'on') expect(orders.spotlight).not.toContain(id);
    }
    for (const id of lobby.keys()) expect(group.seats.has(id)).toBe(false);
    if (!orders.live)
      for (const { role, entry } of members.values())
        expect(role === 'host' || role === 'cohost' || entry === 'admitted' || entry === 'host').toBe(true);
    for (const { stage, long } of this.heardByAudience) if (stage !== 'on') expect(long).toBe(false);
  }

  #hear(id: ParticipantId, message: ServerMessage): void {
    const list = this.lists.get(id);
    // Who somebody is, is told of nobody whom this one does not see, in whatever message.
    for (const [, of] of JSON.stringify(message).matchAll(/introduction of ([\w-]{16})/g))
      expect([...this.#seen(id), ...this.#waiting(id)]).toContain(of);
    const stage = (of: ParticipantId) => this.room.member(of)?.stage ?? 'gone';
    switch (message.type) {
      case 'participant-joined':
        list?.add(message.participant.id);
        return;
      case 'participant-changed':
        // Of nobody who is not on the list.
        expect(list?.has(message.participant.id)).toBe(true);
        return;
      case 'participant-left':
        list?.delete(message.participantId);
        return;
      case 'quality': {
        const hosts = ['host', 'cohost'].includes(this.room.member(id)?.role ?? '');
        for (const { participantId } of message.qualities)
          expect(hosts || participantId === id || stage(participantId) === 'on').toBe(true);
        return;
      }
      case 'group-message':
        if (stage(id) !== 'on')
          this.heardByAudience.push({
            ...{ from: message.from, stage: stage(message.from) },
            long: message.message.length > LIMITS.audienceMessageChars,
          });
        return;
      case 'knocked':
      case 'knock-over':
        expect(this.room.member(id)?.controls).toContain('admit');
        return;
      default:
        return;
    }
  }
}

type Step = (world: World) => void;
const nat = fc.nat(20);
const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.nat(3).map(
      (who): Step =>
        (world) =>
          world.enter(who),
    ),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(nat, nat, nat, fc.boolean()).map(
      ([a, b, which, flag]): Step =>
        (world) => {
          const participantId = world.someone(b);
          const moderations: readonly OrderModeration[] = [
            { action: 'live' },
            { action: 'stage', participantId, onStage: true },
            { action: 'stage', participantId, onStage: flag },
            { action: 'appoint', participantId, controls: flag ? ['admit', 'media'] : [] },
            { action: 'spotlight', participantIds: [participantId] },
            { action: 'hold', sources: ['camera'], whom: { who: 'all', except: [] }, held: flag },
            { action: 'remove', participantId, ban: false },
          ];
          const moderation = moderations[which % moderations.length];
          const { members } = world.room.state;
          const host = [...members.values()].find(({ role }) => role === 'host')?.id;
          // Mostly by a host, so that something comes of it.
          const by = a % 4 === 0 || host === undefined ? world.someone(a) : host;
          if (moderation !== undefined) world.do({ type: 'moderate', by, moderation, now: 1 });
        },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(nat, fc.boolean()).map(
      ([a, flag]): Step =>
        (world) => {
          const asked = [...world.room.state.members.values()].find(({ stage }) => stage === 'asked')?.id;
          world.do({
            type: 'take-stage',
            id: flag && asked !== undefined ? asked : world.someone(a),
            onStage: flag,
          });
        },
    ),
  },
  nat.map(
    (a): Step =>
      (world) =>
        void world.do({ type: 'set-sources', id: world.someone(a), sources: all }),
  ),
  fc.tuple(nat, nat).map(
    ([a, b]): Step =>
      (world) => {
        const admissions = new Map([[world.someone(b), 'signed']]);
        world.do({ type: 'admit', by: world.someone(a), admissions, now: 1 });
      },
  ),
  nat.map(
    (a): Step =>
      (world) =>
        void world.do({ type: 'leave', id: world.someone(a), reason: 'left' }),
  ),
  nat.map(
    (a): Step =>
      (world) => {
        world.do({ type: 'lose-socket', id: world.someone(a), keptUntil: 10, pageClosed: false });
      },
  ),
  fc.constantFrom(11, 20_000).map(
    (now): Step =>
      (world) =>
        void world.do({ type: 'expire', now }),
  ),
  {
    weight: 3,
    arbitrary: fc.tuple(nat, fc.boolean(), fc.boolean()).map(
      ([a, isLong, forAll]): Step =>
        (world) => {
          const { group } = world.room.state;
          const waiting = [...group.seats].flatMap(([id, { status }]) => (status === 'waiting' ? [id] : []));
          const common = { groupId: group.id, epoch: group.epoch, commit: 'CCCC', removed: [...group.gone] };
          const welcome = waiting.length > 0 ? 'WWWW' : null;
          for (const id of world.room.state.members.keys())
            if (world.do({ type: 'commit-group', id, ...common, welcome, added: waiting })) break;
          const to = forAll ? 'everybody' : 'stage';
          const message = isLong ? long : 'MMMM';
          world.do({ type: 'send-to-group', id: world.someone(a), groupId: group.id, to, message });
        },
    ),
  },
  fc.constant<Step>((world) => {
    const qualities = [...world.room.state.members.keys()].map(
      (participantId) => ({ participantId, up: 'fair', down: 'poor' }) as const,
    );
    tellMedia({ type: 'quality', room: world.room.state.meeting.id, qualities }, world.room, world.outboxes);
  }),
);

test('R29 to R31 hold whatever people do: an audience has no slot to send, no list of names, and no word that is for the stage', () => {
  const seen = { audience: 0, speakers: 0, practice: 0, heard: 0 };
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 60, size: 'max' }), (all) => {
      const world = new World();
      world.enter(0);
      for (const step of all) {
        step(world);
        world.check();
        const { members, orders, lobby } = world.room.state;
        for (const { role, stage } of members.values()) {
          if (stage === 'off') seen.audience++;
          if (stage === 'on' && (role === 'guest' || role === 'member')) seen.speakers++;
        }
        if (!orders.live && lobby.size > 0) seen.practice++;
      }
      seen.heard += world.heardByAudience.length;
      world.close();
    }),
    { numRuns: 300, seed: 16 },
  );
  // The steps do lead there.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(50);
});
