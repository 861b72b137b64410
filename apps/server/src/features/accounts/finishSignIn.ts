import { ConclaveError, type FactorKind } from '@conclave/protocol';
import { hashToken } from '../../security/tokens.ts';
import type { AccountRow } from '../../storage/repositories/accounts.ts';
import { hasKnownDevices, isKnownDevice, rememberDevice } from '../../storage/repositories/knownDevices.ts';
import type { SignInMethod } from '../../storage/tables.ts';
import { secondFactorFor } from '../factors/secondFactor.ts';
import { senderOf } from '../mail/letter.ts';
import { newDeviceMail } from '../mail/messages.ts';
import type { SignedIn } from './createOwner.ts';
import { deviceOf } from './describeDevice.ts';
import { deviceTokenIn, makeDeviceToken } from './deviceToken.ts';
import type { AccountsPorts } from './ports.ts';
import { presentAccount } from './presentAccount.ts';
import { type SignInFrom, startSession } from './startSession.ts';

/** How somebody has shown who they are. `strong`: by something that no second factor needs to be added to. */
export interface Shown {
  readonly method: SignInMethod;
  readonly strong: boolean;
  /** They must set up another second factor: the one that they have is no longer allowed. */
  readonly restricted?: boolean;
}

export type SignInOutcome =
  | ({ readonly kind: 'signed-in'; readonly deviceToken: string } & SignedIn)
  | { readonly kind: 'factor'; readonly challenge: string; readonly factors: FactorKind[] };

/**
 * What everything that signs somebody in ends with: a session, or the question for a second factor.
 * @throws ConclaveError sign_on.only, auth.suspended, which tells only those who have shown who they are
 */
export async function finishSignIn(
  ports: AccountsPorts,
  account: AccountRow,
  shown: Shown,
  address: string,
  from: SignInFrom,
): Promise<SignInOutcome> {
  if (account.status !== 'active') throw new ConclaveError('auth.suspended');
  const fromProvider = shown.method === 'oidc' || shown.method === 'saml';
  if (!fromProvider && !(await ports.mayEnterByOneself(account, from.cookieHeader))) {
    throw new ConclaveError('sign_on.only');
  }
  const second = shown.strong
    ? ({ kind: 'none' } as const)
    : await secondFactorFor(ports, account, shown.method);
  if (second.kind === 'ask') {
    ports.emit({ event: 'signin.factor_asked', accountId: account.id });
    return { kind: 'factor', challenge: second.challenge, factors: second.factors };
  }
  const restricted = second.kind === 'set-up' || shown.restricted === true;
  const sessionToken = await startSession(ports, account, { method: shown.method, restricted }, from);
  ports.knownPlaces.remember(account.email, address);
  const deviceToken = await recogniseDevice(ports, account, from);
  return {
    kind: 'signed-in',
    account: await presentAccount(ports.db, account, restricted),
    sessionToken,
    deviceToken,
  };
}

/** The browser's own token, or a new one. Whoever has signed in before is told of a browser that has not. */
async function recogniseDevice(
  ports: AccountsPorts,
  account: AccountRow,
  { cookieHeader, userAgent }: SignInFrom,
): Promise<string> {
  const brought = deviceTokenIn(cookieHeader);
  const known = brought !== null && (await isKnownDevice(ports.db, hashToken(brought), account.email));
  const now = new Date(ports.clock());
  if (!known && (await hasKnownDevices(ports.db, account.id))) {
    await ports.mail.send(newDeviceMail(account, deviceOf(userAgent), now, senderOf(ports)));
  }
  // One that somebody else left in this browser is theirs.
  const token = known ? brought : makeDeviceToken();
  await rememberDevice(ports.db, hashToken(token), account.id, now);
  return token;
}
