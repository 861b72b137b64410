import {
  type DirectSignal,
  LIMITS,
  type Moderation,
  type ParticipantId,
  type ParticipantRole,
  type SourceSet,
  type Whom,
} from '@conclave/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import { directPathOf } from './directState.ts';
import type { RoomCommand } from './roomCommands.ts';
import type { RoomEvent } from './roomEvents.ts';
import type { RoomState } from './roomState.ts';
import { ada, bob, cid, enter as enterRoom, noRoom } from './testing/people.ts';
import { DIRECT_RULES } from './testing/rules.ts';

const claim = { kind: 'new', keyPackage: 'AAAA', introduction: null } as const;
const all: SourceSet = { microphone: true, camera: true, screen: true, screenAudio: true };
const description = (type: 'offer' | 'answer'): DirectSignal => ({ kind: 'description', type, sdp: 'v=0' });
const candidate: DirectSignal = { kind: 'candidate', candidate: 'candidate:1' };

function enter(id: ParticipantId, role: ParticipantRole): RoomCommand {
  return enterRoom(id, { role });
}

/** By the host, who is Ada. */
function hold(id: ParticipantId, held: boolean): RoomCommand {
  const whom: Whom = { who: 'some', participantIds: [id] };
  const moderation: Moderation = { action: 'hold', sources: ['microphone'], whom, held };
  return { type: 'moderate', by: ada, moderation, now: 0 };
}

interface Run {
  readonly state: RoomState;
  readonly events: readonly RoomEvent[];
  readonly refusal: string | null;
}

function run(commands: readonly RoomCommand[], from = noRoom(DIRECT_RULES)): Run {
  let last: Run = { state: from, events: [], refusal: null };
  for (const command of commands) last = decide(last.state, command);
  return last;
}

const waited: readonly RoomCommand[] = [
  { type: 'expire', now: 1_000 },
  { type: 'expire', now: 3_000 },
];
const offered = run([enter(ada, 'host'), enter(bob, 'member'), ...waited]).state;
const established = run(
  [ada, bob].map((id) => ({ type: 'report-direct', id, offerId: 1, report: 'flowing' })),
  offered,
).state;

test('R9 two members are offered a path by the clock, with a role each', () => {
  expect(run([enter(ada, 'host'), enter(bob, 'member')]).state.direct.offer).toBeNull();
  const paths = [...offered.members.values()].map((member) => directPathOf(offered, member));
  expect(paths).toMatchObject([
    { state: 'offered', offerId: 1, role: 'offerer', peerId: bob },
    { state: 'offered', offerId: 1, role: 'answerer', peerId: ada },
  ]);
});

test('a service that does not allow it offers nothing and asks nobody', () => {
  const off = run(
    [enter(ada, 'host'), enter(bob, 'guest'), { type: 'agree-direct', id: bob, agreed: true }, ...waited],
    noRoom(),
  );
  expect(off.state.direct.offer).toBeNull();
  expect([...off.state.members.values()].map((member) => directPathOf(off.state, member))).toEqual([
    { state: 'off' },
    { state: 'off' },
  ]);
});

test('a guest is asked first, and only where their agreement is what is missing', () => {
  const asked = run([enter(ada, 'host'), enter(bob, 'guest'), ...waited]).state;
  expect(asked.direct.offer).toBeNull();
  const of = (state: RoomState) => [...state.members.values()].map((member) => directPathOf(state, member));
  expect(of(asked)).toMatchObject([{ asks: false }, { asks: true, agreed: null }]);
  const refused = run([{ type: 'agree-direct', id: bob, agreed: false }], asked).state;
  expect(of(refused)[1]).toMatchObject({ asks: false, agreed: false });
  const third = run([enter(cid, 'member')], asked).state;
  expect(of(third).every((path) => path.state === 'server' && !path.asks)).toBe(true);
  const hostRefuses = run([{ type: 'agree-direct', id: ada, agreed: false }], asked).state;
  expect(of(hostRefuses)[1]).toMatchObject({ asks: false });
  const agreed = run([{ type: 'agree-direct', id: bob, agreed: true }, ...waited], asked).state;
  expect(agreed.direct.offer).not.toBeNull();
});

test.each<[string, RoomCommand, string]>([
  ['a third person', enter(cid, 'member'), 'third-person'],
  ['somebody leaving', { type: 'leave', id: bob, reason: 'left' }, 'left'],
  ['a mute by force', hold(bob, true), 'forbidden'],
  ['a consent taken back', { type: 'agree-direct', id: bob, agreed: false }, 'consent'],
  ['a page that closed', { type: 'lose-socket', id: bob, keptUntil: 9_000, pageClosed: true }, 'away'],
  ['a failure', { type: 'report-direct', id: bob, offerId: 1, report: 'failed' }, 'failed'],
])('R7 %s ends an established path at once, and both are told', (_, command, reason) => {
  const { state, events } = run([command], established);
  expect(state.direct.offer).toBeNull();
  expect(events).toContainEqual(expect.objectContaining({ type: 'direct-ended', reason }));
  const told = events.filter((event) => event.type === 'direct-told');
  expect(told.map(({ id }) => id)).toEqual([ada, bob].filter((id) => state.members.has(id)));
  for (const { direct } of told) expect(direct).toMatchObject({ state: 'server', ended: reason });
});

test('R7 whoever was stopped ends it: no server is on the path that could drop what they go on sending', () => {
  const whom: Whom = { who: 'some', participantIds: [bob] };
  const on: RoomCommand = { type: 'set-sources', id: bob, sources: all };
  const off: RoomCommand = { type: 'set-sources', id: bob, sources: { ...all, microphone: false } };
  const stop: RoomCommand = {
    ...{ type: 'moderate', by: ada, now: 0 },
    moderation: { action: 'stop', sources: ['microphone'], whom },
  };
  const stopped = run([on, stop], established);
  expect(stopped.events).toContainEqual(
    expect.objectContaining({ type: 'direct-ended', reason: 'forbidden' }),
  );
  const later = [
    { type: 'expire', now: 20_000 },
    { type: 'expire', now: 40_000 },
  ] as const;
  expect(run(later, stopped.state).state.direct.offer).toBeNull();
  expect(run([off, ...later], stopped.state).state.direct.offer).not.toBeNull();
});

test('a lost socket leaves what flows as it is, and ends what is only being set up', () => {
  const lost: RoomCommand = { type: 'lose-socket', id: bob, keptUntil: 9_000, pageClosed: false };
  expect(run([lost], established).state.direct.offer).not.toBeNull();
  expect(run([lost], offered).state.direct).toMatchObject({ offer: null, ended: 'away' });
});

test('what does not flow within a time has failed, and is tried again later and later', () => {
  let { state } = run([{ type: 'expire', now: 30_000 }], offered);
  expect(state.direct).toMatchObject({ offer: null, ended: 'failed', failures: 1 });
  ({ state } = run(
    [30_000, 89_000].map((now) => ({ type: 'expire', now })),
    state,
  ));
  expect(state.direct.offer).toBeNull();
  ({ state } = run([{ type: 'expire', now: 90_000 }], state));
  expect(state.direct.offer).toMatchObject({ id: 2 });
});

test('after the third has left it takes ten seconds of two people to go back', () => {
  let { state } = run([enter(cid, 'member'), { type: 'leave', id: cid, reason: 'left' }], established);
  ({ state } = run(
    [40_000, 49_000].map((now) => ({ type: 'expire', now })),
    state,
  ));
  expect(state.direct.offer).toBeNull();
  ({ state } = run([{ type: 'expire', now: 50_000 }], state));
  expect(state.direct.offer).toMatchObject({ id: 2 });
});

test.each<[string, RoomCommand, string]>([
  [
    'of an offer that does not stand',
    { type: 'relay-direct', id: ada, offerId: 2, signal: candidate },
    'direct.not_offered',
  ],
  [
    'of somebody else',
    { type: 'relay-direct', id: cid, offerId: 1, signal: candidate },
    'direct.not_offered',
  ],
  [
    'that answers before there is an offer',
    { type: 'relay-direct', id: bob, offerId: 1, signal: description('answer') },
    'protocol.order',
  ],
  [
    'that offers in the other one’s role',
    { type: 'relay-direct', id: bob, offerId: 1, signal: description('offer') },
    'protocol.order',
  ],
])('R8 a signal %s is refused', (_, command, refusal) => {
  expect(run([command], offered)).toMatchObject({ refusal, state: offered, events: [] });
});

test('R8 one description and so many candidates each, and not one more', () => {
  const offer: RoomCommand = { type: 'relay-direct', id: ada, offerId: 1, signal: description('offer') };
  const once = run([offer], offered);
  expect(once.events).toEqual([
    { type: 'direct-signalled', to: bob, offerId: 1, signal: description('offer') },
  ]);
  expect(run([offer], once.state).refusal).toBe('direct.too_many');
  const candidates = (count: number) =>
    Array.from(
      { length: count },
      (): RoomCommand => ({ type: 'relay-direct', id: bob, offerId: 1, signal: candidate }),
    );
  expect(run(candidates(LIMITS.directCandidates), offered).refusal).toBeNull();
  expect(run(candidates(LIMITS.directCandidates + 1), offered).refusal).toBe('direct.too_many');
});

const someone = fc.constantFrom(ada, bob, cid);
const anyCommand: fc.Arbitrary<RoomCommand> = fc.oneof(
  fc
    .tuple(someone, fc.constantFrom<ParticipantRole>('host', 'member', 'guest'))
    .map(([id, role]) => enter(id, role)),
  someone.map((id): RoomCommand => ({ type: 'leave', id, reason: 'left' })),
  { weight: 4, arbitrary: fc.nat(400).map((now): RoomCommand => ({ type: 'expire', now: now * 1_000 })) },
  fc.tuple(someone, fc.boolean()).map(([id, agreed]): RoomCommand => ({ type: 'agree-direct', id, agreed })),
  fc.tuple(someone, fc.boolean()).map(([id, held]) => hold(id, held)),
  fc
    .tuple(someone, fc.boolean())
    .map(([id, pageClosed]): RoomCommand => ({ type: 'lose-socket', id, keptUntil: 900_000, pageClosed })),
  someone.map((id): RoomCommand => ({ type: 'resume', resumeHash: `of ${id}`, nextHash: `of ${id}`, claim })),
  fc
    .tuple(someone, fc.integer({ min: 1, max: 3 }), fc.constantFrom('flowing' as const, 'failed' as const))
    .map(([id, offerId, report]): RoomCommand => ({ type: 'report-direct', id, offerId, report })),
  fc
    .tuple(someone, fc.integer({ min: 1, max: 3 }), fc.constantFrom(candidate, description('offer')))
    .map(([id, offerId, signal]): RoomCommand => ({ type: 'relay-direct', id, offerId, signal })),
);

test('R6, R8 hold whatever happens', () => {
  let offers = 0;
  fc.assert(
    fc.property(fc.array(anyCommand, { maxLength: 80 }), (commands) => {
      let state = run([
        enter(ada, 'host'),
        enter(bob, 'guest'),
        { type: 'agree-direct', id: bob, agreed: true },
      ]).state;
      const told = new Map(
        [...state.members.values()].map((member) => [member.id, directPathOf(state, member)]),
      );
      for (const command of commands) {
        // Here the same three come again and again.
        const before = { ...state, group: { ...state.group, usedIds: new Set<ParticipantId>() } };
        const { state: next, events } = decide(before, command);
        state = next;
        for (const event of events) {
          if (event.type === 'direct-told') told.set(event.id, event.direct);
          if (event.type === 'joined') told.set(event.member.id, directPathOf(state, event.member));
          if (event.type !== 'direct-signalled') continue;
          // Only within the offer that stood before, and never to a third.
          expect(before.direct.offer?.pair).toContain(event.to);
          expect(event.offerId).toBe(before.direct.offer?.id);
        }
        const { offer } = state.direct;
        if (offer !== null) {
          offers++;
          expect(state.members.size).toBe(2);
          for (const { id, role, agreed, allowed } of state.members.values()) {
            expect(offer.pair).toContain(id);
            expect(allowed).toEqual(all);
            expect(agreed === true || (agreed === null && role !== 'guest')).toBe(true);
          }
        }
        // Everybody knows how they stand.
        for (const member of state.members.values())
          expect(told.get(member.id)).toEqual(directPathOf(state, member));
      }
    }),
    { numRuns: 300 },
  );
  expect(offers).toBeGreaterThan(50);
});
