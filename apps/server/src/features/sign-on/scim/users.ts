import { AccountId, DisplayName, type ProviderId } from '@conclave/protocol';
import { findAccount, findAccountByEmail } from '../../../storage/repositories/accounts.ts';
import { listMembershipsOf, removeMembers } from '../../../storage/repositories/signOn/scimGroups.ts';
import {
  changeEmail,
  countScimUsers,
  findScimUser,
  putScimUser,
  type ScimUser,
  type ScimUserFilter,
  searchScimUsers,
} from '../../../storage/repositories/signOn/scimUsers.ts';
import { endSessionsOf } from '../../accounts/endSession.ts';
import { senderOf } from '../../mail/letter.ts';
import { addressChangedMail } from '../../mail/messages.ts';
import { applyChange, restoreAccount, suspendAccount } from '../../people/changePerson.ts';
import { createAccount } from '../../people/createAccount.ts';
import { hasEverBeenUsed } from '../everUsed.ts';
import { readEmail } from '../person.ts';
import type { SignOnPorts } from '../ports.ts';
import { roleWithoutRule } from '../roleWithoutRule.ts';
import { parseFilter } from './filter.ts';
import { roleByGroups, scimSettings } from './groupRoles.ts';
import { ScimError } from './ScimError.ts';
import { SCIM_LIMITS, type ScimUserInput } from './schemas.ts';

/** @throws ScimError invalidFilter */
export async function findUsers(
  ports: SignOnPorts,
  filter: string | undefined,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ users: ScimUser[]; total: number }> {
  const by = filter === undefined ? {} : userFilter(filter);
  return by === null ? { users: [], total: 0 } : searchScimUsers(ports.db, by, page);
}

/** Null for what nobody can have. */
function userFilter(text: string): ScimUserFilter | null {
  const { attribute, value } = parseFilter(text, ['username', 'externalid', 'id', 'emails.value', 'emails']);
  if (attribute === 'externalid') return { externalId: value };
  if (attribute !== 'id') return { email: value.toLowerCase() };
  const id = AccountId.safeParse(value);
  return id.success ? { id: id.data } : null;
}

/** @throws ScimError 404, also for owners and for accounts that the directory does not manage */
export async function getUser(ports: SignOnPorts, id: string): Promise<ScimUser> {
  const accountId = AccountId.safeParse(id);
  if (!accountId.success) throw new ScimError(404);
  const { users } = await searchScimUsers(ports.db, { id: accountId.data }, { offset: 0, limit: 1 });
  const [user] = users;
  if (user === undefined) throw new ScimError(404);
  return user;
}

/**
 * A new account, or the directory takes charge of one that there is: never of an owner's, nor of one that a person has suspended.
 * @throws ScimError uniqueness, invalidValue, tooMany
 */
export async function createUser(
  ports: SignOnPorts,
  providerId: ProviderId | null,
  input: ScimUserInput,
): Promise<ScimUser> {
  const email = emailOf(input);
  const existing = await findAccountByEmail(ports.db, email);
  const former = existing === null ? null : await findScimUser(ports.db, existing.id);
  if (existing !== null) {
    const suspendedByPerson = existing.status === 'suspended' && former?.suspended !== true;
    if (existing.role_id === 'owner' || former?.deleted === false || suspendedByPerson) {
      throw new ScimError(409, 'uniqueness');
    }
  }
  if ((await countScimUsers(ports.db)) >= SCIM_LIMITS.users) throw new ScimError(400, 'tooMany');
  const account =
    existing ??
    (await createAccount(ports.accounts, {
      email,
      name: nameOf(input, email),
      role: await roleWithoutRule(ports, (await scimSettings(ports)).defaultRole),
      status: 'active',
      emailVerified: false,
      language: null,
    }));
  const now = new Date(ports.clock());
  await putScimUser(ports.db, {
    account_id: account.id,
    provider_id: providerId,
    external_id: input.externalId ?? null,
    given_name: input.name?.givenName ?? null,
    family_name: input.name?.familyName ?? null,
    deleted: false,
    suspended: former?.suspended ?? false,
    // That of the account, where the directory has made it.
    created_at: existing === null ? account.created_at : now,
    changed_at: now,
  });
  ports.emit({
    event: 'scim.user_changed',
    accountId: account.id,
    what: existing === null ? 'created' : 'taken-over',
  });
  return replaceUser(ports, await getUser(ports, account.id), input);
}

/** The user as the directory says it is from now on. @throws ScimError uniqueness, invalidValue */
export async function replaceUser(
  ports: SignOnPorts,
  user: ScimUser,
  input: ScimUserInput,
): Promise<ScimUser> {
  const { account } = user;
  const email = emailOf(input);
  if (email !== account.email) await moveTo(ports, user, email);
  const name = nameOf(input, email);
  if (name !== account.name) await applyChange(ports.accounts, account, { name }, null);
  await putScimUser(ports.db, {
    ...user.user,
    external_id: input.externalId ?? null,
    given_name: input.name?.givenName ?? null,
    family_name: input.name?.familyName ?? null,
    changed_at: new Date(ports.clock()),
  });
  await setActive(ports, user, input.active ?? true);
  await followGroups(ports, account.id);
  return getUser(ports, account.id);
}

/**
 * What was sent to the former address ends. Where somebody had the account before the directory, or has used it since, it might be
 * taken from them so: its sessions end, and the former address is told.
 * @throws ScimError uniqueness
 */
async function moveTo(ports: SignOnPorts, { account, user }: ScimUser, email: string): Promise<void> {
  if (!(await changeEmail(ports.db, account.id, email))) throw new ScimError(409, 'uniqueness');
  ports.emit({ event: 'scim.user_changed', accountId: account.id, what: 'address' });
  if (!(await hasEverBeenUsed(ports, account, user))) return;
  await endSessionsOf(ports.accounts, account.id, 'account');
  const mail = addressChangedMail(account, new Date(ports.clock()), senderOf(ports.accounts));
  await ports.accounts.mail.send(mail);
}

/** Out of everything at once, and out of the directory's sight. */
export async function deleteUser(ports: SignOnPorts, user: ScimUser): Promise<void> {
  await setActive(ports, user, false);
  const stored = await findScimUser(ports.db, user.account.id);
  await putScimUser(ports.db, {
    ...(stored ?? user.user),
    deleted: true,
    changed_at: new Date(ports.clock()),
  });
  for (const group of await listMembershipsOf(ports.db, user.account.id)) {
    await removeMembers(ports.db, group, [user.account.id]);
  }
  await followGroups(ports, user.account.id);
  ports.emit({ event: 'scim.user_changed', accountId: user.account.id, what: 'deleted' });
}

async function setActive(ports: SignOnPorts, { account, user }: ScimUser, active: boolean): Promise<void> {
  const current = (await findAccount(ports.db, account.id)) ?? account;
  if (!active && current.status !== 'suspended') {
    await suspendAccount(ports.accounts, current, null);
    await markSuspended(ports, user.account_id, true);
  }
  if (active && current.status === 'suspended') {
    const stored = await findScimUser(ports.db, account.id);
    // What a person has suspended, a directory that knows nothing of it does not undo.
    if (stored?.suspended !== true) return;
    await restoreAccount(ports.accounts, current, null);
    await markSuspended(ports, user.account_id, false);
  }
}

async function markSuspended(ports: SignOnPorts, id: AccountId, suspended: boolean): Promise<void> {
  const stored = await findScimUser(ports.db, id);
  if (stored !== null) await putScimUser(ports.db, { ...stored, suspended });
}

/** Gives the role that somebody's groups say. */
export async function followGroups(ports: SignOnPorts, id: AccountId): Promise<void> {
  const account = await findAccount(ports.db, id);
  if (account === null || account.role_id === 'owner') return;
  const role = await roleByGroups(ports, account);
  if (role !== account.role_id) await applyChange(ports.accounts, account, { role }, null);
}

/** People are known by their address here, so the user name has to be one. @throws ScimError invalidValue */
function emailOf(input: ScimUserInput): string {
  const email = readEmail(input.userName);
  if (email === null) throw new ScimError(400, 'invalidValue');
  return email;
}

function nameOf(input: ScimUserInput, email: string): string {
  const parts = [input.name?.givenName, input.name?.familyName].filter((part) => part).join(' ');
  for (const candidate of [input.displayName, input.name?.formatted, parts, email.split('@')[0], 'Member']) {
    const name = DisplayName.safeParse((candidate ?? '').slice(0, 64));
    if (name.success) return name.data;
  }
  return 'Member';
}
