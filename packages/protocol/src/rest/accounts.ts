import * as z from 'zod/mini';
import { AccountId, Instant, SessionId, Token256 } from '../ids.ts';
import { DisplayName, Email, Password } from '../text.ts';

export const AccountRole = z.enum(['owner', 'member']);
export type AccountRole = z.infer<typeof AccountRole>;

export const Account = z.strictObject({
  id: AccountId,
  email: Email,
  name: DisplayName,
  role: AccountRole,
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

export const Session = z.strictObject({
  id: SessionId,
  /** "Firefox on Linux". */
  device: z.string(),
  createdAt: Instant,
  lastSeenAt: Instant,
  current: z.boolean(),
});
export type Session = z.infer<typeof Session>;
export const SessionList = z.strictObject({ sessions: z.array(Session) });

/** Who am I. `account` is null for somebody who is not signed in; `needsOwner` before the first set-up. */
export const Me = z.strictObject({ account: z.nullable(Account), needsOwner: z.boolean() });
export type Me = z.infer<typeof Me>;
