import { SIGN_ON_COOKIE } from '../features/sign-on/signOnToken.ts';

/** Lax: the way back from the provider is a navigation from another site, with which Strict ones are not sent. */
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax';
/** A little longer than the server keeps what belongs to it. */
const seconds = 11 * 60;

/** The Set-Cookie header that gives a browser its sign-on, or takes it away. */
export function signOnCookie(token: string | null): string {
  return token === null
    ? `${SIGN_ON_COOKIE}=; ${attributes}; Max-Age=0`
    : `${SIGN_ON_COOKIE}=${token}; ${attributes}; Max-Age=${seconds}`;
}
