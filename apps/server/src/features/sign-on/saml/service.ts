import { randomBytes } from 'node:crypto';
import { type CacheProvider, SAML, ValidateInResponseTo } from '@node-saml/node-saml';
import type { SignOnPorts } from '../ports.ts';
import { addresses, type KnownProvider, type SamlSettings } from '../providers.ts';

/** By how much clocks may differ, and how old an assertion may be, ms. */
const skewMs = 60_000;
const maxAgeMs = 10 * 60_000;

/** Whether a request of this id waits for an answer. */
export type IsWaiting = (requestId: string) => Promise<boolean>;

/** SAML 2.0 towards one identity provider: what is asked and what is taken (Web Browser SSO profile). */
export function samlService(
  ports: SignOnPorts,
  { row, settings }: KnownProvider<SamlSettings>,
  isWaiting: IsWaiting = async () => false,
  requestId?: string,
): SAML {
  const origin = ports.origin();
  const own = addresses.metadata(origin, row.id);
  return new SAML({
    issuer: own,
    audience: own,
    callbackUrl: addresses.acs(origin, row.id),
    entryPoint: settings.ssoUrl,
    idpIssuer: settings.entityId,
    idpCert: settings.certificates,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: false,
    signatureAlgorithm: 'sha256',
    identifierFormat: null,
    // Which way of signing in is good enough is for the provider to say.
    disableRequestedAuthnContext: true,
    validateInResponseTo: ValidateInResponseTo.always,
    cacheProvider: waitingRequests(isWaiting),
    acceptedClockSkewMs: skewMs,
    maxAssertionAgeMs: maxAgeMs,
    ...(requestId !== undefined && { generateUniqueId: () => requestId }),
  });
}

/** An xs:ID: it must not begin with a digit. */
export function makeRequestId(): string {
  return `_${randomBytes(20).toString('hex')}`;
}

/** Our own store of requests, in the words of the library. What is used up is taken out elsewhere, in one step with the answer. */
function waitingRequests(isWaiting: IsWaiting): CacheProvider {
  return {
    saveAsync: async (_key, value) => ({ value, createdAt: 0 }),
    // The library reads an instant in it, by which it lets requests run out; ours run out by themselves.
    getAsync: async (key) => ((await isWaiting(key)) ? new Date().toISOString() : null),
    removeAsync: async (key) => key,
  };
}
