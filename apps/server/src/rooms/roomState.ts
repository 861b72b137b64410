import type {
  AccountId,
  Control,
  Entry,
  KnockIdentity,
  MeetingId,
  MeetingInfo,
  MeetingOrders,
  MeetingRules,
  ModeratedSource,
  Participant,
  ParticipantId,
  ParticipantRole,
  SessionId,
  SourceSet,
  StagePlace,
  WaitsFor,
} from '@conclave/protocol';
import { NO_ORDERS } from '@conclave/protocol';
import type { BreakoutState, BreakoutStay } from './breakoutState.ts';
import { type DirectState, noDirectPath } from './directState.ts';
import { type GroupState, noGroup } from './groupState.ts';
import type { Known } from './known.ts';
import type { StageComeback } from './stageComebacks.ts';

/** Somebody who has proved the passcode, whether they are inside or wait. */
export interface Visitor extends Known {
  readonly id: ParticipantId;
  /** The sign-in that the place was taken with: when it ends, so does the place, whatever socket has it by then. */
  readonly sessionId: SessionId | null;
  readonly name: string;
  readonly role: ParticipantRole;
  /** The name of their invitation. */
  readonly invitedAs: string | null;
  readonly controls: readonly Control[];
  /** SHA-256 of the token that takes this place back, base64url. */
  readonly resumeHash: string;
}

/** What was said of one person's source; null: what is said of all holds for them too. */
export type Permit = 'held' | 'given' | null;

/** A participant as the room keeps it. Times are in ms since the epoch. */
export interface Member extends Visitor {
  readonly joinedAt: number;
  readonly entry: Entry;
  /** What a host has signed to let them in. */
  readonly admission: string | null;
  /** Who they are, in their own signed words, for those who see them; null where their leaf in the group says it. */
  readonly introduction: string | null;
  readonly stage: StagePlace;
  readonly sources: SourceSet;
  readonly allowed: SourceSet;
  readonly permits: Readonly<Record<ModeratedSource, Permit>>;
  /** Whether the other person of a direct path may see their address; null until they have said so. */
  readonly agreed: boolean | null;
  /** Their being on is taken in only after their client has said that they are off. */
  readonly mustSayOff: Readonly<Record<ModeratedSource, boolean>>;
  /** Their stay in a breakout room of this meeting; null while they are here. */
  readonly breakout: BreakoutStay | null;
  /** Null while the socket is there; otherwise until when the place is kept. */
  readonly keptUntil: number | null;
}

/** Somebody who waits to be let in. */
export interface Knock extends Visitor {
  readonly identity: KnockIdentity;
  readonly waitsFor: WaitsFor;
  readonly keyPackage: string;
  readonly introduction: string | null;
  readonly since: number;
}

/** Somebody who may not come in again. */
export interface Removal extends Known {
  /** Of the stay that was ended. */
  readonly id: ParticipantId;
  readonly name: string;
  readonly at: number;
  /** For good, and not only for as long as the meeting goes on. */
  readonly lasting: boolean;
}

/** Somebody who has gone, and what was said of their sources: it holds for them when they come again. */
export interface HeldBefore extends Known {
  readonly permits: Member['permits'];
}

/** Somebody whose knocks are not heard for a while. */
export interface TurnedAway extends Known {
  readonly until: number;
  /**
   * This one; a `nameless` one, whose browser keeps nothing: those of the address who are so too; or the whole `network`:
   * everybody of the address of whom nothing is known but what they say.
   */
  readonly whom: 'one' | 'nameless' | 'network';
}

/** One meeting that is going on. Nothing in it outlives the meeting. */
export interface RoomState {
  readonly meeting: MeetingInfo;
  /** What the organisation and the meeting's host let people do here. */
  readonly rules: MeetingRules;
  readonly orders: MeetingOrders;
  readonly members: ReadonlyMap<ParticipantId, Member>;
  readonly lobby: ReadonlyMap<ParticipantId, Knock>;
  readonly removals: readonly Removal[];
  readonly holds: readonly HeldBefore[];
  /** Of a webinar: where those stood who were lost. */
  readonly comebacks: readonly StageComeback[];
  /** Who was turned away at the door. */
  readonly turnedAway: readonly TurnedAway[];
  /** Co-hosts who are kept with the meeting. They are so by whatever device they come. */
  readonly cohosts: ReadonlyMap<AccountId, readonly Control[]>;
  /** Who was made a co-host while it goes on, or is none any more: this counts before what is kept. */
  readonly appointed: ReadonlyMap<AccountId, readonly Control[]>;
  /** The meeting that this is a breakout room of; null for a meeting. */
  readonly parent: MeetingId | null;
  /** Null while there are no breakout rooms. */
  readonly breakout: BreakoutState | null;
  readonly direct: DirectState;
  readonly group: GroupState;
}

/** @param groupSeed 96 random bits, base64url. */
export function emptyRoom(
  id: MeetingId,
  title: string | null,
  rules: MeetingRules,
  groupSeed: string,
  known: Pick<RoomState, 'cohosts' | 'removals'> = { cohosts: new Map(), removals: [] },
): RoomState {
  return {
    meeting: { id, title },
    members: new Map(),
    lobby: new Map(),
    turnedAway: [],
    holds: [],
    comebacks: [],
    appointed: new Map(),
    rules,
    orders: NO_ORDERS,
    ...known,
    parent: null,
    breakout: null,
    direct: noDirectPath(),
    group: noGroup(groupSeed),
  };
}

/** What other participants are told of somebody. */
export function toParticipant(member: Member): Participant {
  return {
    id: member.id,
    name: member.name,
    role: member.role,
    entry: member.entry,
    invitedAs: member.invitedAs,
    controls: [...member.controls],
    stage: member.stage,
    sources: member.sources,
    allowed: member.allowed,
    connected: member.keptUntil === null,
    breakoutRoom: member.breakout?.roomId ?? null,
    introduction: member.introduction,
    joinedAt: new Date(member.joinedAt).toISOString(),
  };
}
