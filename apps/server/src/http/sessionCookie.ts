import { SESSION_COOKIE } from '../features/accounts/sessionToken.ts';
import { SESSION_ABSOLUTE_MS } from '../policy/sessions.ts';

const attributes = 'Path=/; Secure; HttpOnly; SameSite=Strict';

/** The Set-Cookie header that gives a browser its session, or takes it away (RFC 6265bis). */
export function sessionCookie(token: string | null): string {
  return token === null
    ? `${SESSION_COOKIE}=; ${attributes}; Max-Age=0`
    : `${SESSION_COOKIE}=${token}; ${attributes}; Max-Age=${SESSION_ABSOLUTE_MS / 1000}`;
}
