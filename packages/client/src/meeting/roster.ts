import type {
  MeetingInfo,
  Participant,
  ParticipantQuality,
  RulesForClients,
  ServerMessageOf,
  Slot,
  SourceSet,
} from '@conclave/protocol';
import { NO_SOURCES } from '@conclave/protocol';
import type { ServerNotice } from '../signalling/Signal.ts';

/** What the server has told: who is here, who is in which slot, who speaks. */
export interface Roster {
  readonly self: string | null;
  readonly meeting: MeetingInfo | null;
  readonly participants: readonly Participant[];
  readonly slots: readonly Slot[];
  readonly speakers: readonly string[];
  readonly allowed: SourceSet;
  /** What the meeting's rules leave to clients. */
  readonly rules: RulesForClients;
  /** How good connections are, by participant; good where nothing is said. */
  readonly qualities: ReadonlyMap<string, ParticipantQuality>;
}

export const emptyRoster: Roster = {
  self: null,
  meeting: null,
  participants: [],
  slots: [],
  speakers: [],
  allowed: NO_SOURCES,
  rules: {
    fileSharing: 'everybody',
    chat: 'everybody',
    microphoneAtStart: 'chosen',
    cameraAtStart: 'chosen',
  },
  qualities: new Map(),
};

/** `joined` tells everything anew: nothing of the former roster is kept but what came with a kept transport. */
export function enter(roster: Roster, joined: ServerMessageOf<'joined'>): Roster {
  return {
    self: joined.self,
    meeting: joined.meeting,
    participants: selfFirst(joined.participants, joined.self),
    slots: joined.transportKept ? roster.slots : [],
    speakers: [],
    allowed: joined.allowed,
    rules: joined.rules,
    qualities: joined.transportKept ? roster.qualities : new Map(),
  };
}

/** A notice that is not about the roster leaves it as it is. */
export function apply(roster: Roster, notice: ServerNotice): Roster {
  switch (notice.type) {
    case 'participant-joined':
    case 'participant-changed':
      return { ...roster, participants: put(roster.participants, notice.participant, roster.self) };
    case 'participant-left':
      return {
        ...roster,
        participants: roster.participants.filter(({ id }) => id !== notice.participantId),
        speakers: roster.speakers.filter((id) => id !== notice.participantId),
        qualities: without(roster.qualities, notice.participantId),
      };
    case 'meeting-changed':
      return { ...roster, meeting: notice.meeting };
    case 'allowed':
      return { ...roster, allowed: notice.allowed };
    case 'rules':
      return { ...roster, rules: notice.rules };
    case 'slots':
      return { ...roster, slots: notice.slots };
    case 'speakers':
      return { ...roster, speakers: notice.speakers };
    case 'quality':
      return { ...roster, qualities: withQualities(roster.qualities, notice.qualities) };
    default:
      return roster;
  }
}

function withQualities(known: Roster['qualities'], news: readonly ParticipantQuality[]): Roster['qualities'] {
  const qualities = new Map(known);
  for (const quality of news) qualities.set(quality.participantId, quality);
  return qualities;
}

function without(known: Roster['qualities'], participantId: string): Roster['qualities'] {
  if (!known.has(participantId)) return known;
  const qualities = new Map(known);
  qualities.delete(participantId);
  return qualities;
}

function put(all: readonly Participant[], one: Participant, self: string | null): readonly Participant[] {
  const known = all.some(({ id }) => id === one.id);
  return known ? all.map((other) => (other.id === one.id ? one : other)) : selfFirst([...all, one], self);
}

function selfFirst(all: readonly Participant[], self: string | null): readonly Participant[] {
  const byTime = [...all].sort((a, b) => a.joinedAt.localeCompare(b.joinedAt) || a.id.localeCompare(b.id));
  return [...byTime.filter(({ id }) => id === self), ...byTime.filter(({ id }) => id !== self)];
}
