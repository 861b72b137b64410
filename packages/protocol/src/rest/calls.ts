import * as z from 'zod/mini';
import { AccountId, CallId, Instant, MeetingId, Token256 } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { CallAnswer, CallEnd, CallParty, QuietTime, SealedSecret } from '../signalling/calls.ts';
import { DisplayName, Email } from '../text.ts';

/** Rings somebody. Whether there is such a person, and whether they hear it, the answer does not say. */
export const Ring = z.strictObject({ accountId: AccountId });
export const Ringing = z.strictObject({ callId: CallId, endsAt: Instant });
export type Ringing = z.infer<typeof Ringing>;
export const CallParams = z.strictObject({ id: CallId });

/** The caller's browser has made a meeting up, and seals its passcode to whoever has answered. */
export const GiveCallSecret = z.strictObject({
  meetingId: MeetingId,
  /** SHA-256 of the passcode's proof. */
  verifier: Token256,
  sealed: SealedSecret,
});
export type GiveCallSecret = z.infer<typeof GiveCallSecret>;

export const MissedCall = z.strictObject({
  callId: CallId,
  caller: CallParty,
  /** Of the contact or the account; null for a contact without one. */
  email: z.nullable(z.string()),
  at: Instant,
  seen: z.boolean(),
});
export type MissedCall = z.infer<typeof MissedCall>;
export const MissedCallList = z.strictObject({ missed: z.array(MissedCall) });

/** How somebody wants to be called. */
export const CallSettings = z.strictObject({
  quiet: QuietTime,
  /** Found in the directory. Whoever is not can still be called by those who have them in their contacts. */
  listed: z.boolean(),
  /** A mail for each missed call. */
  mailMissed: z.boolean(),
});
export type CallSettings = z.infer<typeof CallSettings>;

export const DirectoryQuery = z.strictObject({
  search: z.string().check(z.trim(), z.minLength(LIMITS.directoryLetters), z.maxLength(100)),
});
export const DirectoryPerson = z.strictObject({ accountId: AccountId, name: DisplayName, email: Email });
export type DirectoryPerson = z.infer<typeof DirectoryPerson>;
export const DirectoryPage = z.strictObject({ people: z.array(DirectoryPerson), more: z.boolean() });

export const BlockCaller = z.strictObject({ accountId: AccountId });
export const BlockedParams = z.strictObject({ account: AccountId });
export const BlockedList = z.strictObject({ blocked: z.array(DirectoryPerson) });

/** Of a contact from outside, by the secret of their link. */
export const ContactSecret = z.strictObject({ secret: Token256 });
export const OpenedContactLink = z.strictObject({
  /** Whose contact it is. */
  callee: DisplayName,
  /** What the callee calls the contact. */
  name: DisplayName,
});
export type OpenedContactLink = z.infer<typeof OpenedContactLink>;
/** `token` is of this ring alone. */
export const RingingOutside = z.strictObject({ callId: CallId, token: Token256, endsAt: Instant });
export const OutsideCall = z.strictObject({ token: Token256 });
/** Answered as soon as the ring is not as it was when `after` was told, or after some 20 s. */
export const AwaitOutsideCall = z.strictObject({ token: Token256, after: z.enum(['ringing', 'answered']) });
export const OutsideCallState = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('ringing') }),
  z.strictObject({ state: z.literal('answered'), by: AccountId, answer: CallAnswer }),
  z.strictObject({ state: z.literal('over'), how: CallEnd }),
]);
export type OutsideCallState = z.infer<typeof OutsideCallState>;
export const GiveOutsideSecret = z.extend(GiveCallSecret, { token: Token256 });
/** The caller comes in as invited. */
export const OutsideEntry = z.strictObject({ invitation: Token256 });
