import type {
  Control,
  Knock,
  MeetingInfo,
  MeetingOrders,
  ModeratedSource,
  Participant,
  ParticipantQuality,
  Removed,
  RulesForClients,
  ServerMessageOf,
  Slot,
  SourceSet,
  StagePlace,
} from '@conclave/protocol';
import { NO_ORDERS, NO_SOURCES } from '@conclave/protocol';
import { type KnownBreakout, knownBreakout } from '../breakout/knownBreakout.ts';
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
  /** What hosts have ordered for all. */
  readonly orders: MeetingOrders;
  /** Who waits at the door; empty for whoever may not let them in. */
  readonly knocks: readonly Knock[];
  /** Who may not come in again; empty for whoever may not remove people. */
  readonly removals: readonly Removed[];
  /** Ids of those who have said last of a source of one's own that it may not be started. */
  readonly heldBy: HeldBy;
  /** The breakout rooms of the meeting; null while there are none. */
  readonly breakout: KnownBreakout | null;
  /** How good connections are, by participant; good where nothing is said. */
  readonly qualities: ReadonlyMap<string, ParticipantQuality>;
}

export type HeldBy = Readonly<Record<ModeratedSource, string | null>>;
const heldByNobody: HeldBy = { microphone: null, camera: null, screen: null };

export const emptyRoster: Roster = {
  self: null,
  meeting: null,
  participants: [],
  slots: [],
  speakers: [],
  allowed: NO_SOURCES,
  rules: {
    form: 'meeting',
    fileSharing: 'everybody',
    chat: 'everybody',
    privateChat: 'allowed',
    microphoneAtStart: 'chosen',
    cameraAtStart: 'chosen',
    straightIn: 'everybody',
  },
  orders: NO_ORDERS,
  knocks: [],
  removals: [],
  heldBy: heldByNobody,
  breakout: null,
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
    breakout: knownBreakout(joined.breakout, Date.now()),
    orders: joined.orders,
    knocks: joined.lobby,
    removals: joined.removals,
    heldBy: roster.heldBy,
    qualities: joined.transportKept ? roster.qualities : new Map(),
  };
}

/** A notice that is not about the roster leaves it as it is. */
export function apply(roster: Roster, notice: ServerNotice): Roster {
  switch (notice.type) {
    case 'participant-joined':
    case 'participant-changed':
      return withinControls({
        ...roster,
        participants: put(roster.participants, notice.participant, roster.self),
      });
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
    case 'orders':
      return { ...roster, orders: notice.orders, heldBy: heldByOrders(roster, notice) };
    case 'moderated':
      return { ...roster, heldBy: heldByWord(roster.heldBy, notice) };
    case 'knocked': {
      const others = roster.knocks.filter(
        ({ participantId }) => participantId !== notice.knock.participantId,
      );
      return { ...roster, knocks: [...others, notice.knock] };
    }
    case 'knock-over':
      return {
        ...roster,
        knocks: roster.knocks.filter(({ participantId }) => participantId !== notice.participantId),
      };
    case 'breakout':
      return { ...roster, breakout: knownBreakout(notice.breakout, Date.now()) };
    case 'removals':
      return { ...roster, removals: notice.removals };
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

/** What hosts and co-hosts have been given, as the server says. */
export function ownControls({
  self,
  participants,
}: Pick<Roster, 'self' | 'participants'>): readonly Control[] {
  return participants.find(({ id }) => id === self)?.controls ?? [];
}

/** Where one stands oneself: on stage until something else is known. */
export function ownStage({ self, participants }: Pick<Roster, 'self' | 'participants'>): StagePlace {
  return participants.find(({ id }) => id === self)?.stage ?? 'on';
}

/** Whoever has lost a control no longer knows what came with it. */
function withinControls(roster: Roster): Roster {
  const controls = ownControls(roster);
  return {
    ...roster,
    knocks: controls.includes('admit') ? roster.knocks : [],
    removals: controls.includes('remove') ? roster.removals : [],
  };
}

function heldByOrders({ heldBy, orders: before }: Roster, { orders, by }: ServerMessageOf<'orders'>): HeldBy {
  const now = (source: ModeratedSource) =>
    orders.held[source] && !before.held[source] ? by : heldBy[source];
  return { microphone: now('microphone'), camera: now('camera'), screen: now('screen') };
}

function heldByWord(heldBy: HeldBy, { what, sources, by }: ServerMessageOf<'moderated'>): HeldBy {
  if (what !== 'held') return heldBy;
  return { ...heldBy, ...Object.fromEntries(sources.map((source) => [source, by])) };
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
