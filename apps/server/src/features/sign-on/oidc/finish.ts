import { ConclaveError } from '@conclave/protocol';
import { jwtVerify } from 'jose';
import * as oidc from 'openid-client';
import { type ExternalPerson, readClaims, readEmail } from '../person.ts';
import type { SignOnPorts } from '../ports.ts';
import { addresses, type KnownProvider, type OidcSettings } from '../providers.ts';
import type { Checks } from './begin.ts';
import { providerFault } from './OidcClients.ts';

/** Signatures by a key of the provider alone: neither `none` nor anything made with a shared secret (RFC 8725, 3.1). */
export const SIGNATURES = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/**
 * Takes the provider's answer in the callback's query: state, `iss` (RFC 9207), the code against PKCE's verifier, then the
 * ID token: signature, issuer, audience, `azp`, times, nonce (OpenID Connect Core 1.0, section 3.1.3.7).
 * @throws ConclaveError sign_on.declined, sign_on.failed, sign_on.provider_unreachable
 */
export async function finishOidc(
  ports: SignOnPorts,
  provider: KnownProvider<OidcSettings>,
  checks: Checks,
  query: string,
): Promise<ExternalPerson> {
  const { config, keys } = await ports.oidc.get(provider);
  const url = new URL(addresses.callback(ports.origin(), provider.row.id));
  url.search = query;
  try {
    const tokens = await oidc.authorizationCodeGrant(config, url, {
      expectedState: checks.state,
      expectedNonce: checks.nonce,
      pkceCodeVerifier: checks.verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined || tokens.id_token === undefined) throw new ConclaveError('sign_on.failed');
    // The library trusts the connection on which the token came; here its signature counts too (section 3.1.3.7, 6).
    await jwtVerify(tokens.id_token, keys, {
      issuer: claims.iss,
      audience: provider.settings.clientId,
      algorithms: SIGNATURES,
      currentDate: new Date(ports.clock()),
      clockTolerance: 30,
    });
    const more = await userInfo(config, tokens.access_token, claims);
    return toPerson(provider.settings, { ...more, ...claims }, claims);
  } catch (fault) {
    throw refusalOf(fault);
  }
}

/** Providers may tell the address and the groups at the userinfo endpoint alone (section 5.3). */
async function userInfo(
  config: oidc.Configuration,
  accessToken: string,
  claims: oidc.IDToken,
): Promise<Record<string, unknown>> {
  if (config.serverMetadata().userinfo_endpoint === undefined) return {};
  return { ...(await oidc.fetchUserInfo(config, accessToken, claims.sub)) };
}

function toPerson(
  settings: OidcSettings,
  claims: Readonly<Record<string, unknown>>,
  { iss, sub }: oidc.IDToken,
): ExternalPerson {
  refuseOtherDomain(settings, claims);
  const email = readEmail(claims['email']);
  return {
    issuer: iss,
    subject: sub,
    sid: typeof claims['sid'] === 'string' ? claims['sid'] : null,
    email,
    emailVerified: email !== null && isEmailVerified(settings, email, claims),
    name: typeof claims['name'] === 'string' ? claims['name'] : null,
    claims: readClaims(claims),
  };
}

/** The parameter `hd` only asks for a domain; what counts is the claim. */
function refuseOtherDomain(settings: OidcSettings, claims: Readonly<Record<string, unknown>>): void {
  if (settings.hostedDomain === null) return;
  const hd = claims['hd'];
  if (typeof hd !== 'string' || hd.toLowerCase() !== settings.hostedDomain) {
    throw new ConclaveError('sign_on.no_account');
  }
}

/**
 * Google vouches for addresses of its own alone: Gmail's, and those of a Workspace domain (`hd`). Microsoft Entra ID does not say
 * `email_verified`, and lets tenants write what they like: it counts when the administrator vouches for their own tenant.
 */
function isEmailVerified(
  settings: OidcSettings,
  email: string,
  claims: Readonly<Record<string, unknown>>,
): boolean {
  if (settings.vouchesForEmail) return claims['email_verified'] !== false;
  if (claims['email_verified'] !== true) return false;
  if (settings.preset !== 'google') return true;
  return email.endsWith('@gmail.com') || typeof claims['hd'] === 'string';
}

function refusalOf(fault: unknown): ConclaveError {
  if (fault instanceof ConclaveError) return fault;
  if (fault instanceof oidc.AuthorizationResponseError) {
    const code = fault.error === 'access_denied' ? 'sign_on.declined' : 'sign_on.failed';
    return new ConclaveError(code, { cause: fault });
  }
  const refusal = providerFault(fault);
  return refusal.code === 'sign_on.provider_unreachable'
    ? refusal
    : new ConclaveError('sign_on.failed', { cause: fault });
}
