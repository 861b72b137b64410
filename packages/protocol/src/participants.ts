import * as z from 'zod/mini';
import { Introduction } from './group.ts';
import { Instant, MeetingId, ParticipantId } from './ids.ts';
import { SourceSet } from './media.ts';
import { Controls, Entry } from './moderation.ts';
import { DisplayName, MeetingTitle } from './text.ts';

/**
 * Host: made the meeting. Co-host: has an account here and some of a host's controls. Member: has an account. Guest: has none,
 * always marked as such.
 */
export const ParticipantRole = z.enum(['host', 'cohost', 'member', 'guest']);
export type ParticipantRole = z.infer<typeof ParticipantRole>;

/**
 * Where somebody stands in a webinar: on stage, in the audience, or in the audience and asked on stage. Hosts and co-hosts are
 * on stage, and so is everybody in a meeting that is no webinar.
 */
export const StagePlace = z.enum(['on', 'asked', 'off']);
export type StagePlace = z.infer<typeof StagePlace>;

export const Participant = z.strictObject({
  id: ParticipantId,
  name: DisplayName,
  role: ParticipantRole,
  entry: Entry,
  /** The name that an organiser has given in an invitation, whatever they call themselves. */
  invitedAs: z.nullable(DisplayName),
  /** All of them for hosts, some for co-hosts, none for others. */
  controls: Controls,
  stage: StagePlace,
  sources: SourceSet,
  /** What they may send, whatever they do. */
  allowed: SourceSet,
  /** False while the socket is lost and the place is kept for a resume. */
  connected: z.boolean(),
  joinedAt: Instant,
  /** The breakout room that they are in meanwhile: here they are neither heard nor seen, and hear and see nobody. */
  breakoutRoom: z.nullable(MeetingId),
  /** Who they are, where their leaf in the group does not say it; so it is known to whoever is told of them, and to nobody else. */
  introduction: Introduction,
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
  /** By a host, out of the meeting. */
  'removed',
  /** By a host, at the door. */
  'turned-away',
  /** The invitation that they came with was taken back. */
  'uninvited',
  /** The passcode was changed while they waited. */
  'new-passcode',
  /** They waited for too long. */
  'waited-too-long',
  /** So many wait that they gave way to somebody of whom more is known, or of another network. */
  'lobby-full',
  /** Out of a breakout room: into another one, or back to the meeting. */
  'moved',
]);
export type LeaveReason = z.infer<typeof LeaveReason>;
