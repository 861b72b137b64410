import * as oidc from 'openid-client';
import type { SignOnPorts } from '../ports.ts';
import { addresses, type KnownProvider, type OidcSettings } from '../providers.ts';

/** What an answer must fit. */
export interface Checks {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/**
 * The address at the provider to which the browser goes: authorization code with PKCE (RFC 7636, S256), state and nonce.
 * @throws ConclaveError sign_on.provider_unreachable, sign_on.provider_invalid
 */
export async function beginOidc(
  ports: SignOnPorts,
  provider: KnownProvider<OidcSettings>,
): Promise<{ url: string; checks: Checks }> {
  const { config } = await ports.oidc.get(provider);
  const checks = {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    verifier: oidc.randomPKCECodeVerifier(),
  };
  const { settings, row } = provider;
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: addresses.callback(ports.origin(), row.id),
    scope: ['openid', 'email', 'profile', ...settings.scopes].join(' '),
    state: checks.state,
    nonce: checks.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(checks.verifier),
    code_challenge_method: 'S256',
    ...(settings.hostedDomain !== null && { hd: settings.hostedDomain }),
  });
  return { url: url.href, checks };
}
