import type {
  BreakoutModeration,
  DirectOfferId,
  DirectSignal,
  GroupClaim,
  GroupEpoch,
  GroupId,
  InvitationId,
  LeaveReason,
  MeetingId,
  MeetingRules,
  OrderModeration,
  ParticipantId,
  ReportReason,
  SourceSet,
  TurnAwayWhom,
} from '@conclave/protocol';
import type { BreakoutStay } from './breakoutState.ts';
import type { Member, RoomState, Visitor } from './roomState.ts';

export type RoomCommand =
  | {
      readonly type: 'enter';
      readonly visitor: Visitor;
      readonly keyPackage: string;
      readonly introduction: string | null;
      readonly now: number;
    }
  | {
      readonly type: 'resume';
      readonly resumeHash: string;
      readonly nextHash: string;
      readonly claim: GroupClaim;
    }
  | {
      readonly type: 'lose-socket';
      readonly id: ParticipantId;
      readonly keptUntil: number;
      /** The page itself went, and with it every connection that it had. */
      readonly pageClosed: boolean;
    }
  | { readonly type: 'expire'; readonly now: number }
  | { readonly type: 'set-sources'; readonly id: ParticipantId; readonly sources: SourceSet }
  /** By whom, whom and with which signed admissions. */
  | {
      readonly type: 'admit';
      readonly by: ParticipantId;
      readonly admissions: ReadonlyMap<ParticipantId, string>;
      readonly now: number;
    }
  | {
      readonly type: 'turn-away';
      readonly by: ParticipantId;
      readonly id: ParticipantId;
      readonly whom: TurnAwayWhom;
      readonly ban: boolean;
      readonly now: number;
    }
  | {
      readonly type: 'moderate';
      readonly by: ParticipantId;
      readonly moderation: OrderModeration;
      readonly now: number;
    }
  | {
      readonly type: 'take-stage';
      readonly id: ParticipantId;
      readonly onStage: boolean;
    }
  | {
      readonly type: 'moderate-breakout';
      readonly by: ParticipantId;
      readonly moderation: BreakoutModeration;
      /** Ids that nothing has, as many as rooms are to be opened. */
      readonly freshIds: readonly MeetingId[];
      readonly now: number;
    }
  | {
      readonly type: 'give-ticket';
      readonly id: ParticipantId;
      readonly roomId: MeetingId;
      /** SHA-256 of the ticket, base64url. */
      readonly hash: string;
      readonly now: number;
    }
  /** Somebody shows a ticket, and by what they are known. */
  | {
      readonly type: 'use-ticket';
      readonly hash: string;
      /** `visitorKey`: null where the browser has shown none. */
      readonly bearer: Pick<Visitor, 'sessionId' | 'visitorKey' | 'addressKey'>;
      readonly stay: BreakoutStay;
      readonly now: number;
    }
  /** Back from a breakout room; from this stay alone, where one is named. */
  | { readonly type: 'return'; readonly id: ParticipantId; readonly stayId: ParticipantId | null }
  | { readonly type: 'ask-help'; readonly id: ParticipantId; readonly asked: boolean }
  /** In a breakout room: somebody whom the meeting has given a ticket. */
  | {
      readonly type: 'enter-breakout';
      readonly visitor: Visitor;
      readonly permits: Member['permits'];
      readonly keyPackage: string;
      readonly now: number;
    }
  /** In a breakout room: what holds in the meeting holds here. People are named by their stay here. */
  | {
      readonly type: 'follow-meeting';
      readonly rules: MeetingRules;
      readonly orders: Pick<RoomState['orders'], 'locked' | 'held' | 'chat'>;
      readonly people: ReadonlyMap<ParticipantId, Pick<Member, 'role' | 'controls' | 'permits'>>;
    }
  | {
      readonly type: 'report';
      readonly by: ParticipantId;
      readonly id: ParticipantId;
      readonly reason: ReportReason;
    }
  /** An invitation is no longer good: whoever came with it goes. */
  | { readonly type: 'uninvite'; readonly invitationId: InvitationId }
  | { readonly type: 'change-passcode' }
  | { readonly type: 'set-cohosts'; readonly cohosts: RoomState['cohosts']; readonly now: number }
  | { readonly type: 'leave'; readonly id: ParticipantId; readonly reason: LeaveReason }
  | { readonly type: 'rename'; readonly title: string | null }
  | { readonly type: 'set-rules'; readonly rules: MeetingRules; readonly now: number }
  | { readonly type: 'agree-direct'; readonly id: ParticipantId; readonly agreed: boolean }
  | {
      readonly type: 'report-direct';
      readonly id: ParticipantId;
      readonly offerId: DirectOfferId;
      readonly report: 'flowing' | 'failed';
    }
  | {
      readonly type: 'relay-direct';
      readonly id: ParticipantId;
      readonly offerId: DirectOfferId;
      readonly signal: DirectSignal;
    }
  | {
      readonly type: 'commit-group';
      readonly id: ParticipantId;
      readonly groupId: GroupId;
      readonly epoch: GroupEpoch;
      readonly commit: string;
      readonly welcome: string | null;
      readonly added: readonly ParticipantId[];
      readonly removed: readonly ParticipantId[];
    }
  | {
      readonly type: 'rejoin-group';
      readonly id: ParticipantId;
      readonly keyPackage: string;
      readonly introduction: string | null;
    }
  | {
      readonly type: 'acknowledge-group';
      readonly id: ParticipantId;
      readonly groupId: GroupId;
      readonly epoch: GroupEpoch;
    }
  | {
      readonly type: 'send-to-group';
      readonly id: ParticipantId;
      readonly groupId: GroupId;
      readonly to: 'everybody' | 'stage';
      readonly message: string;
    }
  | {
      readonly type: 'refuse-applicant';
      readonly id: ParticipantId;
      readonly groupId: GroupId;
      readonly applicant: ParticipantId;
    }
  | { readonly type: 'end' };
