import type {
  AccountId,
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
import type { AttemptLimiter } from '../../security/attempts.ts';
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
  findForJoin(id: MeetingId): Promise<JoinableMeeting | null>;
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
  /** Under which name attempts of this address are counted. Never logged. */
  readonly addressKey: string;
}

/** A place in a meeting, and the token that takes it back when the socket is lost. */
export interface Place {
  readonly meetingId: MeetingId;
  readonly participantId: ParticipantId;
  readonly resumeToken: string;
}
