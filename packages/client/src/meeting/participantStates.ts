import type { GroupPerson } from '@conclave/e2ee';
import { NO_SOURCES, type Participant, type ParticipantQuality, type QualityLevel } from '@conclave/protocol';
import type { Roster } from './roster.ts';
import type { ParticipantState } from './types.ts';

const fromWorst: readonly QualityLevel[] = ['poor', 'fair', 'good'];

export interface LocalTracks {
  readonly camera: MediaStreamTrack | null;
  readonly screen: MediaStreamTrack | null;
}

/** Somebody whose pictures come another way than through the slots. */
export interface ShownDirectly {
  readonly peerId: string;
  trackOf(source: 'camera' | 'screen'): MediaStreamTrack | null;
}

export interface Presence {
  /** What the server tells of each: whether the socket is open, what is on. */
  readonly roster: Roster;
  /** Who is in the group, by its own tree. */
  readonly people: readonly GroupPerson[];
  readonly local: LocalTracks;
  /** The track of a slot, if what comes there is proved to be this person's. */
  trackOf(mid: string, participantId: string): MediaStreamTrack | null;
  readonly direct: ShownDirectly | null;
}

/**
 * Everybody in the group and nobody else: whom the server names and the group does not know gets no place, and whom the
 * group knows is shown whatever the server says. Oneself is there from the start.
 */
export function participantStates({
  roster,
  people,
  local,
  trackOf,
  direct,
}: Presence): readonly ParticipantState[] {
  const pictures = picturesOf(roster, trackOf, direct);
  const known = new Map<string, Participant>(roster.participants.map((one) => [one.id, one]));
  const members = new Map(people.map((person) => [person.participantId, person]));
  const self = roster.self === null ? undefined : known.get(roster.self);
  const shown = roster.participants.filter(({ id }) => id === roster.self || members.has(id));
  const hidden = people.filter(({ participantId }) => !known.has(participantId));
  return [...shown, ...hidden.map((person) => unknownToServer(person, self))].map((participant) => {
    const isSelf = participant.id === roster.self;
    const { camera, screen } = isSelf ? local : pictures(participant.id);
    return {
      ...participant,
      ...provedOf(participant, members.get(participant.id)),
      self: isSelf,
      quality: worse(roster.qualities.get(participant.id)),
      camera: isSelf || participant.sources.camera ? camera : null,
      screen: isSelf || participant.sources.screen ? screen : null,
    };
  });
}

function picturesOf(
  roster: Roster,
  trackOf: Presence['trackOf'],
  direct: ShownDirectly | null,
): (participantId: string) => LocalTracks {
  const cameras = new Map<string, MediaStreamTrack | null>();
  const screens = new Map<string, MediaStreamTrack | null>();
  for (const { participantId, use, layer, mid } of roster.slots) {
    if (participantId === null) continue;
    // Without a layer nothing is forwarded yet: a slot's last picture of somebody else is not theirs.
    if (use === 'video-slot' && layer !== null) cameras.set(participantId, trackOf(mid, participantId));
    if (use === 'screen-slot') screens.set(participantId, trackOf(mid, participantId));
  }
  if (direct !== null) {
    cameras.set(direct.peerId, direct.trackOf('camera'));
    screens.set(direct.peerId, direct.trackOf('screen'));
  }
  return (participantId) => ({
    camera: cameras.get(participantId) ?? null,
    screen: screens.get(participantId) ?? null,
  });
}

/** The credential decides what somebody is called, and that a guest is a guest. */
function provedOf(
  participant: Participant,
  person: GroupPerson | undefined,
): Pick<Participant, 'name' | 'role'> {
  if (person === undefined) return { name: participant.name, role: participant.role };
  const { name, accountId } = person;
  if (accountId === null) return { name: name as Participant['name'], role: 'guest' };
  return {
    name: name as Participant['name'],
    role: participant.role === 'guest' ? 'member' : participant.role,
  };
}

/** Somebody who reads along and whom the server does not name. */
function unknownToServer(person: GroupPerson, self: Participant | undefined): Participant {
  return {
    id: person.participantId as Participant['id'],
    name: person.name as Participant['name'],
    role: person.accountId === null ? 'guest' : 'member',
    sources: NO_SOURCES,
    connected: false,
    joinedAt: self?.joinedAt ?? new Date(0).toISOString(),
  };
}

function worse(quality: ParticipantQuality | undefined): QualityLevel {
  if (quality === undefined) return 'good';
  return fromWorst.find((level) => level === quality.up || level === quality.down) ?? 'good';
}
