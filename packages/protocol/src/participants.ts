import * as z from 'zod/mini';
import { Instant, MeetingId, ParticipantId } from './ids.ts';
import { SourceSet } from './media.ts';
import { DisplayName, MeetingTitle } from './text.ts';

/** Host: made the meeting. Member: has an account here. Guest: a self-declared name, always marked as such. */
export const ParticipantRole = z.enum(['host', 'member', 'guest']);
export type ParticipantRole = z.infer<typeof ParticipantRole>;

export const Participant = z.strictObject({
  id: ParticipantId,
  name: DisplayName,
  role: ParticipantRole,
  sources: SourceSet,
  /** False while the socket is lost and the place is kept for a resume. */
  connected: z.boolean(),
  joinedAt: Instant,
});
export type Participant = z.infer<typeof Participant>;

/** Good: nothing to notice. Fair: something is lost or smaller than it could be. Poor: hard to follow. */
export const QualityLevel = z.enum(['good', 'fair', 'poor']);
export type QualityLevel = z.infer<typeof QualityLevel>;
/** How well the connection of a participant carries what they send (`up`) and what they are sent (`down`). */
export const ParticipantQuality = z.strictObject({
  participantId: ParticipantId,
  up: QualityLevel,
  down: QualityLevel,
});
export type ParticipantQuality = z.infer<typeof ParticipantQuality>;

export const MeetingInfo = z.strictObject({ id: MeetingId, title: z.nullable(MeetingTitle) });
export type MeetingInfo = z.infer<typeof MeetingInfo>;

export const LeaveReason = z.enum([
  'left',
  'lost',
  'meeting-ended',
  'replaced',
  'signed-out',
  'members-only',
]);
export type LeaveReason = z.infer<typeof LeaveReason>;
