import * as z from 'zod/mini';
import { RoleId } from '../permissions.ts';
import { ProviderId } from './signOnIds.ts';

/** Why somebody whom the provider has sent would not be let in. */
export const TestRefusal = z.enum([
  'no-address',
  'address-not-verified',
  'other-domain',
  'makes-no-accounts',
  'suspended',
]);
export type TestRefusal = z.infer<typeof TestRefusal>;

/** What came from the provider in a test, as a list of what is shown: names and values cut to a readable length. */
export const TestResult = z.strictObject({
  provider: ProviderId,
  claims: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  subject: z.string(),
  email: z.nullable(z.string()),
  emailVerified: z.boolean(),
  role: RoleId,
  /** What would happen to somebody who signs in so. */
  outcome: z.enum(['signs-in', 'asks-to-link', 'makes-account', 'refused']),
  /** Null unless it is refused. */
  refusal: z.nullable(TestRefusal),
});
export type TestResult = z.infer<typeof TestResult>;

/**
 * Why a test did not come to its end, where more is known than the error's code says. Told to whoever tests, in the address of the
 * page to which they come back (`reason`): a name out of this list, never a text of the provider's.
 */
export const TestFault = z.enum([
  /** The client ID or the client secret (`invalid_client`, `unauthorized_client`; RFC 6749, sections 4.1.2.1 and 5.2). */
  'client-refused',
  'redirect-uri-refused',
  /** `invalid_scope`. */
  'scope-refused',
  /** `invalid_grant`. */
  'code-refused',
  /** A token or an assertion from another time than ours. */
  'clock',
  /** A token with a wrong signature, issuer or audience. */
  'token-invalid',
  /** Google: an account that is not of the Workspace domain. */
  'other-workspace',
  /** SAML: an error in place of an assertion (`Status`; SAML 2.0 Core, section 3.2.2). */
  'provider-refused',
  /** Only the envelope is signed, or nothing. */
  'assertion-not-signed',
  /** By SHA-1, or by what else is not taken. */
  'signature-weak',
  /** The answer names a certificate that was not entered here. */
  'certificate-differs',
  /** It is by none of the certificates that were entered, or the assertion was changed. */
  'signature-invalid',
  'assertion-encrypted',
  'issuer-differs',
  'audience-differs',
  /** The address at which we take answers (`Recipient`). */
  'recipient-differs',
  /** Somebody's name for this once (`transient`), or none at all. */
  'no-lasting-name',
  /** An assertion that has come before. */
  'replayed',
  /** No XML that we take: of no sane size or form, or without a part that has to be there. */
  'answer-malformed',
]);
export type TestFault = z.infer<typeof TestFault>;
