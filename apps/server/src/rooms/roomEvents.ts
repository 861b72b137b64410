import type {
  DirectEnd,
  DirectOfferId,
  DirectPath,
  DirectSignal,
  GroupCommit,
  GroupEpoch,
  GroupId,
  GroupSeat,
  LeaveReason,
  MeetingOrders,
  MeetingRules,
  ModeratedSource,
  ParticipantId,
  ReportReason,
} from '@conclave/protocol';
import type { BreakoutStay } from './breakoutState.ts';
import type { DirectOffer } from './directState.ts';
import type { Knock, Member, Removal } from './roomState.ts';

export type RoomEvent =
  /** `waited`: they were let in from the lobby. */
  | {
      readonly type: 'joined';
      readonly member: Member;
      readonly keyPackage: string;
      readonly waited: boolean;
    }
  | { readonly type: 'knocked'; readonly knock: Knock }
  /** Of somebody who waits: for something else than before. */
  | { readonly type: 'waits-otherwise'; readonly knock: Knock }
  /** `reason` is null for whoever is inside now; `by` is the host who has let them in or turned them away. */
  | {
      readonly type: 'knock-over';
      readonly knock: Knock;
      readonly reason: LeaveReason | null;
      readonly by: Member | null;
    }
  /** Whether somebody is inside who may let people in. */
  | { readonly type: 'host-presence'; readonly present: boolean }
  | { readonly type: 'ordered'; readonly by: ParticipantId | null; readonly before: MeetingOrders }
  | {
      readonly type: 'moderated';
      readonly to: ParticipantId;
      readonly what: 'stopped' | 'held' | 'given' | 'appointed' | 'dismissed' | 'asked' | 'taken-back';
      readonly sources: readonly ModeratedSource[];
      readonly by: ParticipantId;
    }
  /** They have taken the stage, have declined, or have gone back by themselves. */
  | { readonly type: 'stage-taken'; readonly member: Member }
  | {
      readonly type: 'reported';
      readonly id: ParticipantId;
      readonly by: ParticipantId;
      readonly reason: ReportReason;
    }
  | { readonly type: 'removed'; readonly removal: Removal; readonly by: ParticipantId }
  | { readonly type: 'let-back'; readonly removal: Removal }
  | { readonly type: 'resumed'; readonly member: Member }
  | { readonly type: 'changed'; readonly member: Member; readonly before: Member }
  | {
      readonly type: 'left';
      readonly member: Member;
      readonly reason: LeaveReason;
      /** The host who did it. */
      readonly by: Member | null;
    }
  | { readonly type: 'renamed' }
  /** What these are told of the breakout rooms has changed; null: what all are told. */
  | { readonly type: 'breakout-changed'; readonly to: readonly ParticipantId[] | null }
  /** A stay in a breakout room is over, by what was decided in the meeting. */
  | { readonly type: 'breakout-over'; readonly stay: BreakoutStay; readonly reason: LeaveReason }
  | { readonly type: 'ruled'; readonly before: MeetingRules }
  | { readonly type: 'agreed'; readonly member: Member }
  | { readonly type: 'direct-offered' }
  /** This one now receives over the direct path. */
  | { readonly type: 'direct-flows'; readonly id: ParticipantId }
  | { readonly type: 'direct-established' }
  | { readonly type: 'direct-ended'; readonly offer: DirectOffer; readonly reason: DirectEnd }
  /** Where this one stands has changed. */
  | { readonly type: 'direct-told'; readonly id: ParticipantId; readonly direct: DirectPath }
  | {
      readonly type: 'direct-signalled';
      readonly to: ParticipantId;
      readonly offerId: DirectOfferId;
      readonly signal: DirectSignal;
    }
  | { readonly type: 'group-founded'; readonly id: ParticipantId; readonly groupId: GroupId }
  /** Where this one stands has changed, by nothing that they have asked for. */
  | { readonly type: 'group-reseated'; readonly id: ParticipantId; readonly seat: GroupSeat }
  | { readonly type: 'group-rejoined'; readonly id: ParticipantId }
  | {
      readonly type: 'group-committed';
      readonly groupId: GroupId;
      readonly commit: GroupCommit;
      readonly added: readonly ParticipantId[];
      readonly removed: readonly ParticipantId[];
      readonly to: readonly ParticipantId[];
    }
  | {
      readonly type: 'group-welcomed';
      readonly groupId: GroupId;
      readonly epoch: GroupEpoch;
      readonly welcome: string;
      readonly from: ParticipantId;
      readonly to: readonly ParticipantId[];
    }
  /** What members have to commit has changed. Urgent: a leaf is dead. */
  | { readonly type: 'group-pending'; readonly urgent: boolean }
  | {
      readonly type: 'group-settled';
      readonly groupId: GroupId;
      readonly epoch: GroupEpoch;
      readonly to: readonly ParticipantId[];
    }
  | {
      readonly type: 'group-messaged';
      readonly groupId: GroupId;
      readonly from: ParticipantId;
      readonly message: string;
      readonly to: readonly ParticipantId[];
    }
  | {
      readonly type: 'group-refused';
      readonly groupId: GroupId;
      readonly to: ParticipantId;
      readonly by: ParticipantId;
    };

export type RoomRefusal =
  | 'breakout.not_open'
  | 'breakout.open'
  | 'breakout.not_assigned'
  | 'breakout.ticket_invalid'
  | 'meeting.full'
  | 'meeting.not_allowed'
  | 'meeting.not_here'
  | 'meeting.members_only'
  | 'meeting.locked'
  | 'meeting.banned'
  | 'meeting.lobby_full'
  | 'meeting.knocked_too_often'
  | 'meeting.id_taken'
  | 'webinar.unnamed'
  | 'group.not_member'
  | 'group.stale_epoch'
  | 'group.not_pending'
  | 'resume.unknown'
  | 'direct.not_offered'
  | 'direct.too_many'
  | 'protocol.order';
