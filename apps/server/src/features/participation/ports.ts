import type {
  AccountId,
  InvitationId,
  MeetingChoices,
  MeetingId,
  ParticipantId,
  SessionId,
  View,
} from '@conclave/protocol';
import type { Clock } from '../../clock.ts';
import type { TurnConfig } from '../../config/turn.ts';
import type { MediaPort } from '../../media/MediaPort.ts';
import type { Emit } from '../../observability/events.ts';
import type { RoomRegistry } from '../../rooms/RoomRegistry.ts';
import type { Removal } from '../../rooms/roomState.ts';
import type { AttemptLimiter } from '../../security/attempts.ts';
import type { MessageRate } from '../../security/MessageRate.ts';
import type { FilesPorts } from '../files/ports.ts';
import type { JoinableMeeting } from '../meetings/ports.ts';
import type { PolicyPort } from '../policy/ports.ts';
import type { GroupQuota } from './GroupQuota.ts';

/** What taking part in a meeting is given. */
export interface ParticipationPorts {
  readonly clock: Clock;
  readonly emit: Emit;
  readonly rooms: RoomRegistry;
  readonly media: MediaPort;
  readonly policy: PolicyPort;
  /** What the meetings that are going on have chosen for themselves. */
  readonly choices: Map<MeetingId, MeetingChoices>;
  /** Null where there are no relays. */
  readonly turn: TurnConfig | null;
  readonly proofAttempts: AttemptLimiter<'address' | 'meeting'>;
  /** What each participant shows now. Kept here so that a new transport starts with it. */
  readonly views: Map<ParticipantId, View>;
  /** How much each participant has sent to the group of their meeting. */
  readonly groupQuotas: Map<ParticipantId, GroupQuota>;
  readonly files: FilesPorts;
  /** Joins of one visitor in one meeting, and by one invitation, the successful ones too. */
  readonly joinAttempts: AttemptLimiter<'visitor' | 'invitation'>;
  readonly removals: RemovalStore;
  /** Of each meeting: how often its hosts give orders. */
  readonly moderationRates: Map<MeetingId, MessageRate>;
  /** Of each webinar: how often its audience reacts. */
  readonly audienceRates: Map<MeetingId, MessageRate>;
  /** Invitations that were taken back in the last minute, and when. */
  readonly uninvited: Map<InvitationId, number>;
  findForJoin(id: MeetingId): Promise<JoinableMeeting | null>;
  /** Null when there is none with this secret for this meeting. */
  findInvitation(meetingId: MeetingId, secret: string): Promise<Invited | null>;
  /** Noted in the background. */
  markInvitationUsed(id: InvitationId): void;
  /** Reads once more what a meeting has chosen, and applies it. In the background. */
  readChoices(id: MeetingId): void;
  /** Noted in the background: nobody waits at the door for it. */
  markUsed(id: MeetingId): void;
}

/** Who is at the other end of a socket. */
export interface Visitor {
  /** Null for somebody who is not signed in. */
  readonly account: {
    readonly accountId: AccountId;
    readonly sessionId: SessionId;
    readonly name: string;
  } | null;
  /** Of the browser: a hash of what its cookie carries; null when it takes none. */
  readonly visitorKey: string | null;
  /** The cookie came from the browser: it keeps it. */
  readonly keepsCookie: boolean;
  /** Under which name attempts of this address are counted. Never logged. */
  readonly addressKey: string;
}

/** A place in a meeting or at its door, and the token that takes it back when the socket is lost. */
export interface Place {
  readonly meetingId: MeetingId;
  readonly participantId: ParticipantId;
  readonly resumeToken: string;
  /** They wait to be let in, and have no place yet. */
  readonly waits: boolean;
}

/** Whom an invitation is for. */
export interface Invited {
  readonly id: InvitationId;
  readonly name: string;
}

/** Who may not come into a meeting any more, for good. */
export interface RemovalStore {
  keep(meetingId: MeetingId, removal: Removal): Promise<void>;
  forget(meetingId: MeetingId, id: Removal['id']): Promise<void>;
}
