import type { TestFault } from '@conclave/protocol';
import * as oidc from 'openid-client';
import { SamlFault } from './saml/SamlFault.ts';

/** Somebody of another Workspace domain than the one that is let in. */
export class OtherWorkspace extends Error {
  override readonly name = 'OtherWorkspace';
  constructor() {
    super('not of the Workspace domain');
  }
}

/** What a provider answers (RFC 6749, sections 4.1.2.1 and 5.2; the last one is Google's). */
const ANSWERS: Readonly<Record<string, TestFault>> = {
  invalid_client: 'client-refused',
  unauthorized_client: 'client-refused',
  invalid_scope: 'scope-refused',
  invalid_grant: 'code-refused',
  redirect_uri_mismatch: 'redirect-uri-refused',
};
/** What the libraries that check a token say. */
const CODES: Readonly<Record<string, TestFault>> = {
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: 'clock',
  ERR_JWT_EXPIRED: 'clock',
  OAUTH_JWT_CLAIM_COMPARISON_FAILED: 'token-invalid',
  ERR_JWT_CLAIM_VALIDATION_FAILED: 'token-invalid',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'token-invalid',
  ERR_JWKS_NO_MATCHING_KEY: 'token-invalid',
  ERR_JOSE_ALG_NOT_ALLOWED: 'token-invalid',
};

/**
 * Names what made a test fail, for whoever set the provider up. Null when nothing more is known than the error's code. Nothing of what
 * the provider wrote is passed on: only what is in the lists above.
 */
export function testFaultOf(fault: unknown): TestFault | null {
  for (let cause: unknown = fault; cause instanceof Error; cause = cause.cause) {
    const named = nameOf(cause);
    if (named !== undefined) return named;
  }
  return null;
}

function nameOf(fault: Error): TestFault | undefined {
  if (fault instanceof OtherWorkspace) return 'other-workspace';
  if (fault instanceof SamlFault) return fault.named ?? undefined;
  if (fault instanceof oidc.WWWAuthenticateChallengeError) return 'client-refused';
  if (fault instanceof oidc.ResponseBodyError || fault instanceof oidc.AuthorizationResponseError) {
    return own(ANSWERS, fault.error);
  }
  return 'code' in fault && typeof fault.code === 'string' ? own(CODES, fault.code) : undefined;
}

/** What comes from outside is no key of what every object has. */
function own(table: Readonly<Record<string, TestFault>>, key: string): TestFault | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
