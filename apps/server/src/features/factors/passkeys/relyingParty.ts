import { isIP } from 'node:net';

/** Who asks for passkeys, as browsers and authenticators see it (Web Authentication Level 3, section 4). */
export interface RelyingParty {
  /** The host's name: passkeys are bound to it. */
  readonly id: string;
  readonly origin: string;
  readonly name: string;
}

/** Null for an address in place of a name: it is no valid domain, and browsers refuse it (section 5.1.3). */
export function relyingPartyOf(origin: string): RelyingParty | null {
  const { hostname } = new URL(origin);
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return null;
  return { id: hostname, origin, name: 'Conclave' };
}
