import * as z from 'zod/mini';
import { AccountId, Instant, MeetingId, Token256 } from '../ids.ts';
import { Control, Controls } from '../moderation.ts';
import { MeetingChoices, MeetingSettingIds } from '../policy/meetingSettings.ts';
import { Schedule } from '../schedule.ts';
import { Email, MeetingTitle } from '../text.ts';

/** One time that a meeting takes place. */
export const Occurrence = z.strictObject({ start: Instant, end: Instant });
export type Occurrence = z.infer<typeof Occurrence>;

/** Somebody with an account who has some of the host's controls whenever they are in the meeting. */
export const Cohost = z.strictObject({
  accountId: AccountId,
  name: z.string(),
  email: z.string(),
  controls: Controls,
});
export type Cohost = z.infer<typeof Cohost>;

/**
 * A meeting as its owner, or a co-host, sees it. The id is made in the browser, because it is the salt of the passcode's
 * stretching; the server refuses one that is taken.
 */
export const Meeting = z.strictObject({
  id: MeetingId,
  title: z.nullable(MeetingTitle),
  /** What the caller is to it. Co-hosts may not change it. */
  role: z.enum(['host', 'cohost']),
  /** Whose it is. */
  hostName: z.string(),
  /** The caller's. */
  controls: z.array(Control),
  createdAt: Instant,
  lastUsedAt: z.nullable(Instant),
  /** Participants in it now. */
  participants: z.int(),
  choices: MeetingChoices,
  /** Null: it takes place whenever somebody comes. */
  schedule: z.nullable(Schedule),
  /** The time that is on now or comes next; null when there is no schedule, or all of it is past. */
  next: z.nullable(Occurrence),
  /** Empty for a co-host. */
  cohosts: z.array(Cohost),
  /** Invitations that are good. */
  invited: z.int(),
});
export type Meeting = z.infer<typeof Meeting>;
export const MeetingList = z.strictObject({ meetings: z.array(Meeting) });

export const CreateMeeting = z.strictObject({
  id: MeetingId,
  title: z.nullable(MeetingTitle),
  /** SHA-256 of the passcode's proof, base64url: the proof itself is not told before somebody joins. */
  verifier: Token256,
  schedule: z.optional(z.nullable(Schedule)),
  choices: z.optional(MeetingChoices),
});
export type CreateMeeting = z.infer<typeof CreateMeeting>;

/**
 * A new title, a new passcode (old links end at once), other choices (all of them), another time or none (null), or several of
 * these. Those who were invited by mail are told of another time or title by mail.
 */
export const ChangeMeeting = z.strictObject({
  title: z.optional(z.nullable(MeetingTitle)),
  verifier: z.optional(Token256),
  choices: z.optional(MeetingChoices),
  schedule: z.optional(z.nullable(Schedule)),
});
export type ChangeMeeting = z.infer<typeof ChangeMeeting>;
export const MeetingParams = z.strictObject({ id: MeetingId });

/** By the whole address: who is not known by it is not found. */
export const AddCohost = z.strictObject({ email: Email, controls: Controls });
export const ChangeCohost = z.strictObject({ controls: Controls });
export const CohostParams = z.strictObject({ id: MeetingId, account: AccountId });

/** An iCalendar object (RFC 5545) with the link and without the passcode. */
export const CalendarFile = z.strictObject({ calendar: z.string() });

/**
 * Who tries to come in. `link`: with the link alone. `passcode`: with link and passcode, and no account. `account`: with both,
 * signed in here. `invitation`: with the link of an invitation and the passcode, and no account.
 */
export const Stranger = z.enum(['link', 'passcode', 'account', 'invitation']);
export type Stranger = z.infer<typeof Stranger>;
/** `passcode-needed`: not before they know the passcode. `sign-in-needed`: refused without an account. */
export const StrangerWay = z.enum(['straight', 'waits', 'passcode-needed', 'sign-in-needed']);

/** What somebody gets, as joining itself would decide it now. */
export const StrangerCase = z.strictObject({
  who: Stranger,
  way: StrangerWay,
  /** What they may do once they are inside; null where they do not get that far. */
  inside: z.nullable(
    z.strictObject({
      screen: z.boolean(),
      files: z.boolean(),
      chat: z.boolean(),
      /** They come with both off. */
      devicesOff: z.boolean(),
    }),
  ),
});
export type StrangerCase = z.infer<typeof StrangerCase>;

export const MeetingWarning = z.enum([
  'everybody-straight-in',
  'guests-share-screens',
  'guests-send-files',
  'devices-on',
  'addresses-seen',
  'invited-refused',
  'nobody-straight-in',
]);
export type MeetingWarning = z.infer<typeof MeetingWarning>;

export const MeetingCheck = z.strictObject({
  cases: z.array(StrangerCase),
  warnings: z.array(
    z.strictObject({
      warning: MeetingWarning,
      /** The setting to change. */
      setting: MeetingSettingIds,
      /** False where the organisation has decided it. */
      changeable: z.boolean(),
    }),
  ),
});
export type MeetingCheck = z.infer<typeof MeetingCheck>;
