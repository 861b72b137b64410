import { type ChangePassword, ConclaveError } from '@conclave/protocol';
import { checkPassword } from '../../policy/passwords.ts';
import { refuseUnlessConfirmed } from '../../policy/permissions.ts';
import { findAccount, lockCredentials, updateAccount } from '../../storage/repositories/accounts.ts';
import { deleteLinksOf } from '../../storage/repositories/oneTimeLinks.ts';
import { confirmSession } from '../../storage/repositories/sessions.ts';
import { deleteChallengesOf } from '../../storage/repositories/signInChallenges.ts';
import { hasFactor } from '../factors/heldFactors.ts';
import { senderOf } from '../mail/letter.ts';
import { passwordChangedMail } from '../mail/messages.ts';
import type { Caller } from './authenticate.ts';
import { endSessionsOf } from './endSession.ts';
import type { AccountsPorts } from './ports.ts';

/**
 * Another password, for whoever knows the present one; the first one, for whoever has shown lately who they are. All other
 * sessions end, and what they hold open. It confirms the session as `confirm` does: not that of somebody with a second factor.
 * @throws ConclaveError auth.wrong_credentials, auth.too_many_attempts, auth.step_up, password.*
 */
export async function changePassword(
  ports: AccountsPorts,
  caller: Caller,
  { current, password }: ChangePassword,
  address: string,
): Promise<void> {
  const account = await findAccount(ports.db, caller.accountId);
  if (account === null) throw new ConclaveError('auth.required');
  if (account.password_hash === null) refuseUnlessConfirmed(caller, ports.clock());
  else await refuseWrongPassword(ports, account, current, address);
  checkPassword(password, [account.name, account.email], ports.policy.current());
  if (password === current) throw new ConclaveError('password.reused', { field: 'password' });
  const now = new Date(ports.clock());
  const hash = await ports.passwords.hash(password);
  // Together: no sign-in that began with the former password finds the new one and its own challenge.
  await ports.db.transaction().execute(async (transaction) => {
    // Nor does one who showed a password take the place of one that was chosen, by a link or elsewhere, in the meantime.
    const same = await lockCredentials(transaction, account.id, account.password_hash);
    if (!same) throw new ConclaveError('auth.wrong_credentials', { field: 'current' });
    await updateAccount(transaction, account.id, { password_hash: hash });
    await deleteLinksOf(transaction, account.id);
    await deleteChallengesOf(transaction, account.id);
  });
  if (!(await hasFactor(ports, account.id))) await confirmSession(ports.db, caller.sessionId, now);
  await endSessionsOf(ports, account.id, 'account', caller.sessionId);
  ports.emit({ event: 'password.changed', accountId: account.id, by: 'self' });
  await ports.mail.send(passwordChangedMail(account, now, senderOf(ports)));
}

/**
 * Counted by account and place, as at the sign-in: whoever has stolen a session may not search for the password with it.
 * @throws ConclaveError auth.wrong_credentials, auth.too_many_attempts
 */
export async function refuseWrongPassword(
  ports: AccountsPorts,
  account: { readonly id: string; readonly password_hash: string | null },
  password: string | null,
  address: string,
): Promise<void> {
  const counter = `inside ${account.id}`;
  const attempt = await ports.signInAttempts.begin({
    address,
    account: counter,
    day: counter,
    service: null,
  });
  const right = password !== null && (await ports.passwords.verify(account.password_hash, password));
  if (!right) throw new ConclaveError('auth.wrong_credentials', { field: 'current' });
  await attempt.succeeded();
}
