import type {
  AccountId,
  LeaveReason,
  MeetingId,
  MeetingInfo,
  Participant,
  ParticipantId,
  ParticipantRole,
  SessionId,
  SourceSet,
} from '@conclave/protocol';

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
  /** SHA-256 of the token that takes this place back, base64url. */
  readonly resumeHash: string;
  /** Null while the socket is there; otherwise until when the place is kept. */
  readonly keptUntil: number | null;
}

/** One meeting that is going on. Nothing in it outlives the meeting. */
export interface RoomState {
  readonly meeting: MeetingInfo;
  readonly members: ReadonlyMap<ParticipantId, Member>;
}

export type RoomCommand =
  | {
      readonly type: 'enter';
      readonly member: Pick<
        Member,
        'id' | 'accountId' | 'sessionId' | 'name' | 'role' | 'allowed' | 'resumeHash'
      >;
      readonly limit: number;
      readonly now: number;
    }
  | { readonly type: 'resume'; readonly resumeHash: string; readonly nextHash: string }
  | { readonly type: 'lose-socket'; readonly id: ParticipantId; readonly keptUntil: number }
  | { readonly type: 'expire'; readonly now: number }
  | { readonly type: 'set-sources'; readonly id: ParticipantId; readonly sources: SourceSet }
  | { readonly type: 'set-allowed'; readonly id: ParticipantId; readonly allowed: SourceSet }
  | { readonly type: 'leave'; readonly id: ParticipantId; readonly reason: 'left' | 'signed-out' }
  | { readonly type: 'rename'; readonly title: string | null }
  | { readonly type: 'end' };

export type RoomEvent =
  | { readonly type: 'joined'; readonly member: Member }
  | { readonly type: 'resumed'; readonly member: Member }
  | { readonly type: 'changed'; readonly member: Member; readonly before: Member }
  | { readonly type: 'left'; readonly member: Member; readonly reason: LeaveReason }
  | { readonly type: 'renamed' };

export type RoomRefusal = 'meeting.full' | 'resume.unknown';

export function emptyRoom(id: MeetingId, title: string | null): RoomState {
  return { meeting: { id, title }, members: new Map() };
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
