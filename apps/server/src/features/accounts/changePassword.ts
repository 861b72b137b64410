import { type ChangePassword, ConclaveError } from '@conclave/protocol';
import { checkPassword } from '../../policy/passwords.ts';
import { refuseUnlessConfirmed } from '../../policy/permissions.ts';
import { findAccount, updateAccount } from '../../storage/repositories/accounts.ts';
import { deleteLinksOf } from '../../storage/repositories/oneTimeLinks.ts';
import { confirmSession } from '../../storage/repositories/sessions.ts';
import { passwordChangedMail } from '../mail/messages.ts';
import type { Caller } from './authenticate.ts';
import { endSessionsOf } from './endSession.ts';
import type { AccountsPorts } from './ports.ts';

/**
 * Another password, for whoever knows the present one; the first one, for whoever has shown lately who they are. All other
 * sessions end, and what they hold open.
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
  await updateAccount(ports.db, account.id, { password_hash: await ports.passwords.hash(password) });
  await deleteLinksOf(ports.db, account.id);
  await confirmSession(ports.db, caller.sessionId, now);
  await endSessionsOf(ports, account.id, 'account', caller.sessionId);
  ports.emit({ event: 'password.changed', accountId: account.id, by: 'self' });
  await ports.mail.send(passwordChangedMail(account, now, ports.origin()));
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
