import { ConclaveError, type SignIn } from '@conclave/protocol';
import {
  type AccountRow,
  findAccount,
  findAccountByEmail,
  replacePasswordHash,
} from '../../storage/repositories/accounts.ts';
import { finishSignIn, type SignInOutcome } from './finishSignIn.ts';
import type { AccountsPorts } from './ports.ts';
import { countersOf } from './signInCounters.ts';
import type { SignInFrom } from './startSession.ts';

/**
 * Email and password against a new session, or the question for a second factor. The answer, the work and the limits are
 * the same whether or not there is such an account.
 * @throws ConclaveError auth.wrong_credentials, auth.too_many_attempts, auth.suspended
 */
export async function signIn(
  ports: AccountsPorts,
  input: SignIn,
  address: string,
  from: SignInFrom,
): Promise<SignInOutcome> {
  const attempt = await ports.signInAttempts.begin(await countersOf(ports, input.email, address, from));
  const account = await findAccountByEmail(ports.db, input.email);
  const right = await ports.passwords.verify(account?.password_hash ?? null, input.password);
  if (account === null || !right || account.status === 'invited') {
    ports.emit({
      event: 'signin.refused',
      accountId: account?.id ?? null,
      code: 'auth.wrong_credentials',
    });
    throw new ConclaveError('auth.wrong_credentials');
  }
  if (!(await ports.mayEnterByOneself(account, from.cookieHeader))) {
    // The same answer, and counted the same: or it would tell whoever tries that the password is right.
    ports.emit({ event: 'signin.refused', accountId: account.id, code: 'sign_on.only' });
    throw new ConclaveError('auth.wrong_credentials');
  }
  await attempt.succeeded();
  const current = await rehashWhenOutdated(ports, account, input.password);
  return finishSignIn(ports, current, { method: 'password', strong: false }, address, from);
}

/** The account as it is then. */
async function rehashWhenOutdated(
  ports: AccountsPorts,
  account: AccountRow,
  password: string,
): Promise<AccountRow> {
  const { password_hash: former } = account;
  if (former === null || !ports.passwords.isOutdated(former)) return account;
  const renewed = await ports.passwords.hash(password);
  if (await replacePasswordHash(ports.db, account.id, former, renewed)) {
    return { ...account, password_hash: renewed };
  }
  // Another sign-in was first, or the password is another one now.
  const current = await findAccount(ports.db, account.id);
  if (current === null || !(await ports.passwords.verify(current.password_hash, password))) {
    throw new ConclaveError('auth.wrong_credentials');
  }
  return current;
}
