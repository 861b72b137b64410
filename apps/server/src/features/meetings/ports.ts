import type {
  AccountId,
  Control,
  InvitationId,
  MeetingChoices,
  MeetingId,
  MeetingRules,
} from '@conclave/protocol';
import type { Clock } from '../../clock.ts';
import type { Notifier } from '../../notifier.ts';
import type { Emit } from '../../observability/events.ts';
import type { RunningMeeting } from '../../presence.ts';
import type { Removal } from '../../rooms/roomState.ts';
import type { AttemptLimiter } from '../../security/attempts.ts';
import type { MeetingRow } from '../../storage/repositories/meetings.ts';
import type { Db } from '../../storage/tables.ts';
import type { Caller } from '../accounts/authenticate.ts';
import type { PolicyPort } from '../policy/ports.ts';

/** What happened to a meeting; what that means for those who are in it is for the rooms to say. */
export type MeetingNews = { readonly meetingId: MeetingId } & (
  | { readonly news: 'deleted' | 'new-passcode' }
  | { readonly news: 'renamed'; readonly title: string | null }
  | { readonly news: 'other-choices'; readonly choices: MeetingChoices }
  | { readonly news: 'other-cohosts'; readonly cohosts: ReadonlyMap<AccountId, readonly Control[]> }
  /** The invitation is good no more, or another link took the place of the one that somebody came with. */
  | { readonly news: 'uninvited'; readonly invitationId: InvitationId }
);

/** What the operations on meetings are given. */
export interface MeetingsPorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly policy: PolicyPort;
  readonly meetingNews: Notifier<MeetingNews>;
  /** Participants in a meeting now. */
  readonly participantsIn: (meetingId: MeetingId) => number;
  /** Whether something goes on under this id. */
  readonly isTaken: (meetingId: MeetingId) => boolean;
  /** Null when it is not going on. */
  readonly running: (meetingId: MeetingId) => RunningMeeting | null;
  /** Questions whether an address has an account here. */
  readonly cohostLookups: AttemptLimiter<'account'>;
  /** Sends mails to those who were invited by mail. @param after null: it is deleted */
  readonly tellInvited: (caller: Caller, before: MeetingRow, after: MeetingRow) => Promise<void>;
  /** @returns the way to tell them that it does not take place, once it is deleted */
  readonly prepareCancellations: (meeting: MeetingRow) => Promise<(caller: Caller) => Promise<void>>;
}

/** What somebody who wants to join is checked against. */
export interface JoinableMeeting {
  readonly id: MeetingId;
  readonly title: string | null;
  /** Null: a test call, which is nobody's. */
  readonly ownerId: AccountId | null;
  /** SHA-256 of the proof, 32 bytes. */
  readonly verifier: Uint8Array;
  /** What it has chosen for itself; what holds in it is for the policy to say. */
  readonly choices: MeetingChoices;
  /** These hold whatever policy and choices say; null wherever they decide. */
  readonly fixedRules: MeetingRules | null;
  /** Who has some of the host's controls, and which. */
  readonly cohosts: ReadonlyMap<AccountId, readonly Control[]>;
  /** Who may not come in any more, for good. */
  readonly removals: readonly Removal[];
}
