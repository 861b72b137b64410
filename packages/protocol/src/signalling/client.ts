import * as z from 'zod/mini';
import { GroupClaim, Introduction, KeyPackage } from '../group.ts';
import { MeetingId, ParticipantId, Token256 } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { OfferLine, SourceSet, VideoCodec, View } from '../media.ts';
import { DisplayName } from '../text.ts';
import { AskBreakoutHelp, AskBreakoutTicket, JoinBreakout, LeaveBreakout } from './breakout.ts';
import { DirectConsent, DirectReport, SendDirectSignal } from './direct.ts';
import { AskFileAccess } from './files.ts';
import { GroupAck, GroupRefuse, GroupRejoin, SendGroupCommit, SendGroupMessage } from './group.ts';
import { Admit, TurnAway } from './lobby.ts';
import { Moderate, Report, TakeStage } from './moderation.ts';

/** Answered by exactly one `ok`, `joined`, `waiting`, `answer`, `relays`, `group-seat`, `file-access`,
 * `breakout-ticket` or `error` with the same number. */
const request = z.int().check(z.minimum(0), z.maximum(2 ** 31 - 1));

export const Join = z.strictObject({
  type: z.literal('join'),
  request,
  version: z.int(),
  meetingId: MeetingId,
  /** The half of the stretched passcode that proves knowledge of it. The server keeps only its hash. */
  proof: Token256,
  /** Taken for guests. Somebody who is signed in has the name of the account. */
  name: DisplayName,
  /** Chosen by the client: 96 random bits that nobody here has or had. The KeyPackage's credential names it. */
  participantId: ParticipantId,
  keyPackage: KeyPackage,
  /** In a webinar, of everybody but hosts and co-hosts; without it these are refused with `webinar.unnamed`. */
  introduction: z._default(Introduction, null),
  /** The secret of an invitation of one's own. */
  invitation: z.nullable(Token256),
});

/** Takes back the place of a participant whose socket was lost, within `LIMITS.resumeGraceMs`. */
export const Resume = z.strictObject({
  type: z.literal('resume'),
  request,
  version: z.int(),
  meetingId: MeetingId,
  token: Token256,
  group: GroupClaim,
});

/** A new transport in place of the former one, if there was one. */
export const Offer = z.strictObject({
  type: z.literal('offer'),
  request,
  sdp: z.string().check(z.minLength(1), z.maxLength(LIMITS.sdpBytes)),
  lines: z.array(OfferLine).check(z.minLength(1), z.maxLength(32)),
  /**
   * The codecs of pictures that this client sends well; VP8 when it does not say. What it can show, the receive lines of
   * the offer tell.
   */
  sends: z._default(z.array(VideoCodec).check(z.maxLength(VideoCodec.options.length)), ['VP8']),
});

/** Asks for relays (TURN), by whoever does not reach the media server without one. Answered by `relays`. */
export const AskRelays = z.strictObject({ type: z.literal('relays'), request });

/** What I send now. What is not on here is not forwarded, so nobody is heard who is shown as muted. */
export const Sources = z.strictObject({ type: z.literal('sources'), request, sources: SourceSet });
export const SetView = z.strictObject({ type: z.literal('view'), request, view: View });
export const Leave = z.strictObject({ type: z.literal('leave'), request });
export const Ping = z.strictObject({ type: z.literal('ping'), request });

export const ClientMessage = z.discriminatedUnion('type', [
  Join,
  JoinBreakout,
  Resume,
  Offer,
  Sources,
  SetView,
  AskRelays,
  DirectConsent,
  SendDirectSignal,
  DirectReport,
  SendGroupCommit,
  GroupRejoin,
  GroupAck,
  SendGroupMessage,
  GroupRefuse,
  AskFileAccess,
  Admit,
  TurnAway,
  Moderate,
  TakeStage,
  Report,
  AskBreakoutTicket,
  LeaveBreakout,
  AskBreakoutHelp,
  Leave,
  Ping,
]);
export type ClientMessage = z.infer<typeof ClientMessage>;
export type ClientMessageOf<T extends ClientMessage['type']> = Extract<ClientMessage, { type: T }>;
