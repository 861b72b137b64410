import * as z from 'zod/mini';
import { Instant, MeetingId, Token256 } from '../ids.ts';
import { MeetingChoices } from '../policy/meetingSettings.ts';
import { MeetingTitle } from '../text.ts';

/**
 * A meeting as its owner sees it. The id is made in the browser, because it is the salt of the passcode's
 * stretching; the server refuses one that is taken.
 */
export const Meeting = z.strictObject({
  id: MeetingId,
  title: z.nullable(MeetingTitle),
  createdAt: Instant,
  lastUsedAt: z.nullable(Instant),
  /** Participants in it now. */
  participants: z.int(),
  choices: MeetingChoices,
});
export type Meeting = z.infer<typeof Meeting>;
export const MeetingList = z.strictObject({ meetings: z.array(Meeting) });

export const CreateMeeting = z.strictObject({
  id: MeetingId,
  title: z.nullable(MeetingTitle),
  /** SHA-256 of the passcode's proof, base64url: the proof itself is not told before somebody joins. */
  verifier: Token256,
});
export type CreateMeeting = z.infer<typeof CreateMeeting>;

/** A new title, a new passcode (old links end at once), other choices (all of them), or several of these. */
export const ChangeMeeting = z.strictObject({
  title: z.optional(z.nullable(MeetingTitle)),
  verifier: z.optional(Token256),
  choices: z.optional(MeetingChoices),
});
export type ChangeMeeting = z.infer<typeof ChangeMeeting>;
export const MeetingParams = z.strictObject({ id: MeetingId });
