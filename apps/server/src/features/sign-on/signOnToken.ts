import { Token256 } from '@conclave/protocol';

/** The cookie that ties a sign-on which is under way to the browser in which it began. */
export const SIGN_ON_COOKIE = '__Host-conclave-sign-on';

/** Its value in a Cookie header; null when there is none, more than one, or one that cannot be. */
export function signOnTokenIn(cookieHeader: string | undefined): string | null {
  const values = (cookieHeader ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${SIGN_ON_COOKIE}=`))
    .map((pair) => pair.slice(SIGN_ON_COOKIE.length + 1));
  const [value] = values;
  return values.length === 1 && Token256.safeParse(value).success ? (value ?? null) : null;
}
