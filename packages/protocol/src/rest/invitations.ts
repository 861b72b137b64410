import * as z from 'zod/mini';
import { Instant, InvitationId, MeetingId, Token256 } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { DisplayName, Email } from '../text.ts';

const when = z.nullable(Instant);

/**
 * The invitation of one person to one meeting: a link of their own, made → seen → used, which can be revoked or renewed by
 * itself at any time.
 */
export const Invitation = z.strictObject({
  id: InvitationId,
  name: DisplayName,
  email: z.nullable(z.string()),
  /** For its link. Told to the meeting's owner alone; null for co-hosts, and when it was revoked. */
  secret: z.nullable(Token256),
  madeAt: Instant,
  /** When it was last sent by mail. */
  mailedAt: when,
  /** Whether the mail that they got says what holds now; null when they got none. */
  mailCurrent: z.nullable(z.boolean()),
  /** When its link was opened first. */
  seenAt: when,
  /** When somebody first came in with it. */
  usedAt: when,
  revokedAt: when,
});
export type Invitation = z.infer<typeof Invitation>;

export const InvitationList = z.strictObject({
  invitations: z.array(Invitation),
  /** Whether the service can send them by mail. */
  mail: z.boolean(),
  /** Whether the caller may make and change them. */
  mayChange: z.boolean(),
});
export type InvitationList = z.infer<typeof InvitationList>;

export const InvitedPerson = z.strictObject({ name: DisplayName, email: z.nullable(Email) });
export type InvitedPerson = z.infer<typeof InvitedPerson>;
export const Invite = z.strictObject({
  people: z.array(InvitedPerson).check(z.minLength(1), z.maxLength(LIMITS.invitedAtOnce)),
  /** By mail, now, to those of them who have an address. */
  send: z.boolean(),
});
export type Invite = z.infer<typeof Invite>;
export const InvitationParams = z.strictObject({ id: MeetingId, invitation: InvitationId });
