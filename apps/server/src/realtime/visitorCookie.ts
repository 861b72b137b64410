import { tokenIn } from '../features/accounts/sessionToken.ts';
import { hashToken, makeToken } from '../security/tokens.ts';

/**
 * By this a browser is known again that was put out of a meeting, for as long as it runs: the cookie has no age. It says
 * nothing about who somebody is, and is read by nothing else.
 */
export const VISITOR_COOKIE = '__Host-conclave-visitor';

export interface VisitorCookie {
  /** A hash of what the cookie carries. */
  readonly key: string;
  /** The Set-Cookie header for a browser that has none yet (RFC 6265bis). */
  readonly header: string | null;
}

export function visitorCookie(cookieHeader: string | undefined): VisitorCookie {
  const known = tokenIn(cookieHeader, VISITOR_COOKIE);
  const token = known ?? makeToken();
  return {
    key: hashToken(token).toString('base64url'),
    header: known === null ? `${VISITOR_COOKIE}=${token}; Path=/; Secure; HttpOnly; SameSite=Strict` : null,
  };
}
