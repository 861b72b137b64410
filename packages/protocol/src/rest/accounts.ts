import * as z from 'zod/mini';
import { AccountId, Instant, SessionId, Token256 } from '../ids.ts';
import { MailLanguage } from '../mailLanguage.ts';
import { Permission, RoleId } from '../permissions.ts';
import { DisplayName, Email, Password } from '../text.ts';

/** Somebody with an account, as they see themselves. */
export const Account = z.strictObject({
  id: AccountId,
  email: Email,
  name: DisplayName,
  role: RoleId,
  /** What their role lets them do. */
  abilities: z.array(Permission),
  /** False for somebody who signs in at the organisation's own sign-on alone. */
  hasPassword: z.boolean(),
  /** They must set up a second factor before they can do anything else. */
  restricted: z.boolean(),
  /** What mails and text messages to them are written in; null: what the organisation has chosen. */
  mailLanguage: z.nullable(MailLanguage),
  createdAt: Instant,
});
export type Account = z.infer<typeof Account>;

/** The one-time owner link carries `token` in its fragment: it is in no server's or proxy's log. */
export const CreateOwner = z.strictObject({
  token: Token256,
  email: Email,
  name: DisplayName,
  password: Password,
});
export type CreateOwner = z.infer<typeof CreateOwner>;
export const CheckOwnerLink = z.strictObject({ token: Token256 });
export const SignIn = z.strictObject({ email: Email, password: Password });
export type SignIn = z.infer<typeof SignIn>;

/** The second factors there are. */
export const FactorKind = z.enum(['totp', 'email', 'sms', 'passkey', 'recovery']);
export type FactorKind = z.infer<typeof FactorKind>;

/** Signed in, or asked for one of the second factors first: `challenge` goes with the answer. */
export const SignInAnswer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('signed-in'), account: Account }),
  z.strictObject({ kind: z.literal('factor'), challenge: Token256, factors: z.array(FactorKind) }),
]);
export type SignInAnswer = z.infer<typeof SignInAnswer>;

/** A link that somebody was sent, in order to choose a password: of an invitation, or because they forgot theirs. */
export const CheckLink = z.strictObject({ token: Token256 });
export const LinkFor = z.strictObject({
  purpose: z.enum(['invitation', 'reset']),
  email: Email,
  name: DisplayName,
});
export type LinkFor = z.infer<typeof LinkFor>;
/** Whoever is invited may choose another name. */
export const UseLink = z.strictObject({
  token: Token256,
  password: Password,
  name: z.optional(DisplayName),
});
export type UseLink = z.infer<typeof UseLink>;
export const AskForReset = z.strictObject({ email: Email });

/** What is not named stays. */
export const ChangeProfile = z.strictObject({
  name: z.optional(DisplayName),
  mailLanguage: z.optional(z.nullable(MailLanguage)),
});
export type ChangeProfile = z.infer<typeof ChangeProfile>;
/** `current` is null for somebody who has none yet. */
export const ChangePassword = z.strictObject({ current: z.nullable(Password), password: Password });
export type ChangePassword = z.infer<typeof ChangePassword>;
export const RemovePassword = z.strictObject({ current: Password });
export type RemovePassword = z.infer<typeof RemovePassword>;

export const Session = z.strictObject({
  id: SessionId,
  /** "Firefox on Linux". */
  device: z.string(),
  /** What the person has called it. */
  name: z.nullable(DisplayName),
  createdAt: Instant,
  lastSeenAt: Instant,
  current: z.boolean(),
});
export type Session = z.infer<typeof Session>;
export const SessionList = z.strictObject({ sessions: z.array(Session) });
export const SessionParams = z.strictObject({ id: SessionId });
export const RenameSession = z.strictObject({ name: z.nullable(DisplayName) });

/** Who am I. `account` is null for somebody who is not signed in; `needsOwner` before the first set-up. */
export const Me = z.strictObject({ account: z.nullable(Account), needsOwner: z.boolean() });
export type Me = z.infer<typeof Me>;
