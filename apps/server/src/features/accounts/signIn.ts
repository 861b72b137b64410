import { ConclaveError, type SignIn } from '@conclave/protocol';
import { hashToken } from '../../security/tokens.ts';
import {
  type AccountRow,
  findAccountByEmail,
  replacePasswordHash,
} from '../../storage/repositories/accounts.ts';
import { isKnownDevice } from '../../storage/repositories/knownDevices.ts';
import { deviceTokenIn } from './deviceToken.ts';
import { finishSignIn, type SignInOutcome } from './finishSignIn.ts';
import type { AccountsPorts, SignInCounter } from './ports.ts';
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
  await attempt.succeeded();
  await rehashWhenOutdated(ports, account, input.password);
  return finishSignIn(ports, account, { method: 'password', strong: false }, address, from);
}

/**
 * Under which names an attempt is counted. Who comes with a browser, or from a place, that the account was signed in from
 * is counted apart: strangers who guess, however many, cannot lock the person out.
 */
async function countersOf(
  ports: AccountsPorts,
  email: string,
  address: string,
  { cookieHeader }: SignInFrom,
): Promise<Record<SignInCounter, string | null>> {
  const token = deviceTokenIn(cookieHeader);
  if (token !== null && (await isKnownDevice(ports.db, hashToken(token), email))) {
    const device = `device ${hashToken(token).toString('base64url')}`;
    return { address, account: device, day: device, service: null };
  }
  const counter = ports.knownPlaces.counterOf(email, address);
  return { address, account: counter, day: counter, service: counter.startsWith('known ') ? null : 'all' };
}

async function rehashWhenOutdated(
  ports: AccountsPorts,
  account: AccountRow,
  password: string,
): Promise<void> {
  const { password_hash: former } = account;
  if (former === null || !ports.passwords.isOutdated(former)) return;
  const renewed = await ports.passwords.hash(password);
  await replacePasswordHash(ports.db, account.id, former, renewed);
}
