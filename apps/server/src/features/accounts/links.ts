import { ConclaveError, type LinkFor, type UseLink } from '@conclave/protocol';
import type * as z from 'zod/mini';
import { checkPassword } from '../../policy/passwords.ts';
import { hashToken, makeToken } from '../../security/tokens.ts';
import {
  type AccountRow,
  findAccount,
  findAccountByEmail,
  lockAccount,
  updateAccount,
} from '../../storage/repositories/accounts.ts';
import {
  deleteLinksOf,
  findLink,
  type LinkPurpose,
  type PersonLink,
  replaceLink,
  takeLink,
} from '../../storage/repositories/oneTimeLinks.ts';
import { passwordChangedMail, resetMail } from '../mail/messages.ts';
import { endSessionsOf } from './endSession.ts';
import { finishSignIn, type SignInOutcome } from './finishSignIn.ts';
import type { AccountsPorts } from './ports.ts';
import type { SignInFrom } from './startSession.ts';

const minute = 60_000;
const lifetimes: Readonly<Record<LinkPurpose, number>> = {
  invitation: 7 * 24 * 60 * minute,
  reset: 30 * minute,
};
const pages: Readonly<Record<LinkPurpose, string>> = { invitation: 'invitation', reset: 'new-password' };

/** A link by which somebody chooses a password; a former one for the same ends. The token is in the fragment. */
export async function makeLink(
  ports: AccountsPorts,
  account: Pick<AccountRow, 'id'>,
  purpose: LinkPurpose,
): Promise<string> {
  const token = makeToken();
  const now = ports.clock();
  await replaceLink(ports.db, account.id, purpose, {
    tokenHash: hashToken(token),
    createdAt: new Date(now),
    expiresAt: new Date(now + lifetimes[purpose]),
  });
  return `${ports.origin()}/${pages[purpose]}#${token}`;
}

/**
 * Sends a link to whoever forgot the password, if there is such an account. The answer does not wait for that work, so that
 * neither its words nor its time tell whether there is one.
 * @throws ConclaveError auth.too_many_attempts
 */
export async function askForReset(
  ports: AccountsPorts,
  email: string,
  address: string,
): Promise<{ readonly done: Promise<void> }> {
  await ports.resetRequests.begin({ address, account: email });
  return { done: sendReset(ports, email) };
}

async function sendReset(ports: AccountsPorts, email: string): Promise<void> {
  const account = await findAccountByEmail(ports.db, email);
  ports.emit({ event: 'password.reset_asked', accountId: account?.id ?? null });
  if (account === null || account.status !== 'active') return;
  const link = await makeLink(ports, account, 'reset');
  await ports.mail.send(resetMail(account, link, ports.origin()));
}

/** What a link is for, and for whom: whoever has it may know. @throws ConclaveError auth.link_invalid, auth.too_many_attempts */
export async function checkLink(ports: AccountsPorts, token: string, address: string): Promise<LinkFor> {
  const { account, purpose } = await openLink(ports, token, address);
  return { purpose, email: account.email, name: account.name };
}

/**
 * Sets the password that somebody has chosen, ends all sessions of the account, and goes on as a sign-in does: a second factor
 * is asked for all the same. A refused password leaves the link good; of two simultaneous uses one counts.
 * @throws ConclaveError auth.link_invalid, auth.too_many_attempts, auth.suspended, password.*
 */
export async function useLink(
  ports: AccountsPorts,
  { token, password, name }: z.output<typeof UseLink>,
  address: string,
  from: SignInFrom,
): Promise<SignInOutcome> {
  const { account: before, purpose } = await openLink(ports, token, address);
  if (before.status === 'suspended') throw new ConclaveError('auth.suspended');
  const chosen = purpose === 'invitation' ? (name ?? before.name) : before.name;
  checkPassword(password, [before.name, chosen, before.email], ports.policy.current());
  const hash = await ports.passwords.hash(password);
  const now = new Date(ports.clock());
  const account = await ports.db.transaction().execute(async (transaction) => {
    const taken = await takeLink(transaction, hashToken(token), now);
    if (taken === null) throw new ConclaveError('auth.link_invalid');
    // Suspended at this very moment, or here by another way: the link undoes neither.
    if (!(await lockAccount(transaction, taken.accountId, before.status))) {
      throw new ConclaveError('auth.link_invalid');
    }
    await deleteLinksOf(transaction, taken.accountId);
    return updateAccount(transaction, taken.accountId, {
      name: chosen,
      password_hash: hash,
      status: 'active',
      email_verified_at: now,
    });
  });
  if (account === null) throw new ConclaveError('auth.link_invalid');
  await endSessionsOf(ports, account.id, 'account');
  ports.emit({ event: 'password.changed', accountId: account.id, by: purpose });
  if (purpose === 'reset') await ports.mail.send(passwordChangedMail(account, now, ports.origin()));
  return finishSignIn(ports, account, { method: 'link', strong: false }, address, from);
}

async function openLink(
  ports: AccountsPorts,
  token: string,
  address: string,
): Promise<{ account: AccountRow; purpose: PersonLink['purpose'] }> {
  const attempt = await ports.linkAttempts.begin({ address });
  const link = await findLink(ports.db, hashToken(token), new Date(ports.clock()));
  const account = link === null ? null : await findAccount(ports.db, link.accountId);
  if (link === null || account === null) throw new ConclaveError('auth.link_invalid');
  // Whoever has come by another way meanwhile is not thrown out by a link that others may have seen.
  if (link.purpose === 'invitation' && account.status !== 'invited')
    throw new ConclaveError('auth.link_invalid');
  await attempt.succeeded();
  return { account, purpose: link.purpose };
}
