import { NO_SOURCES, type Participant, ParticipantId } from '@conclave/protocol';
import { expect, test } from 'vitest';
import { audienceSize, type Presence, participantStates } from './participantStates.ts';
import { emptyRoster } from './roster.ts';

const track = {} as MediaStreamTrack;
const me = participant('me', 'host');
const ada = participant('ada', 'member');
const accounts = new Map([
  [me.id, '11111111-1111-4111-8111-111111111111'],
  [ada.id, '22222222-2222-4222-8222-222222222222'],
]);

function participant(name: string, role: Participant['role']): Participant {
  return {
    id: ParticipantId.parse(`${name}0123456789abcdefg`.slice(0, 16)),
    name,
    role,
    entry: 'passcode',
    invitedAs: null,
    controls: [],

    stage: 'on',
    allowed: NO_SOURCES,
    sources: { ...NO_SOURCES, camera: true },
    connected: true,
    joinedAt: '2026-01-01T00:00:00.000Z',
    breakoutRoom: null,
    introduction: null,
  };
}

function person({ id, name }: Participant, accountId = accounts.get(id) ?? null) {
  return { participantId: id, name, accountId, self: id === me.id, entry: null, admittedBy: null };
}

function show(change: Partial<Presence>) {
  return participantStates({
    roster: { ...emptyRoster, self: me.id, participants: [me, ada] },
    people: [person(me), person(ada)],
    unjudged: new Set<string>(),
    local: { camera: null, screen: null },
    trackOf: () => null,
    direct: null,
    ...change,
  });
}

test('whom the server names and the group does not know is not shown; oneself is, from the start', () => {
  expect(show({ people: [person(me)] }).map(({ id }) => id)).toEqual([me.id]);
  expect(show({ people: [] }).map(({ id }) => id)).toEqual([me.id]);
});

test('whose introduction is just being judged is there a moment later, by name; whom nobody names at once', () => {
  const unjudged = new Set<string>([ada.id]);
  expect(show({ unjudged }).map(({ id }) => id)).toEqual([me.id]);
  expect(show({ unjudged: new Set([me.id]) }).map(({ id }) => id)).toEqual([me.id, ada.id]);
  const roster = { ...emptyRoster, self: me.id, participants: [me] };
  expect(show({ roster, unjudged }).map(({ id }) => id)).toEqual([me.id, ada.id]);
});

test('whom the group knows is shown although the server does not name them', () => {
  const roster = { ...emptyRoster, self: me.id, participants: [me] };
  expect(show({ roster }).map(({ name, connected }) => [name, connected])).toEqual([
    ['me', true],
    ['ada', false],
  ]);
});

test('name and kind are those of the credential, whatever the server calls somebody', () => {
  const called = { ...ada, name: 'The boss' as Participant['name'], role: 'host' } as const;
  const roster = { ...emptyRoster, self: me.id, participants: [me, called] };
  expect(show({ roster, people: [person(me), person(ada)] })[1]).toMatchObject({ name: 'ada', role: 'host' });
  expect(show({ roster, people: [person(me), { ...person(ada), accountId: null }] })[1]).toMatchObject({
    name: 'ada',
    role: 'guest',
  });
});

test('a picture is shown where it is proved to be theirs, and nowhere else', () => {
  const slots = [{ mid: '8', use: 'video-slot', participantId: ada.id, layer: 'q' } as const];
  const roster = { ...emptyRoster, self: me.id, participants: [me, ada], slots };
  const proved = (owner: string) => (_: string, id: string) => (id === owner ? track : null);
  expect(show({ roster, trackOf: proved(ada.id) })[1]?.camera).toBe(track);
  expect(show({ roster, trackOf: proved(me.id) })[1]?.camera).toBeNull();
});

test('the audience of a webinar is a number to whoever does not host it, and hosts see everybody in the group', () => {
  const rules = { ...emptyRoster.rules, form: 'webinar' } as const;
  const cyd = { ...participant('cyd', 'guest'), stage: 'off' } as const;
  const roster = (role: Participant['role']) => ({
    ...{ ...emptyRoster, rules, self: me.id },
    participants: [{ ...me, role, stage: role === 'host' ? 'on' : 'off' } as const, ada],
  });
  const people = [person(me), person(ada), person(cyd)];
  const names = (role: Participant['role']) => show({ roster: roster(role), people }).map(({ name }) => name);
  expect(names('guest')).toEqual(['me', 'ada']);
  expect(names('host')).toEqual(['me', 'ada', 'cyd']);
  expect(audienceSize(roster('guest'), people)).toBe(2);
  expect(audienceSize(roster('host'), people)).toBe(1);
});
