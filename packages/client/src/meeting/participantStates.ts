import type { GroupPerson } from '@conclave/e2ee';
import {
  type Entry,
  NO_SOURCES,
  type Participant,
  type ParticipantQuality,
  type QualityLevel,
} from '@conclave/protocol';
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
  /** Of whom it is not known yet, and will be in a moment, whether they are who they say. */
  readonly unjudged: ReadonlySet<string>;
  readonly local: LocalTracks;
  /** The track of a slot, if what comes there is proved to be this person's. */
  trackOf(mid: string, participantId: string): MediaStreamTrack | null;
  readonly direct: ShownDirectly | null;
}

/**
 * Everybody in the group and nobody else: whom the server names and the group does not know gets no place, and whom the
 * group knows is shown whatever the server says, but for the audience of a webinar to those who do not host it. Oneself is there from the start.
 */
export function participantStates({
  roster,
  people,
  unjudged,
  local,
  trackOf,
  direct,
}: Presence): readonly ParticipantState[] {
  const pictures = picturesOf(roster, trackOf, direct);
  const known = new Map<string, Participant>(roster.participants.map((one) => [one.id, one]));
  const members = new Map(people.map((person) => [person.participantId, person]));
  const self = roster.self === null ? undefined : known.get(roster.self);
  const shown = roster.participants.filter(
    ({ id }) => id === roster.self || (members.has(id) && !unjudged.has(id)),
  );
  const hidden = seesAll(roster) ? people.filter(({ participantId }) => !known.has(participantId)) : [];
  const place = roster.rules.form === 'webinar' ? 'off' : 'on';
  const all: readonly Named[] = [...shown, ...hidden.map((person) => unknownToServer(person, self, place))];
  return all.map((participant) => {
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

/**
 * Whether whoever is in the group is shown whatever the server says. An audience is shown to hosts and co-hosts, who so see
 * each eavesdropper; to others it is a number, which the tree tells (`audienceSize`).
 */
export function seesAll({ rules, self, participants }: Roster): boolean {
  const role = participants.find(({ id }) => id === self)?.role;
  return rules.form !== 'webinar' || role === 'host' || role === 'cohost';
}

/** How many are in the group who are not on stage, by its own tree. */
export function audienceSize(roster: Roster, people: readonly GroupPerson[]): number {
  if (roster.rules.form !== 'webinar') return 0;
  const onStage = new Set<string>(
    roster.participants.flatMap(({ id, stage }) => (stage === 'on' ? [id] : [])),
  );
  return people.filter(({ participantId }) => !onStage.has(participantId)).length;
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

/** The credential decides what somebody is called, and that a guest is a guest, who rules over nobody. */
function provedOf(
  participant: Named,
  person: GroupPerson | undefined,
): Pick<ParticipantState, 'name' | 'role' | 'controls' | 'entry' | 'admittedBy'> {
  const { role, controls } = participant;
  if (person === undefined)
    return { name: participant.name, role, controls, entry: participant.entry, admittedBy: null };
  const { name, accountId, admittedBy } = person;
  // What we have seen ourselves comes before the server's word.
  const entry = person.entry ?? participant.entry;
  // The server alone makes nobody a host who has no account.
  if (accountId === null) return { name, role: 'guest', controls: [], entry, admittedBy };
  return { name, role: role === 'guest' ? 'member' : role, controls, entry, admittedBy };
}

/** Null: the server does not even say that they are here. */
type Named = Omit<Participant, 'entry'> & { readonly entry: Entry | null };

/** Somebody who reads along and whom the server does not name. */
function unknownToServer(
  person: GroupPerson,
  self: Participant | undefined,
  stage: Participant['stage'],
): Named {
  return {
    id: person.participantId as Participant['id'],
    name: person.name as Participant['name'],
    role: person.accountId === null ? 'guest' : 'member',
    entry: null,
    invitedAs: null,
    controls: [],
    stage,
    sources: NO_SOURCES,
    allowed: NO_SOURCES,
    connected: false,
    joinedAt: self?.joinedAt ?? new Date(0).toISOString(),
    breakoutRoom: null,
    introduction: null,
  };
}

function worse(quality: ParticipantQuality | undefined): QualityLevel {
  if (quality === undefined) return 'good';
  return fromWorst.find((level) => level === quality.up || level === quality.down) ?? 'good';
}
