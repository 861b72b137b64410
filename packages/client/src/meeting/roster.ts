import type { MeetingInfo, Participant, ServerMessageOf, Slot, SourceSet } from '@conclave/protocol';
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
}

export const emptyRoster: Roster = {
  self: null,
  meeting: null,
  participants: [],
  slots: [],
  speakers: [],
  allowed: NO_SOURCES,
};

/** `joined` tells everything anew: nothing of the former roster is kept but the slots of a kept transport. */
export function enter(roster: Roster, joined: ServerMessageOf<'joined'>): Roster {
  return {
    self: joined.self,
    meeting: joined.meeting,
    participants: selfFirst(joined.participants, joined.self),
    slots: joined.transportKept ? roster.slots : [],
    speakers: [],
    allowed: joined.allowed,
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
      };
    case 'meeting-changed':
      return { ...roster, meeting: notice.meeting };
    case 'allowed':
      return { ...roster, allowed: notice.allowed };
    case 'slots':
      return { ...roster, slots: notice.slots };
    case 'speakers':
      return { ...roster, speakers: notice.speakers };
    default:
      return roster;
  }
}

function put(all: readonly Participant[], one: Participant, self: string | null): readonly Participant[] {
  const known = all.some(({ id }) => id === one.id);
  return known ? all.map((other) => (other.id === one.id ? one : other)) : selfFirst([...all, one], self);
}

function selfFirst(all: readonly Participant[], self: string | null): readonly Participant[] {
  const byTime = [...all].sort((a, b) => a.joinedAt.localeCompare(b.joinedAt) || a.id.localeCompare(b.id));
  return [...byTime.filter(({ id }) => id === self), ...byTime.filter(({ id }) => id !== self)];
}
