import type {
  AccountId,
  DirectEnd,
  DirectOfferId,
  DirectPath,
  DirectSignal,
  GroupClaim,
  GroupCommit,
  GroupEpoch,
  GroupId,
  GroupSeat,
  LeaveReason,
  MeetingId,
  MeetingInfo,
  MeetingRules,
  Participant,
  ParticipantId,
  ParticipantRole,
  SessionId,
  SourceSet,
} from '@conclave/protocol';
import { type DirectOffer, type DirectState, noDirectPath } from './directState.ts';
import { type GroupState, noGroup } from './groupState.ts';

/** A participant as the room keeps it. Times are in ms since the epoch. */
export interface Member {
  readonly id: ParticipantId;
  readonly accountId: AccountId | null;
  /** The sign-in that the place was taken with: when it ends, so does the place, whatever socket has it by then. */
  readonly sessionId: SessionId | null;
  readonly name: string;
  readonly role: ParticipantRole;
  readonly joinedAt: number;
  readonly sources: SourceSet;
  readonly allowed: SourceSet;
  /** Whether the other person of a direct path may see their address; null until they have said so. */
  readonly agreed: boolean | null;
  /** Devices that begin off: their being on is taken in only after their client has said that they are off. */
  readonly beginsOff: { readonly microphone: boolean; readonly camera: boolean };
  /** SHA-256 of the token that takes this place back, base64url. */
  readonly resumeHash: string;
  /** Null while the socket is there; otherwise until when the place is kept. */
  readonly keptUntil: number | null;
}

/** One meeting that is going on. Nothing in it outlives the meeting. */
export interface RoomState {
  readonly meeting: MeetingInfo;
  /** What the organisation and the meeting's host let people do here. */
  readonly rules: MeetingRules;
  readonly members: ReadonlyMap<ParticipantId, Member>;
  readonly direct: DirectState;
  readonly group: GroupState;
}

export type RoomCommand =
  | {
      readonly type: 'enter';
      readonly member: Pick<
        Member,
        'id' | 'accountId' | 'sessionId' | 'name' | 'role' | 'allowed' | 'resumeHash'
      >;
      readonly keyPackage: string;
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
  | { readonly type: 'set-allowed'; readonly id: ParticipantId; readonly allowed: SourceSet }
  | { readonly type: 'leave'; readonly id: ParticipantId; readonly reason: 'left' | 'signed-out' }
  | { readonly type: 'rename'; readonly title: string | null }
  | { readonly type: 'set-rules'; readonly rules: MeetingRules }
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
  | { readonly type: 'rejoin-group'; readonly id: ParticipantId; readonly keyPackage: string }
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
      readonly message: string;
    }
  | {
      readonly type: 'refuse-applicant';
      readonly id: ParticipantId;
      readonly groupId: GroupId;
      readonly applicant: ParticipantId;
    }
  | { readonly type: 'end' };

export type RoomEvent =
  | { readonly type: 'joined'; readonly member: Member }
  | { readonly type: 'resumed'; readonly member: Member }
  | { readonly type: 'changed'; readonly member: Member; readonly before: Member }
  | { readonly type: 'left'; readonly member: Member; readonly reason: LeaveReason }
  | { readonly type: 'renamed' }
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
  | 'meeting.full'
  | 'meeting.id_taken'
  | 'group.not_member'
  | 'group.stale_epoch'
  | 'group.not_pending'
  | 'resume.unknown'
  | 'direct.not_offered'
  | 'direct.too_many'
  | 'protocol.order';

/** @param groupSeed 96 random bits, base64url. */
export function emptyRoom(
  id: MeetingId,
  title: string | null,
  rules: MeetingRules,
  groupSeed: string,
): RoomState {
  return {
    meeting: { id, title },
    members: new Map(),
    rules,
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
    sources: member.sources,
    connected: member.keptUntil === null,
    joinedAt: new Date(member.joinedAt).toISOString(),
  };
}
