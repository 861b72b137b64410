import {
  FIRST_POLICY,
  MEETING_SETTINGS,
  type MeetingRules,
  NO_SOURCES,
  ParticipantId,
  type ParticipantRole,
  rulesOf,
  type SourceSet,
} from '@conclave/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allowedSources } from '../policy/media.ts';
import { decide } from './decide.ts';
import { directPathOf } from './directState.ts';
import type { RoomCommand } from './roomCommands.ts';
import type { RoomState } from './roomState.ts';
import { enter as enterRoom, noRoom } from './testing/people.ts';
import { DIRECT_RULES, OPEN_RULES } from './testing/rules.ts';

const all: SourceSet = { microphone: true, camera: true, screen: true, screenAudio: true };
const roles: readonly ParticipantRole[] = ['host', 'member', 'guest'];
const idOf = (role: ParticipantRole) => ParticipantId.parse(role.padEnd(16, '0'));

function enter(role: ParticipantRole): RoomCommand {
  return enterRoom(idOf(role), { role });
}

function room(rules: MeetingRules, who = roles): RoomState {
  return who.reduce((state, role) => decide(state, enter(role)).state, noRoom(rules));
}

function send(state: RoomState, role: ParticipantRole, sources: SourceSet): RoomState {
  return decide(state, { type: 'set-sources', id: idOf(role), sources }).state;
}

const sourcesOf = (state: RoomState, role: ParticipantRole) => state.members.get(idOf(role))?.sources;
const anyRules: fc.Arbitrary<MeetingRules> = fc.record({
  screenSharing: fc.constantFrom('everybody', 'members', 'hosts', 'off'),
  fileSharing: fc.constantFrom('everybody', 'members', 'hosts', 'off'),
  chat: fc.constantFrom('everybody', 'hosts', 'off'),
  form: fc.constant('meeting'),
  privateChat: fc.constantFrom('allowed', 'off'),
  directPath: fc.constantFrom('allowed', 'off'),
  straightIn: fc.constantFrom('everybody', 'organisation', 'invited', 'nobody'),
  guests: fc.constantFrom('allowed', 'refused'),
  microphoneAtStart: fc.constantFrom('chosen', 'off'),
  cameraAtStart: fc.constantFrom('chosen', 'off'),
  participants: fc.integer({ min: 2, max: 300 }),
});

test('R18 a screen that may be shared no longer is off at once, for everybody whom it concerns', () => {
  const sharing = roles.reduce((state, role) => send(state, role, all), room(OPEN_RULES));
  const members = decide(sharing, {
    type: 'set-rules',
    now: 0,
    rules: { ...OPEN_RULES, screenSharing: 'members' },
  });
  expect(sourcesOf(members.state, 'guest')).toEqual({ ...all, screen: false, screenAudio: false });
  expect(sourcesOf(members.state, 'member')).toEqual(all);
  const off = decide(members.state, {
    type: 'set-rules',
    now: 0,
    rules: { ...OPEN_RULES, screenSharing: 'off' },
  });
  for (const role of roles)
    expect(sourcesOf(off.state, role)).toMatchObject({ screen: false, screenAudio: false });
  expect(off.events.map(({ type }) => type)).toEqual(['changed', 'changed', 'ruled']);
  expect(sourcesOf(send(off.state, 'host', all), 'host')).toMatchObject({ screen: false });
});

test('R18 whatever the rules become, nobody sends what they do not allow and no guest stays who may not', () => {
  fc.assert(
    fc.property(fc.array(anyRules, { minLength: 1, maxLength: 5 }), (changes) => {
      let state = roles.reduce((next, role) => send(next, role, all), room(OPEN_RULES));
      for (const rules of changes) state = decide(state, { type: 'set-rules', now: 0, rules }).state;
      for (const { role, allowed, sources, permits, stage } of state.members.values()) {
        expect(allowed).toEqual(
          allowedSources({ role, permits, stage, breakout: null }, state.rules, state.orders.held),
        );
        expect(sources.screen && !allowed.screen).toBe(false);
        expect(role === 'guest' && state.rules.guests === 'refused').toBe(false);
      }
    }),
  );
});

test('R18 guests who may not be here any more are let go and told why; those who are away as well', () => {
  const away = decide(room(OPEN_RULES), {
    type: 'lose-socket',
    id: idOf('guest'),
    keptUntil: 30_000,
    pageClosed: false,
  }).state;
  const { state, events } = decide(away, {
    type: 'set-rules',
    now: 0,
    rules: { ...OPEN_RULES, guests: 'refused' },
  });
  expect([...state.members.values()].map(({ role }) => role)).toEqual(['host', 'member']);
  expect(events).toContainEqual(expect.objectContaining({ type: 'left', reason: 'members-only' }));
});

test('R18 a smaller number puts nobody out, and lets nobody else in', () => {
  const rules = { ...OPEN_RULES, participants: 2 };
  const { state } = decide(room(OPEN_RULES), { type: 'set-rules', now: 0, rules });
  expect(state.members.size).toBe(3);
  const guest = enterRoom(ParticipantId.parse('another'.padEnd(16, '0')));
  const fewer = decide(state, { type: 'leave', id: idOf('guest'), reason: 'left' }).state;
  expect(decide(fewer, guest).refusal).toBe('meeting.full');
});

test('R18 a direct path ends when it may no longer be, and both are told', () => {
  let state = room(DIRECT_RULES, ['host', 'member']);
  for (const now of [1_000, 4_000]) state = decide(state, { type: 'expire', now }).state;
  expect(state.direct.offer).not.toBeNull();
  const off = decide(state, { type: 'set-rules', now: 0, rules: OPEN_RULES });
  expect(off.state.direct.offer).toBeNull();
  expect(off.events).toContainEqual(expect.objectContaining({ type: 'direct-ended', reason: 'forbidden' }));
  expect(off.events.filter(({ type }) => type === 'direct-told')).toHaveLength(2);
  for (const member of off.state.members.values())
    expect(directPathOf(off.state, member)).toEqual({ state: 'off' });
  const again = decide(off.state, { type: 'set-rules', now: 0, rules: DIRECT_RULES });
  expect(again.events.filter(({ type }) => type === 'direct-told')).toHaveLength(2);
});

test('R18 the same rules once more are no news', () => {
  const state = room(OPEN_RULES);
  expect(decide(state, { type: 'set-rules', now: 0, rules: { ...OPEN_RULES } })).toEqual({
    state,
    events: [],
    refusal: null,
  });
});

test('R19 a device that begins off is on only after it was said to be off', () => {
  const rules: MeetingRules = { ...OPEN_RULES, microphoneAtStart: 'off', cameraAtStart: 'off' };
  const before = room(rules);
  const eager = send(before, 'guest', { ...NO_SOURCES, microphone: true, camera: true });
  expect(sourcesOf(eager, 'guest')).toEqual(NO_SOURCES);
  const stubborn = send(eager, 'guest', { ...NO_SOURCES, microphone: true, camera: true });
  expect(sourcesOf(stubborn, 'guest')).toEqual(NO_SOURCES);
  const half = send(stubborn, 'guest', { ...NO_SOURCES, camera: true });
  const then = send(half, 'guest', { ...NO_SOURCES, microphone: true, camera: true });
  expect(sourcesOf(then, 'guest')).toEqual({ ...NO_SOURCES, microphone: true });
  const honest = send(send(before, 'host', NO_SOURCES), 'host', {
    ...NO_SOURCES,
    microphone: true,
    camera: true,
  });
  expect(sourcesOf(honest, 'host')).toEqual({ ...NO_SOURCES, microphone: true, camera: true });
});

test('R19 where it is up to each person, a device may be on from the first moment', () => {
  expect(sourcesOf(send(room(OPEN_RULES), 'guest', all), 'guest')).toEqual(all);
});

test('every rule of a meeting is one of its settings', () => {
  expect(Object.keys(rulesOf(FIRST_POLICY, {}))).toEqual(Object.keys(MEETING_SETTINGS));
});
