import * as z from 'zod/mini';
import { AccountId, Instant, Uuid } from '../ids.ts';
import { BuiltinRole, Permission, RoleId } from '../permissions.ts';
import { DisplayName, Email, MeetingTitle } from '../text.ts';

export const AccountStatus = z.enum(['invited', 'active', 'suspended']);
export type AccountStatus = z.infer<typeof AccountStatus>;

/** Somebody with an account, as an administrator sees them. */
export const Person = z.strictObject({
  id: AccountId,
  email: Email,
  name: DisplayName,
  role: RoleId,
  status: AccountStatus,
  createdAt: Instant,
  lastSeenAt: z.nullable(Instant),
});
export type Person = z.infer<typeof Person>;

/** `search`: part of a name or an address. Pages of 50, by name; `after` is the last id of the page before. */
export const PeopleQuery = z.strictObject({
  search: z.optional(z.string().check(z.maxLength(100))),
  status: z.optional(AccountStatus),
  after: z.optional(AccountId),
});
export const PeoplePage = z.strictObject({ people: z.array(Person), total: z.int(), more: z.boolean() });
export type PeoplePage = z.infer<typeof PeoplePage>;

export const PersonParams = z.strictObject({ id: AccountId });
export const InvitePerson = z.strictObject({ email: Email, name: DisplayName, role: RoleId });
export type InvitePerson = z.infer<typeof InvitePerson>;
/** The link is shown to whoever may not rely on mail. It is shown once. */
export const Invited = z.strictObject({ person: Person, link: z.string(), mailed: z.boolean() });
export type Invited = z.infer<typeof Invited>;

export const ChangePerson = z.strictObject({
  name: z.optional(DisplayName),
  role: z.optional(RoleId),
  status: z.optional(z.enum(['active', 'suspended'])),
});
export type ChangePerson = z.infer<typeof ChangePerson>;

export const Role = z.strictObject({
  id: RoleId,
  /** Of a built-in role, its id: pages have words for it. */
  name: z.string(),
  builtin: z.nullable(BuiltinRole),
  permissions: z.array(Permission),
  people: z.int(),
});
export type Role = z.infer<typeof Role>;
export const RoleList = z.strictObject({ roles: z.array(Role) });
export const RoleParams = z.strictObject({ id: Uuid });
export const WriteRole = z.strictObject({
  name: MeetingTitle,
  permissions: z.array(Permission).check(z.maxLength(64)),
});
export type WriteRole = z.infer<typeof WriteRole>;

/** A message that the service has sent, or would have. `text` is there where no mail server is set up, and for whom it may be. */
export const Mail = z.strictObject({
  id: Uuid,
  kind: z.string(),
  to: Email,
  subject: z.string(),
  text: z.nullable(z.string()),
  createdAt: Instant,
  state: z.enum(['waiting', 'sent', 'failed', 'kept']),
});
export type Mail = z.infer<typeof Mail>;
export const MailList = z.strictObject({ mails: z.array(Mail), server: z.nullable(z.string()) });
