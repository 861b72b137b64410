import { AccountId, NO_SOURCES, ParticipantId, type SourceSet } from '@conclave/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import type { RoomCommand } from './roomCommands.ts';
import type { RoomState } from './roomState.ts';
import { enter, noRoom } from './testing/people.ts';
import { OPEN_RULES } from './testing/rules.ts';

const ids = Array.from({ length: 6 }, (_, index) => ParticipantId.parse(`participant-000${index}`));
const limit = 4;
const rules = { ...OPEN_RULES, participants: limit };
const claim = { kind: 'new', keyPackage: 'AAAA', introduction: null } as const;
const all: SourceSet = { microphone: true, camera: true, screen: true, screenAudio: true };

const anyId = fc.constantFrom(...ids);
const anySources: fc.Arbitrary<SourceSet> = fc.record({
  microphone: fc.boolean(),
  camera: fc.boolean(),
  screen: fc.boolean(),
  screenAudio: fc.boolean(),
});
const anyCommand: fc.Arbitrary<RoomCommand> = fc.oneof(
  fc.tuple(anyId, fc.nat(1000)).map(([id, now]) => enter(id, {}, { now })),
  anyId.map((id): RoomCommand => ({ type: 'resume', resumeHash: `of ${id}`, nextHash: `of ${id}`, claim })),
  fc
    .tuple(anyId, fc.nat(1000))
    .map(([id, keptUntil]): RoomCommand => ({ type: 'lose-socket', id, keptUntil, pageClosed: false })),
  fc.nat(1000).map((now): RoomCommand => ({ type: 'expire', now })),
  fc.tuple(anyId, anySources).map(([id, sources]): RoomCommand => ({ type: 'set-sources', id, sources })),
  fc.tuple(anyId, fc.boolean()).map(([id, held]) => hold(id, held)),
  anyId.map((id): RoomCommand => ({ type: 'leave', id, reason: 'left' })),
  fc.constantFrom('Weekly', null).map((title): RoomCommand => ({ type: 'rename', title })),
  fc.constant<RoomCommand>({ type: 'end' }),
);

/** By the one who would be the host, if they are here. */
function hold(of: ParticipantId, held: boolean): RoomCommand {
  const whom = { who: 'some' as const, participantIds: [of] };
  const moderation = { action: 'hold' as const, sources: ['microphone' as const], whom, held };
  return { type: 'moderate', by: id(5), moderation, now: 0 };
}

function run(commands: readonly RoomCommand[]): RoomState {
  return commands.reduce((state, command) => decide(state, command).state, noRoom(rules));
}

function id(index: number): ParticipantId {
  const found = ids[index];
  if (found === undefined) throw new Error('There are six.');
  return found;
}

test('R1, R3 hold whatever happens: never more than the limit, nobody sends more than is allowed', () => {
  fc.assert(
    fc.property(fc.array(anyCommand, { maxLength: 60 }), (commands) => {
      const state = run(commands);
      expect(state.members.size).toBeLessThanOrEqual(limit);
      for (const { sources, allowed } of state.members.values()) {
        for (const key of Object.keys(sources) as (keyof SourceSet)[])
          expect(sources[key] && !allowed[key]).toBe(false);
      }
    }),
  );
});

test('events tell everything: replaying joined, changed and left gives the members of the state', () => {
  fc.assert(
    fc.property(fc.array(anyCommand, { maxLength: 60 }), (commands) => {
      let state = noRoom(rules);
      const told = new Map();
      for (const command of commands) {
        const decision = decide(state, command);
        for (const event of decision.events) {
          if (!('member' in event)) continue;
          if (event.type === 'left') told.delete(event.member.id);
          else told.set(event.member.id, event.member);
        }
        state = decision.state;
      }
      expect(told).toEqual(new Map(state.members));
    }),
  );
});

test('R1 a full meeting refuses, and a place that is kept for somebody still counts', () => {
  const full = run(ids.slice(0, limit).map((one) => enter(one)));
  expect(decide(full, enter(id(4))).refusal).toBe('meeting.full');
  const away = decide(full, { type: 'lose-socket', id: id(0), keptUntil: 50, pageClosed: false }).state;
  expect(decide(away, enter(id(4))).refusal).toBe('meeting.full');
  expect(decide(decide(away, { type: 'expire', now: 50 }).state, enter(id(4))).refusal).toBeNull();
});

test('R2 a resume token works once', () => {
  const state = decide(run([enter(id(0))]), {
    type: 'lose-socket',
    id: id(0),
    keptUntil: 50,
    pageClosed: false,
  }).state;
  const command: RoomCommand = {
    type: 'resume',
    resumeHash: `of ${id(0)}`,
    nextHash: 'the next',
    claim,
  };
  const back = decide(state, command);
  expect(back.refusal).toBeNull();
  expect(back.state.members.get(id(0))?.keptUntil).toBeNull();
  expect(decide(back.state, command).refusal).toBe('resume.unknown');
});

test('R3 taking a right away stops what is sent by it, and giving it back starts nothing', () => {
  const speaking = run([
    enter(id(0)),
    enter(id(5), { role: 'host' }),
    { type: 'set-sources', id: id(0), sources: { ...NO_SOURCES, microphone: true } },
  ]);
  expect(speaking.members.get(id(0))?.sources.microphone).toBe(true);
  const muted = decide(speaking, hold(id(0), true)).state;
  expect(muted.members.get(id(0))?.sources.microphone).toBe(false);
  const again = decide(muted, hold(id(0), false)).state;
  expect(again.members.get(id(0))?.sources.microphone).toBe(false);
});

test('R4 a command about somebody who is not here changes nothing', () => {
  const state = run([enter(id(0))]);
  for (const command of [
    { type: 'leave', id: id(1), reason: 'left' },
    { type: 'lose-socket', id: id(1), keptUntil: 9, pageClosed: false },
    { type: 'set-sources', id: id(1), sources: all },
  ] as const) {
    expect(decide(state, command)).toEqual({ state, events: [], refusal: null });
  }
});

test('an account is no more than an id to the room', () => {
  const accountId = AccountId.parse('7a1de5c6-5a42-4f0e-9d4d-7a3f0f5b8a11');
  const { state } = decide(noRoom(rules), enter(id(0), { accountId, role: 'member' }));
  expect(state.members.get(id(0))?.accountId).toBe(accountId);
});
