import { ConclaveError } from '@conclave/protocol';
import { jwtVerify } from 'jose';
import * as oidc from 'openid-client';
import { type ExternalPerson, readClaims, readEmail } from '../person.ts';
import type { SignOnPorts } from '../ports.ts';
import { addresses, type KnownProvider, type OidcSettings } from '../providers.ts';
import { OtherWorkspace } from '../testFault.ts';
import type { Checks } from './begin.ts';
import { providerFault } from './OidcClients.ts';

type Claims = Readonly<Record<string, unknown>>;

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
    return toPerson(provider.settings, claims, more);
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

function toPerson(settings: OidcSettings, idToken: oidc.IDToken, userInfo: Claims): ExternalPerson {
  const claims: Claims = { ...userInfo, ...idToken };
  refuseOtherDomain(settings, claims);
  const told = whereEmailIs(idToken, userInfo);
  const email = readEmail(told['email']);
  // A word against it counts, wherever it stands.
  const doubted = [idToken, userInfo].some((source) => isDoubted(source));
  return {
    issuer: idToken.iss,
    subject: idToken.sub,
    sid: typeof claims['sid'] === 'string' ? claims['sid'] : null,
    email,
    emailVerified: email !== null && !doubted && isEmailVerified(settings, email, told),
    name: typeof claims['name'] === 'string' ? claims['name'] : null,
    claims: readClaims(claims),
  };
}

/** The ID token or the userinfo, whole: what one says of `email_verified` says nothing of an address that the other one tells. */
function whereEmailIs(idToken: Claims, userInfo: Claims): Claims {
  const telling = [idToken, userInfo].filter((source) => source['email'] !== undefined);
  return telling.find((source) => source['email_verified'] !== undefined) ?? telling[0] ?? {};
}

/** Some providers say it as text. */
function isConfirmed(claims: Claims): boolean {
  return claims['email_verified'] === true || claims['email_verified'] === 'true';
}

function isDoubted(claims: Claims): boolean {
  return claims['email_verified'] !== undefined && !isConfirmed(claims);
}

/** The parameter `hd` only asks for a domain; what counts is the claim. */
function refuseOtherDomain(settings: OidcSettings, claims: Claims): void {
  if (settings.hostedDomain === null) return;
  const hd = claims['hd'];
  if (typeof hd !== 'string' || hd.toLowerCase() !== settings.hostedDomain) {
    throw new ConclaveError('sign_on.no_account', { cause: new OtherWorkspace() });
  }
}

/**
 * Google vouches for addresses of its own alone: Gmail's, and those of a Workspace domain (`hd`). Microsoft Entra ID does not say
 * `email_verified`, and lets tenants write what they like: it counts when the administrator vouches for their own tenant.
 */
function isEmailVerified(settings: OidcSettings, email: string, claims: Claims): boolean {
  if (settings.vouchesForEmail) return !isDoubted(claims);
  if (!isConfirmed(claims)) return false;
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
