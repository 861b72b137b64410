import { NO_SOURCES, type Participant, ParticipantId } from '@conclave/protocol';
import { expect, test } from 'vitest';
import { type Presence, participantStates } from './participantStates.ts';
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
    sources: { ...NO_SOURCES, camera: true },
    connected: true,
    joinedAt: '2026-01-01T00:00:00.000Z',
  };
}

function person({ id, name }: Participant, accountId = accounts.get(id) ?? null) {
  return { participantId: id, name, accountId, self: id === me.id };
}

function show(change: Partial<Presence>) {
  return participantStates({
    roster: { ...emptyRoster, self: me.id, participants: [me, ada] },
    people: [person(me), person(ada)],
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
