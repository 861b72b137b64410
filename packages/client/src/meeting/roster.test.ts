import {
  FIRST_POLICY,
  GroupId,
  KeyPackage,
  MeetingId,
  NO_ORDERS,
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
    entry: 'passcode',
    invitedAs: null,
    controls: [],

    stage: 'on',
    allowed: NO_SOURCES,
    sources: { ...NO_SOURCES, camera: true },
    connected: true,
    joinedAt: `2026-01-01T00:00:0${second}.000Z`,
    breakoutRoom: null,
    introduction: null,
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
  orders: NO_ORDERS,
  lobby: [],
  removals: [],
  transportKept: false,
  breakout: null,
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
    entry: null,
    admittedBy: null,
  }));
  const local = { camera: null, screen: null };
  return participantStates({
    roster,
    people,
    unjudged: new Set<string>(),
    local,
    trackOf: () => track,
    direct: null,
  });
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
  const message = { ...answer, request: 2, participants: [ben] };
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

const knock = {
  participantId: cy.id,
  name: 'cyd',
  identity: 'self-declared',
  waitsFor: 'host',
  since: cy.joinedAt,
  keyPackage: KeyPackage.parse('AAAA'),
  introduction: null,
} as const;

test('whoever may let people in knows who waits, and no longer once they may not', () => {
  const able = { ...ben, controls: ['admit' as const] };
  const host = enter(emptyRoster, { ...answer, participants: [ada, able] });
  const waiting = apply(host, { type: 'knocked', knock });
  expect(waiting.knocks).toEqual([knock]);
  // Told twice, as whoever is given the control is: once on the list.
  expect(apply(waiting, { type: 'knocked', knock }).knocks).toEqual([knock]);
  expect(apply(waiting, { type: 'knock-over', participantId: cy.id }).knocks).toEqual([]);
  const unable = { type: 'participant-changed', participant: ben } as const;
  expect(apply(waiting, unable).knocks).toEqual([]);
});

test('who holds a source of ours is who said so last, of all or of us', () => {
  const held = { ...NO_ORDERS, held: { ...NO_ORDERS.held, microphone: true } };
  const forAll = apply(joined(), { type: 'orders', orders: held, by: ada.id });
  expect(forAll.heldBy).toEqual({ microphone: ada.id, camera: null, screen: null });
  const forUs = apply(forAll, { type: 'moderated', what: 'held', sources: ['camera'], by: cy.id });
  expect(forUs.heldBy).toEqual({ microphone: ada.id, camera: cy.id, screen: null });
  expect(forUs.orders).toEqual(held);
});
