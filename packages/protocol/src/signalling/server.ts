import * as z from 'zod/mini';
import { BreakoutView } from '../breakout.ts';
import { DirectPath } from '../directPath.ts';
import { ERRORS, type ErrorCode } from '../errors.ts';
import { GroupSeat } from '../group.ts';
import { ParticipantId, Token256 } from '../ids.ts';
import { Slot, SourceSet, Wanted } from '../media.ts';
import { MeetingOrders, Removed } from '../moderation.ts';
import { LeaveReason, MeetingInfo, Participant, ParticipantQuality } from '../participants.ts';
import { RulesForClients } from '../policy/clientRules.ts';
import { DisplayName } from '../text.ts';
import { BreakoutChanged, BreakoutTicketGiven } from './breakout.ts';
import { DirectPathChanged, DirectSignalled } from './direct.ts';
import { FileAccessGiven } from './files.ts';
import {
  GroupCommitted,
  GroupMessaged,
  GroupPending,
  GroupRefused,
  GroupSeatChanged,
  GroupSeated,
  GroupSettled,
  GroupWelcomed,
} from './group.ts';
import { Knock, Knocked, KnockOver, LobbyChanged, Waiting } from './lobby.ts';
import { Moderated, OrdersChanged, RemovalsChanged, Reported } from './moderation.ts';

const request = z.int();
const code = z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]);

export const Ok = z.strictObject({ type: z.literal('ok'), request });

/** `request` is null when the fault cannot be laid to one request; the socket is closed then. */
export const SignalError = z.strictObject({
  type: z.literal('error'),
  request: z.nullable(request),
  code,
  text: z.string(),
  retryAfterMs: z.optional(z.int()),
});

/**
 * The answer to `join` and to `resume`: everything that there is to know, so a resume needs no replay. `request` is null for
 * somebody who has waited and was let in.
 */
export const Joined = z.strictObject({
  type: z.literal('joined'),
  request: z.nullable(request),
  self: ParticipantId,
  /** For one resume; every `joined` brings a new one. */
  resumeToken: Token256,
  meeting: MeetingInfo,
  participants: z.array(Participant),
  /** What this participant may send. */
  allowed: SourceSet,
  rules: RulesForClients,
  orders: MeetingOrders,
  /** Who waits; empty for whoever may not let them in. */
  lobby: z.array(Knock),
  /** Who may not come in again; empty for whoever may not remove people. */
  removals: z.array(Removed),
  /** True on a resume whose transport is still there: no new offer is needed. */
  transportKept: z.boolean(),
  direct: DirectPath,
  group: GroupSeat,
  /** Null where there are no breakout rooms, and in one of them. */
  breakout: z.nullable(BreakoutView),
});

export const Answer = z.strictObject({ type: z.literal('answer'), request, sdp: z.string() });

/** A relay, as `RTCPeerConnection` takes it. */
export const Relay = z.strictObject({
  urls: z.array(z.string()),
  username: z.string(),
  /** For a short time and for this participant alone, where the relay is ours. */
  credential: z.string(),
});
export type Relay = z.infer<typeof Relay>;
/** Empty when this service has no relay. */
export const Relays = z.strictObject({ type: z.literal('relays'), request, relays: z.array(Relay) });

export const ParticipantJoined = z.strictObject({
  type: z.literal('participant-joined'),
  participant: Participant,
});
export const ParticipantChanged = z.strictObject({
  type: z.literal('participant-changed'),
  participant: Participant,
});
export const ParticipantLeft = z.strictObject({
  type: z.literal('participant-left'),
  participantId: ParticipantId,
  reason: LeaveReason,
});
/** The host has given the meeting another title. */
export const MeetingChanged = z.strictObject({ type: z.literal('meeting-changed'), meeting: MeetingInfo });
/** The rules of the meeting are others now. What the server itself holds to is told by what it allows. */
export const RulesChanged = z.strictObject({ type: z.literal('rules'), rules: RulesForClients });
export const Allowed = z.strictObject({ type: z.literal('allowed'), allowed: SourceSet });

/** All receive lines of this client, every time. */
export const Slots = z.strictObject({ type: z.literal('slots'), slots: z.array(Slot) });
export const WantedMessage = z.strictObject({ type: z.literal('wanted'), wanted: Wanted });
/** Who speaks now, the loudest first. */
export const Speakers = z.strictObject({ type: z.literal('speakers'), speakers: z.array(ParticipantId) });
/** Whose connection has become better or worse. Everybody is good until this says otherwise. At most one a second. */
export const QualityMessage = z.strictObject({
  type: z.literal('quality'),
  qualities: z.array(ParticipantQuality),
});
/** The transport is gone at the server's end: send a new offer. */
export const TransportLost = z.strictObject({ type: z.literal('transport-lost') });
/** The last message on this socket. */
export const Ended = z.strictObject({
  type: z.literal('ended'),
  reason: LeaveReason,
  /** The name of the host who did it, where one did. */
  by: z.nullable(DisplayName),
});

export const ServerMessage = z.discriminatedUnion('type', [
  Ok,
  SignalError,
  Joined,
  Answer,
  Relays,
  ParticipantJoined,
  ParticipantChanged,
  ParticipantLeft,
  MeetingChanged,
  Allowed,
  RulesChanged,
  Slots,
  WantedMessage,
  Speakers,
  QualityMessage,
  TransportLost,
  DirectPathChanged,
  DirectSignalled,
  GroupSeated,
  GroupSeatChanged,
  GroupCommitted,
  GroupWelcomed,
  GroupPending,
  GroupSettled,
  GroupMessaged,
  GroupRefused,
  FileAccessGiven,
  Waiting,
  LobbyChanged,
  Knocked,
  KnockOver,
  OrdersChanged,
  Moderated,
  Reported,
  RemovalsChanged,
  BreakoutChanged,
  BreakoutTicketGiven,
  Ended,
]);
export type ServerMessage = z.infer<typeof ServerMessage>;
export type ServerMessageOf<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>;

/** WebSocket close codes (RFC 6455 section 7.4.2: 4000 to 4999 are ours). Except for `stopping`, do not reconnect. */
export const CLOSE = {
  ended: 4000,
  refused: 4400,
  silent: 4408,
  tooLarge: 1009,
  rate: 4429,
  stopping: 1012,
} as const;
export const SIGNAL_PATH = '/api/v1/signal';
