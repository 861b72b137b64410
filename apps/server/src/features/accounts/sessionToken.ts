import { Token256 } from '@conclave/protocol';

/**
 * `__Host-` (RFC 6265bis section 4.1.3.2): browsers take it only with Secure, Path=/ and no Domain, so no other
 * host, not even a subdomain, can set it. They count http://localhost as secure.
 */
export const SESSION_COOKIE = '__Host-conclave';

/** The session's secret in a Cookie header, or null when there is none, more than one, or one that cannot be. */
export function sessionTokenIn(cookieHeader: string | undefined): string | null {
  return tokenIn(cookieHeader, SESSION_COOKIE);
}

/** The same of any cookie of ours that carries 256 bits. */
export function tokenIn(cookieHeader: string | undefined, name: string): string | null {
  const values = (cookieHeader ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  const [value] = values;
  return values.length === 1 && Token256.safeParse(value).success ? (value ?? null) : null;
}
