import { ConclaveError, type LinkFor, type UseLink } from '@conclave/protocol';
import type * as z from 'zod/mini';
import { MOST_RESET_LINKS, RESET_REQUESTS } from '../../policy/attempts.ts';
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
  addLink,
  deleteLinksOf,
  findLink,
  type LinkPurpose,
  type NewPersonLink,
  type PersonLink,
  replaceLinks,
  takeLink,
} from '../../storage/repositories/oneTimeLinks.ts';
import { deleteChallengesOf } from '../../storage/repositories/signInChallenges.ts';
import { senderOf } from '../mail/letter.ts';
import { passwordChangedMail, resetMail } from '../mail/messages.ts';
import { endSessionsOf } from './endSession.ts';
import { finishSignIn, type SignInOutcome } from './finishSignIn.ts';
import type { AccountsPorts } from './ports.ts';
import { countersOf } from './signInCounters.ts';
import type { SignInFrom } from './startSession.ts';

const minute = 60_000;
const lifetimes: Readonly<Record<LinkPurpose, number>> = {
  invitation: 7 * 24 * 60 * minute,
  /** As long as requests are counted: whoever is sent no further link has one that is good. */
  reset: RESET_REQUESTS.account.windowSeconds * 1000,
};
const pages: Readonly<Record<LinkPurpose, string>> = { invitation: 'invitation', reset: 'new-password' };

/**
 * Two links by which somebody who is invited chooses a password; former ones end, and so does each with the other. The one that
 * only the mail has shows that the address is theirs; the one that whoever invites has seen shows nothing.
 */
export async function makeInvitation(
  ports: AccountsPorts,
  account: Pick<AccountRow, 'id'>,
): Promise<{ readonly mailed: string; readonly shown: string }> {
  const mailed = newLink(ports, 'invitation', isPrivate(ports));
  const shown = newLink(ports, 'invitation', false);
  await replaceLinks(ports.db, account.id, 'invitation', [mailed.stored, shown.stored]);
  return { mailed: mailed.url, shown: shown.url };
}

/** The token is in the fragment, which browsers send to nobody. */
function newLink(
  ports: AccountsPorts,
  purpose: LinkPurpose,
  mailed: boolean,
): { readonly url: string; readonly stored: NewPersonLink } {
  const token = makeToken();
  const now = ports.clock();
  const createdAt = new Date(now);
  const expiresAt = new Date(now + lifetimes[purpose]);
  return {
    url: `${ports.origin()}/${pages[purpose]}#${token}`,
    stored: { tokenHash: hashToken(token), createdAt, expiresAt, mailed },
  };
}

/** Without a mail server an administrator reads the mails. */
function isPrivate({ mail }: AccountsPorts): boolean {
  return mail.server !== null;
}

/**
 * Sends a link to whoever forgot the password, if there is such an account. The answer does not wait for that work, so that
 * neither its words nor its time tell whether there is one. Links that were sent before stay good, for as long as no further
 * one is sent: strangers who ask for one take nothing away. Whoever comes from where the account was used before is counted
 * apart from them.
 * @throws ConclaveError auth.too_many_attempts, for the address that one comes from alone
 */
export async function askForReset(
  ports: AccountsPorts,
  email: string,
  address: string,
  from: SignInFrom,
): Promise<{ readonly done: Promise<void> }> {
  await ports.resetRequests.begin({ address, account: null });
  const { account } = await countersOf(ports, email, address, from);
  // Enough was sent within the hour, and of that there are links that are good.
  if (!(await isFree(ports, account))) return { done: Promise.resolve() };
  return { done: sendReset(ports, email) };
}

async function isFree({ resetRequests }: AccountsPorts, account: string | null): Promise<boolean> {
  try {
    await resetRequests.begin({ address: null, account });
    return true;
  } catch (fault) {
    if (fault instanceof ConclaveError && fault.code === 'auth.too_many_attempts') return false;
    throw fault;
  }
}

async function sendReset(ports: AccountsPorts, email: string): Promise<void> {
  const account = await findAccountByEmail(ports.db, email);
  ports.emit({ event: 'password.reset_asked', accountId: account?.id ?? null });
  if (account === null || account.status !== 'active') return;
  const { url, stored } = newLink(ports, 'reset', isPrivate(ports));
  if (!(await addLink(ports.db, account, 'reset', stored, MOST_RESET_LINKS))) return;
  await ports.mail.send(resetMail(account, url, senderOf(ports)));
}

/** What a link is for, and for whom: whoever has it may know. @throws ConclaveError auth.link_invalid, auth.too_many_attempts */
export async function checkLink(ports: AccountsPorts, token: string, address: string): Promise<LinkFor> {
  const { account, purpose } = await openLink(ports, token, address);
  return { purpose, email: account.email, name: account.name };
}

/**
 * Sets the password that somebody has chosen, ends all sessions of the account, and goes on as a sign-in does: a second factor
 * is asked for all the same. A refused password leaves the link good; of two simultaneous uses one counts.
 * @throws ConclaveError auth.link_invalid, auth.too_many_attempts, auth.suspended, sign_on.only, password.*
 */
export async function useLink(
  ports: AccountsPorts,
  { token, password, name }: z.output<typeof UseLink>,
  address: string,
  from: SignInFrom,
): Promise<SignInOutcome> {
  const { account: before, purpose } = await openLink(ports, token, address);
  if (before.status === 'suspended') throw new ConclaveError('auth.suspended');
  // Who is invited where passwords are off comes through the provider: they are not let choose one and refused after it.
  if (purpose === 'invitation' && !(await ports.mayEnterByOneself(before, from.cookieHeader))) {
    throw new ConclaveError('sign_on.only');
  }
  const chosen = purpose === 'invitation' ? (name ?? before.name) : before.name;
  checkPassword(password, [before.name, chosen, before.email], ports.policy.current());
  const hash = await ports.passwords.hash(password);
  const now = new Date(ports.clock());
  const account = await ports.db.transaction().execute(async (transaction) => {
    // Suspended at this very moment, or here by another way: the link undoes neither. The account is locked before its links are
    // touched, here as everywhere: two links of one account at once wait for each other in one order.
    const stands = await lockAccount(transaction, before.id, before.status);
    const taken = stands ? await takeLink(transaction, hashToken(token), now) : null;
    if (taken === null) throw new ConclaveError('auth.link_invalid');
    await deleteLinksOf(transaction, taken.accountId);
    await deleteChallengesOf(transaction, taken.accountId);
    return updateAccount(transaction, taken.accountId, {
      name: chosen,
      password_hash: hash,
      status: 'active',
      email_verified_at: taken.mailed ? now : undefined,
      // Who comes for the first time brings a browser that says what they read.
      mail_language: purpose === 'invitation' ? (before.mail_language ?? from.language) : undefined,
    });
  });
  if (account === null) throw new ConclaveError('auth.link_invalid');
  await endSessionsOf(ports, account.id, 'account');
  ports.emit({ event: 'password.changed', accountId: account.id, by: purpose });
  if (purpose === 'reset') await ports.mail.send(passwordChangedMail(account, now, senderOf(ports)));
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
