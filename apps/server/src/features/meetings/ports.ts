import type { AccountId, MeetingChoices, MeetingId } from '@conclave/protocol';
import type { Clock } from '../../clock.ts';
import type { Notifier } from '../../notifier.ts';
import type { Emit } from '../../observability/events.ts';
import type { Db } from '../../storage/tables.ts';
import type { PolicyPort } from '../policy/ports.ts';

/** What happened to a meeting; what that means for those who are in it is for the rooms to say. */
export type MeetingNews = { readonly meetingId: MeetingId } & (
  | { readonly news: 'deleted' | 'new-passcode' }
  | { readonly news: 'renamed'; readonly title: string | null }
  | { readonly news: 'other-choices'; readonly choices: MeetingChoices }
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
}

/** What somebody who wants to join is checked against. */
export interface JoinableMeeting {
  readonly id: MeetingId;
  readonly title: string | null;
  readonly ownerId: AccountId;
  /** SHA-256 of the proof, 32 bytes. */
  readonly verifier: Uint8Array;
  /** What it has chosen for itself; what holds in it is for the policy to say. */
  readonly choices: MeetingChoices;
}
