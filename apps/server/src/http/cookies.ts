import { DEVICE_COOKIE } from '../features/accounts/deviceToken.ts';
import { SESSION_COOKIE } from '../features/accounts/sessionToken.ts';
import { SESSION_LONGEST_MS } from '../policy/sessions.ts';

const attributes = 'Path=/; Secure; HttpOnly; SameSite=Strict';
/** The longest that browsers keep a cookie for (RFC 6265bis section 5.5), seconds. */
const longest = 400 * 24 * 60 * 60;

/** The Set-Cookie header that gives a browser its session, or takes it away (RFC 6265bis). */
export function sessionCookie(token: string | null): string {
  return token === null
    ? `${SESSION_COOKIE}=; ${attributes}; Max-Age=0`
    : `${SESSION_COOKIE}=${token}; ${attributes}; Max-Age=${SESSION_LONGEST_MS / 1000}`;
}

/** The one by which a browser is known again. It stays when somebody signs out. */
export function deviceCookie(token: string): string {
  return `${DEVICE_COOKIE}=${token}; ${attributes}; Max-Age=${longest}`;
}
