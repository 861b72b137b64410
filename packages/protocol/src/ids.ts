import * as z from 'zod/mini';

/** The alphabet of everything that people may have to read out or type: no 0/o, 1/l/i. 31 characters. */
export const UNAMBIGUOUS_ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';

const meetingIdPattern = /^[2-9a-hjkmnp-z]{5}(-[2-9a-hjkmnp-z]{5}){3}$/;

/** Four groups of five characters, 99 bits of randomness: it cannot be guessed. */
export const MeetingId = z.string().check(z.regex(meetingIdPattern)).brand<'MeetingId'>();
export type MeetingId = z.infer<typeof MeetingId>;

/** A participant of one meeting, for as long as they are in it: 96 random bits, base64url. */
export const ParticipantId = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]{16}$/))
  .brand<'ParticipantId'>();
export type ParticipantId = z.infer<typeof ParticipantId>;

/**
 * As we make them: in lower case. PostgreSQL takes others for the same, and what is compared as text would not: a session that
 * was ended under its id in capitals would keep what it holds open.
 */
export const Uuid = z.uuid().check(z.lowercase());

export const AccountId = Uuid.brand<'AccountId'>();
export type AccountId = z.infer<typeof AccountId>;

/** The public handle of a session in the list of sessions. Not the secret that the cookie carries. */
export const SessionId = Uuid.brand<'SessionId'>();
export type SessionId = z.infer<typeof SessionId>;

/** An invitation of one person to one meeting. Not the secret that its link carries. */
export const InvitationId = Uuid.brand<'InvitationId'>();
export type InvitationId = z.infer<typeof InvitationId>;

/** One ring of one person. */
export const CallId = Uuid.brand<'CallId'>();
export type CallId = z.infer<typeof CallId>;

/** Somebody in the contacts of one account. */
export const ContactId = Uuid.brand<'ContactId'>();
export type ContactId = z.infer<typeof ContactId>;

/** 256 bits, base64url without padding: session secrets, resume tokens, one-time links, passcode proofs. */
export const Token256 = z.string().check(z.regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/));

/** An instant, ISO 8601 in UTC. */
export const Instant = z.iso.datetime();
