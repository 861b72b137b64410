import { ConclaveError, type MailLanguage } from '@conclave/protocol';
import { hashToken } from '../../security/tokens.ts';
import { type AccountRow, updateAccount } from '../../storage/repositories/accounts.ts';
import { deleteLinksOf } from '../../storage/repositories/oneTimeLinks.ts';
import { lockAccount, markIdentityUsed } from '../../storage/repositories/signOn/identities.ts';
import { markProviderUsed } from '../../storage/repositories/signOn/providers.ts';
import { tieSession } from '../../storage/repositories/signOn/sessions.ts';
import { finishSignIn } from '../accounts/finishSignIn.ts';
import { applyChange } from '../people/changePerson.ts';
import { createAccount } from '../people/createAccount.ts';
import type { ComesBack, Finished } from './finish.ts';
import { addIdentity, insertOwnIdentity, tellLinked } from './link.ts';
import { keepPending } from './pending.ts';
import { type ExternalPerson, nameFor, roleFor } from './person.ts';
import type { SignOnPorts } from './ports.ts';
import type { KnownProvider } from './providers.ts';
import { refuseNobody, resolvePerson, waitsForThem } from './resolve.ts';
import { rolesOf } from './roleWithoutRule.ts';
import { keepTie } from './tie.ts';

/**
 * Signs in somebody whom a provider has sent; makes their account, or asks the owner of the one that has their address.
 * @throws ConclaveError sign_on.no_account, auth.suspended
 */
export async function completeSignOn(
  ports: SignOnPorts,
  provider: KnownProvider,
  person: ExternalPerson,
  returnTo: string,
  browser: ComesBack,
): Promise<Finished> {
  const resolved = await resolvePerson(ports, provider, person);
  refuseNobody(resolved);
  const account =
    resolved.kind === 'to-link'
      ? null
      : await accountOf(ports, provider, person, resolved, browser.from.language);
  if (account === null) {
    return { kind: 'to-link', token: await keepPending(ports, provider.row.id, { step: 'to-link', person }) };
  }
  return enter(ports, provider, person, account, returnTo, browser);
}

/** Null when somebody has come to it by another way in between: then its owner is to be asked. */
async function accountOf(
  ports: SignOnPorts,
  provider: KnownProvider,
  person: ExternalPerson,
  resolved: Exclude<Awaited<ReturnType<typeof resolvePerson>>, { kind: 'refused' | 'to-link' }>,
  language: MailLanguage | null,
): Promise<AccountRow | null> {
  if (resolved.kind === 'known') {
    const { account, identity } = resolved;
    if (account.status !== 'active') throw new ConclaveError('auth.suspended');
    await markIdentityUsed(ports.db, identity.id, person.email, new Date(ports.clock()));
    return followRoles(ports, provider, person, account);
  }
  if (resolved.kind === 'waiting-for-them') {
    const used = await takeOver(ports, provider, person, resolved.account, language);
    return used === null ? null : followRoles(ports, provider, person, used);
  }
  const account = await createAccount(ports.accounts, {
    email: resolved.email,
    name: nameFor(person),
    role: roleFor(await rolesOf(ports, provider), person.claims, null),
    status: 'active',
    emailVerified: true,
    language,
  });
  await addIdentity(ports, provider, account.id, person);
  ports.emit({ event: 'sign_on.account_made', accountId: account.id, providerId: provider.row.id });
  return account;
}

/**
 * Gives an account that waits for its person to them. Whoever else has the invitation's link does not get in with it any more; and
 * when they were first, nothing is given.
 */
async function takeOver(
  ports: SignOnPorts,
  provider: KnownProvider,
  person: ExternalPerson,
  account: AccountRow,
  language: MailLanguage | null,
): Promise<AccountRow | null> {
  if (account.status === 'suspended') throw new ConclaveError('auth.suspended');
  const used = await ports.db.transaction().execute(async (transaction) => {
    const now = await lockAccount(transaction, account.id);
    if (now === null || !(await waitsForThem({ ...ports, db: transaction }, provider, now))) return null;
    if (now.status === 'suspended' || now.email !== account.email) return null;
    await insertOwnIdentity({ ...ports, db: transaction }, provider, account.id, person);
    await deleteLinksOf(transaction, account.id);
    const at = new Date(ports.clock());
    return updateAccount(transaction, account.id, {
      status: 'active',
      email_verified_at: at,
      mail_language: now.mail_language ?? language,
    });
  });
  if (used !== null) tellLinked(ports, provider, account.id);
  return used;
}

/** The provider's word about roles counts at every sign-in. */
async function followRoles(
  ports: SignOnPorts,
  provider: KnownProvider,
  person: ExternalPerson,
  account: AccountRow,
): Promise<AccountRow> {
  const role = roleFor(await rolesOf(ports, provider), person.claims, account.role_id);
  return role === account.role_id ? account : applyChange(ports.accounts, account, { role }, null);
}

async function enter(
  ports: SignOnPorts,
  { row, settings }: KnownProvider,
  person: ExternalPerson,
  account: AccountRow,
  returnTo: string,
  { address, from }: ComesBack,
): Promise<Finished> {
  const shown = { method: settings.kind, strong: !settings.asksFactor } as const;
  const outcome = await finishSignIn(ports.accounts, account, shown, address, from);
  await markProviderUsed(ports.db, row.id, new Date(ports.clock()));
  const tie = { providerId: row.id, subject: person.subject, sid: person.sid };
  if (outcome.kind === 'factor') {
    const { challenge, factors } = outcome;
    await keepTie(ports, challenge, tie);
    const state = { step: 'factor' as const, challenge, factors: [...factors], returnTo };
    return { kind: 'factor', token: await keepPending(ports, row.id, state) };
  }
  await tieSession(ports.db, hashToken(outcome.sessionToken), tie);
  return {
    kind: 'signed-in',
    sessionToken: outcome.sessionToken,
    deviceToken: outcome.deviceToken,
    returnTo,
  };
}
