import {
  ConclaveError,
  MeetingId,
  type Moderation,
  NO_SOURCES,
  ParticipantId,
  SessionId,
  type SourceSet,
} from '@conclave/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Room } from '../../rooms/Room.ts';
import { RoomRegistry } from '../../rooms/RoomRegistry.ts';
import { beginning, enter } from '../../rooms/testing/people.ts';
import { moderate } from '../participation/moderate.ts';
import type { ParticipationPorts, Visitor } from '../participation/ports.ts';
import { followBreakouts } from './followBreakouts.ts';
import { joinBreakout } from './joinBreakout.ts';
import { giveTicket, returnFromBreakout } from './visit.ts';

const meetingId = MeetingId.parse('abcde-fghjk-mnpqr-stuvw');
const idOf = (text: string) => ParticipantId.parse(text.padEnd(16, '0'));
const people = ['ada', 'bob', 'cid', 'dan'].map(idOf);
const all: SourceSet = { microphone: true, camera: true, screen: true, screenAudio: true };
const host = people[0] as ParticipantId;

/** A meeting and its breakout rooms, as they are on the server, with people who do anything in any order. */
class World {
  readonly rooms = new RoomRegistry();
  readonly tickets: { readonly of: ParticipantId; readonly roomId: MeetingId; readonly ticket: string }[] =
    [];
  readonly #ports: ParticipationPorts;
  #stays = 0;
  now = 0;

  constructor() {
    this.#ports = {
      rooms: this.rooms,
      clock: () => this.now,
      emit: () => {},
      media: { admit: () => {} },
      moderationRates: new Map(),
      removals: { keep: async () => {}, forget: async () => {} },
    } as unknown as ParticipationPorts;
    this.rooms.listen((event, room) => followBreakouts(this.#ports, event, room));
    const room = this.rooms.open(meetingId, beginning());
    for (const id of people) room.handle(enter(id, this.#known(id)));
  }

  get meeting(): Room {
    const room = this.rooms.find(meetingId);
    if (room === undefined) throw new Error('The meeting is gone.');
    return room;
  }

  get roomIds(): readonly MeetingId[] {
    return this.meeting.state.breakout?.rooms.map(({ id }) => id) ?? [];
  }

  /** What is refused changes nothing. */
  try(act: (ports: ParticipationPorts) => unknown): boolean {
    try {
      act(this.#ports);
      return true;
    } catch (error) {
      if (!(error instanceof ConclaveError)) throw error;
      return false;
    }
  }

  order(by: ParticipantId, moderation: Moderation, room = meetingId): Promise<boolean> {
    const place = { meetingId: room, participantId: by };
    return moderate(this.#ports, place, { moderation }).then(
      () => true,
      (error) => {
        if (!(error instanceof ConclaveError)) throw error;
        return false;
      },
    );
  }

  take(id: ParticipantId, roomId: MeetingId): void {
    const place = { meetingId, participantId: id, resumeToken: '', waits: false };
    this.try((ports) => {
      const { ticket } = giveTicket(ports, place, { type: 'breakout-ticket', request: 0, roomId });
      this.tickets.push({ of: id, roomId, ticket });
    });
  }

  show(as: ParticipantId, ticket: string, roomId: MeetingId): boolean {
    const { visitorKey, sessionId } = this.#known(as);
    const account = sessionId === null ? null : { sessionId, accountId: '' as never, name: '' };
    const visitor: Visitor = { account, visitorKey, keepsCookie: true, addressKey: 'one' };
    const participantId = idOf(`stay${++this.#stays}`);
    return this.try((ports) =>
      joinBreakout(ports, visitor, {
        ...{ type: 'join-breakout', request: 0, version: 5, meetingId: roomId },
        ...{ ticket, participantId, keyPackage: 'AAAA' },
      }),
    );
  }

  back(id: ParticipantId): void {
    const place = { meetingId, participantId: id, resumeToken: '', waits: false };
    this.try((ports) => returnFromBreakout(ports, place));
  }

  #known(id: ParticipantId) {
    const isHost = id === host;
    const sessionId = isHost ? SessionId.parse('00000000-0000-4000-8000-000000000001') : null;
    return { role: isHost ? ('host' as const) : ('guest' as const), sessionId, visitorKey: `of ${id}` };
  }
}

/** Whoever is in a breakout room is in the meeting, once, and sends from one of the two at most. */
function expectSound({ rooms, meeting, roomIds }: World): void {
  const stays = new Map<string, ParticipantId>();
  for (const member of meeting.state.members.values()) {
    if (member.breakout === null) continue;
    stays.set(member.breakout.stayId, member.id);
    expect(member).toMatchObject({ sources: NO_SOURCES, allowed: NO_SOURCES });
    expect(rooms.find(member.breakout.roomId)?.member(member.breakout.stayId)).toBeDefined();
  }
  const inside = rooms
    .all()
    .filter(({ state }) => state.parent !== null)
    .flatMap(({ id, state }) => [...state.members.keys()].map((stayId) => ({ id, stayId })));
  expect(new Set(inside.map(({ stayId }) => stayId))).toEqual(new Set(stays.keys()));
  expect(inside.length).toBe(stays.size);
  for (const { id } of inside) expect(roomIds).toContain(id);
}

type Step = (world: World) => unknown;
const anyone = fc.constantFrom(...people);
const which = fc.integer({ min: 0, max: 1 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(anyone, which).map(
    ([id, room]): Step =>
      (world) => {
        const roomId = world.roomIds[room];
        if (roomId !== undefined) world.take(id, roomId);
      },
  ),
  // Any ticket that was ever given, by anybody, for any room.
  fc.tuple(anyone, fc.nat(), which).map(
    ([as, pick, room]): Step =>
      (world) => {
        const given = world.tickets[pick % Math.max(1, world.tickets.length)];
        const roomId = world.roomIds[room];
        if (given === undefined || roomId === undefined) return;
        if (world.show(as, given.ticket, roomId)) {
          expect([given.of, given.roomId]).toEqual([as, roomId]);
          // Used: nobody comes in by it again.
          expect(world.show(as, given.ticket, roomId)).toBe(false);
        }
      },
  ),
  // The honest way.
  fc.tuple(anyone, which).map(
    ([id, room]): Step =>
      (world) => {
        const roomId = world.roomIds[room];
        if (roomId === undefined) return;
        world.take(id, roomId);
        const last = world.tickets.at(-1);
        if (last?.of === id) world.show(id, last.ticket, roomId);
      },
  ),
  anyone.map(
    (id): Step =>
      (world) =>
        world.back(id),
  ),
  fc.tuple(anyone, fc.option(which)).map(
    ([participantId, room]): Step =>
      (world) => {
        const roomId = room === null ? null : (world.roomIds[room] ?? null);
        return world.order(host, { action: 'assign-room', participantId, roomId });
      },
  ),
  fc.tuple(anyone, anyone).map(
    ([by, participantId]): Step =>
      (world) => {
        const stay = world.meeting.member(by)?.breakout ?? null;
        const other = world.meeting.member(participantId)?.breakout?.stayId ?? participantId;
        const removal: Moderation = { action: 'remove', participantId: other, ban: false };
        // From wherever they are; only the host may.
        return stay === null ? world.order(by, removal) : world.order(stay.stayId, removal, stay.roomId);
      },
  ),
  anyone.map(
    (id): Step =>
      ({ meeting, rooms }) => {
        const stay = meeting.member(id)?.breakout;
        if (stay != null) rooms.find(stay.roomId)?.handle({ type: 'leave', id: stay.stayId, reason: 'left' });
      },
  ),
  anyone.map(
    (id): Step =>
      ({ meeting }) =>
        meeting.handle({ type: 'set-sources', id, sources: all }),
  ),
  fc.constantFrom<Step>((world) => world.order(host, { action: 'close-rooms', now: true })),
  fc.constantFrom<Step>((world) =>
    world.order(host, {
      action: 'open-rooms',
      names: [null, null],
      choice: false,
      assigned: people.map((participantId, index) => ({ participantId, room: index % 2 })),
      minutes: null,
    }),
  ),
);

test('R34 to R38 in a meeting and its rooms together, whatever people do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 40 }), async (steps) => {
      const world = new World();
      await world.order(host, {
        action: 'open-rooms',
        names: [null, null],
        choice: false,
        assigned: people.map((participantId, index) => ({ participantId, room: index % 2 })),
        minutes: null,
      });
      for (const step of steps) {
        world.now += 100;
        await step(world);
        expectSound(world);
      }
    }),
  );
});
