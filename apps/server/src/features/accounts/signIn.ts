import { ConclaveError, type SignIn } from '@conclave/protocol';
import {
  type AccountRow,
  findAccountByEmail,
  presentAccount,
  replacePasswordHash,
} from '../../storage/repositories/accounts.ts';
import type { SignedIn } from './createOwner.ts';
import type { AccountsPorts } from './ports.ts';
import { type SignInFrom, startSession } from './startSession.ts';

/**
 * Email and password against a new session. The answer, the work and the limits are the same whether or not
 * there is such an account.
 * @throws ConclaveError auth.wrong_credentials, auth.too_many_attempts
 */
export async function signIn(
  ports: AccountsPorts,
  input: SignIn,
  address: string,
  from: SignInFrom,
): Promise<SignedIn> {
  const attempt = await ports.signInAttempts.begin({
    address,
    account: ports.knownPlaces.counterOf(input.email, address),
  });
  const account = await findAccountByEmail(ports.db, input.email);
  const right = await ports.passwords.verify(account?.password_hash ?? null, input.password);
  if (account === null || !right) {
    ports.emit({
      event: 'signin.refused',
      accountId: account?.id ?? null,
      code: 'auth.wrong_credentials',
    });
    throw new ConclaveError('auth.wrong_credentials');
  }
  await attempt.succeeded();
  ports.knownPlaces.remember(input.email, address);
  await rehashWhenOutdated(ports, account, input.password);
  return {
    account: presentAccount(account),
    sessionToken: await startSession(ports, account.id, from),
  };
}

async function rehashWhenOutdated(
  ports: AccountsPorts,
  account: AccountRow,
  password: string,
): Promise<void> {
  if (!ports.passwords.isOutdated(account.password_hash)) return;
  const renewed = await ports.passwords.hash(password);
  await replacePasswordHash(ports.db, account.id, account.password_hash, renewed);
}
