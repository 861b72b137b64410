import {
  FIRST_POLICY,
  GroupId,
  MeetingId,
  NO_SOURCES,
  type Participant,
  ParticipantId,
  rulesOf,
  type ServerMessageOf,
  toClientRules,
} from '@conclave/protocol';
import { expect, test } from 'vitest';
import { participantStates } from './participantStates.ts';
import { apply, emptyRoster, enter, type Roster } from './roster.ts';

const meeting = { id: MeetingId.parse('abcde-fghjk-mnpqr-stuvw'), title: null };
const ada = person('ada', 1);
const ben = person('ben', 2);
const cy = person('cyd', 3);

function person(name: string, second: number): Participant {
  return {
    id: ParticipantId.parse(`${name}-0123456789ab`),
    name,
    role: 'guest',
    sources: { ...NO_SOURCES, camera: true },
    connected: true,
    joinedAt: `2026-01-01T00:00:0${second}.000Z`,
  };
}

const answer = {
  type: 'joined',
  request: 1,
  self: ben.id,
  resumeToken: 'A'.repeat(43),
  meeting,
  participants: [ada, ben],
  allowed: NO_SOURCES,
  rules: toClientRules(rulesOf(FIRST_POLICY, {})),
  transportKept: false,
  direct: { state: 'off' },
  group: { role: 'waiting', groupId: GroupId.parse('AAAAAAAAAAAAAAAAAAAAAA') },
} as const satisfies ServerMessageOf<'joined'>;

/** With a group that agrees with the server. */
function shown(roster: Roster, track: MediaStreamTrack | null) {
  const people = roster.participants.map(({ id, name }) => ({
    participantId: id,
    name,
    accountId: null,
    self: id === roster.self,
  }));
  const local = { camera: null, screen: null };
  return participantStates({ roster, people, local, trackOf: () => track, direct: null });
}

function joined(transportKept = false) {
  return enter(emptyRoster, { ...answer, transportKept });
}

test('oneself comes first, the others in the order of joining', () => {
  const roster = apply(joined(), { type: 'participant-joined', participant: cy });
  expect(roster.participants.map(({ name }) => name)).toEqual(['ben', 'ada', 'cyd']);
});

test('somebody who changes keeps the place; somebody who leaves no longer speaks', () => {
  const speaking = apply(joined(), { type: 'speakers', speakers: [ada.id] });
  const changed = apply(speaking, { type: 'participant-changed', participant: { ...ada, connected: false } });
  expect(changed.participants.map(({ connected }) => connected)).toEqual([true, false]);
  const left = apply(changed, { type: 'participant-left', participantId: ada.id, reason: 'left' });
  expect(left.participants).toHaveLength(1);
  expect(left.speakers).toEqual([]);
});

test("a slot without a layer, or of somebody whose camera is off, shows nobody's old picture", () => {
  const track = {} as MediaStreamTrack;
  const pictureOfAda = (camera: boolean, layer: 'q' | null) => {
    const known = apply(joined(), {
      type: 'participant-changed',
      participant: { ...ada, sources: { ...ada.sources, camera } },
    });
    const slot = { mid: '8', use: 'video-slot', participantId: ada.id, layer } as const;
    const roster = apply(known, { type: 'slots', slots: [slot] });
    return shown(roster, track)[1]?.camera;
  };
  expect(pictureOfAda(true, 'q')).toBe(track);
  expect(pictureOfAda(true, null)).toBeNull();
  expect(pictureOfAda(false, 'q')).toBeNull();
});

test('a resume tells everything anew, and keeps the slots only with the transport', () => {
  const slot = { mid: '8', use: 'video-slot', participantId: ada.id, layer: 'q' } as const;
  const roster = apply(joined(), { type: 'slots', slots: [slot] });
  const again = {
    ...joined(),
    type: 'joined',
    request: 2,
    self: ben.id,
    resumeToken: 'A'.repeat(43),
    meeting,
  } as const;
  const { direct, group, rules } = answer;
  const message = { ...again, participants: [ben], allowed: NO_SOURCES, rules, direct, group };
  expect(enter(roster, { ...message, transportKept: true }).slots).toEqual([slot]);
  expect(enter(roster, { ...message, transportKept: false }).slots).toEqual([]);
  expect(enter(roster, { ...message, transportKept: true }).participants).toEqual([ben]);
});

test('whose connection is not good is known until they leave, and over a lost socket', () => {
  const poor = { participantId: ada.id, up: 'good', down: 'poor' } as const;
  const fair = { participantId: ada.id, up: 'fair', down: 'good' } as const;
  const qualityOf = (roster: ReturnType<typeof joined>, id: string) =>
    shown(roster, null).find((one) => one.id === id)?.quality;
  const told = apply(joined(), { type: 'quality', qualities: [poor] });
  expect(qualityOf(told, ada.id)).toBe('poor');
  expect(qualityOf(told, ben.id)).toBe('good');
  expect(qualityOf(apply(told, { type: 'quality', qualities: [fair] }), ada.id)).toBe('fair');
  expect(enter(told, { ...answer, transportKept: true }).qualities.get(ada.id)).toEqual(poor);
  expect(enter(told, { ...answer, transportKept: false }).qualities.size).toBe(0);
  const left = apply(told, { type: 'participant-left', participantId: ada.id, reason: 'left' });
  expect(left.qualities.size).toBe(0);
});

test('rules come with joining and change while one is there', () => {
  expect(joined().rules).toEqual(answer.rules);
  const rules = { ...answer.rules, chat: 'off' } as const;
  expect(apply(joined(), { type: 'rules', rules }).rules).toEqual(rules);
});
