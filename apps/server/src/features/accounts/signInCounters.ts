import { hashToken } from '../../security/tokens.ts';
import { isKnownDevice } from '../../storage/repositories/knownDevices.ts';
import { deviceTokenIn } from './deviceToken.ts';
import type { AccountsPorts, SignInCounter } from './ports.ts';
import type { SignInFrom } from './startSession.ts';

/**
 * Under which names an attempt is counted. Who comes with a browser, or from a place, that the account was signed in from
 * is counted apart: strangers who guess, however many, cannot lock the person out.
 */
export async function countersOf(
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
