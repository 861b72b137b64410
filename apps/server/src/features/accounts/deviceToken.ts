import { makeToken } from '../../security/tokens.ts';
import { tokenIn } from './sessionToken.ts';

/** By this a browser is known again after its session has ended. It lets nobody in: it says that somebody was let in. */
export const DEVICE_COOKIE = '__Host-conclave-device';

/** What the browser has, or null. */
export function deviceTokenIn(cookieHeader: string | undefined): string | null {
  return tokenIn(cookieHeader, DEVICE_COOKIE);
}

export function makeDeviceToken(): string {
  return makeToken();
}
