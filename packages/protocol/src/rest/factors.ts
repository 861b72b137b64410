import * as z from 'zod/mini';
import { Instant, Token256, Uuid } from '../ids.ts';
import { DisplayName, Email, Password } from '../text.ts';
import { FactorKind } from './accounts.ts';

export const FactorId = Uuid.brand<'FactorId'>();
export type FactorId = z.infer<typeof FactorId>;

/** What people set up one by one. Recovery codes come as a set, beside them. */
export const OwnFactorKind = z.enum(['totp', 'email', 'sms', 'passkey']);
export type OwnFactorKind = z.infer<typeof OwnFactorKind>;
/** The kinds whose code is sent to the person. */
export const SentCodeKind = z.enum(['email', 'sms']);
export type SentCodeKind = z.infer<typeof SentCodeKind>;

export const Factor = z.strictObject({
  id: FactorId,
  kind: OwnFactorKind,
  name: DisplayName,
  /** Of a code that is sent: to whom, with most of it hidden. */
  to: z.nullable(z.string()),
  createdAt: Instant,
  lastUsedAt: z.nullable(Instant),
});
export type Factor = z.infer<typeof Factor>;

export const FactorList = z.strictObject({
  factors: z.array(Factor),
  /** Recovery codes that are left. */
  recoveryCodes: z.int(),
  /** What can be set up here and now. */
  offered: z.array(OwnFactorKind),
  /** One of them must be kept. */
  required: z.boolean(),
});
export type FactorList = z.infer<typeof FactorList>;

/** As it was typed: blanks, dashes and capitals do not matter. */
export const FactorCode = z.string().check(z.minLength(1), z.maxLength(40));

const base64url = (max: number) => z.string().check(z.regex(/^[A-Za-z0-9_-]+$/), z.maxLength(max));
/** At most 1023 bytes (Web Authentication Level 3, section 5.1). */
const CredentialId = base64url(1_364);
const Transports = z.array(z.string().check(z.maxLength(32))).check(z.maxLength(8));

/**
 * What a browser's `PublicKeyCredential.toJSON()` gives (Web Authentication Level 3, section 5.1). Browsers add members as
 * the standard grows: those that are not used here are dropped.
 */
const credential = { id: CredentialId, rawId: CredentialId, type: z.literal('public-key') };
export const PasskeyAssertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(4_096),
    authenticatorData: base64url(4_096),
    signature: base64url(8_192),
    userHandle: z.optional(z.nullable(base64url(128))),
  }),
});
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>;
export const PasskeyAttestation = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(4_096),
    attestationObject: base64url(32_768),
    transports: z.optional(Transports),
  }),
});
export type PasskeyAttestation = z.infer<typeof PasskeyAttestation>;

const Descriptor = z.strictObject({
  type: z.literal('public-key'),
  id: CredentialId,
  transports: Transports,
});
/** For `navigator.credentials.get` (section 5.5, in JSON). */
export const PasskeyRequest = z.strictObject({
  challenge: z.string(),
  rpId: z.string(),
  /** Of one's own; empty: any that the browser has for this service. */
  allowCredentials: z.array(Descriptor),
  userVerification: z.literal('required'),
  timeout: z.int(),
});
export type PasskeyRequest = z.infer<typeof PasskeyRequest>;
/** For `navigator.credentials.create` (section 5.4, in JSON). */
export const PasskeyCreation = z.strictObject({
  challenge: z.string(),
  rp: z.strictObject({ id: z.string(), name: z.string() }),
  user: z.strictObject({ id: z.string(), name: Email, displayName: DisplayName }),
  pubKeyCredParams: z.array(z.strictObject({ type: z.literal('public-key'), alg: z.int() })),
  excludeCredentials: z.array(Descriptor),
  authenticatorSelection: z.strictObject({
    residentKey: z.literal('required'),
    requireResidentKey: z.literal(true),
    userVerification: z.literal('required'),
  }),
  attestation: z.literal('none'),
  timeout: z.int(),
});
export type PasskeyCreation = z.infer<typeof PasskeyCreation>;

export const CodeProof = z.strictObject({
  kind: z.enum(['totp', 'email', 'sms', 'recovery']),
  code: FactorCode,
});
export type CodeProof = z.infer<typeof CodeProof>;
export const PasskeyProof = z.strictObject({ kind: z.literal('passkey'), assertion: PasskeyAssertion });
/** What shows that one has a factor. */
export const FactorProof = z.discriminatedUnion('kind', [CodeProof, PasskeyProof]);
export type FactorProof = z.infer<typeof FactorProof>;

/** `challenge` is what the first step of signing in has answered. */
export const FinishSignIn = z.strictObject({ challenge: Token256, proof: FactorProof });
export const SendSignInCode = z.strictObject({ challenge: Token256, kind: SentCodeKind });
export const AskFactorPasskey = z.strictObject({ challenge: Token256 });
export const PasskeySignIn = z.strictObject({ assertion: PasskeyAssertion });
/** To whom a code went, with most of it hidden. */
export const CodeSent = z.strictObject({ to: z.string() });

/** What somebody can show to confirm that it is still they: the password where there is no second factor, else one of those. */
export const ConfirmationKind = z.enum(['password', ...FactorKind.options]);
export type ConfirmationKind = z.infer<typeof ConfirmationKind>;
export const ConfirmationKinds = z.strictObject({ kinds: z.array(ConfirmationKind) });
export const Confirmation = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('password'), password: Password }),
  CodeProof,
  PasskeyProof,
]);
export type Confirmation = z.infer<typeof Confirmation>;
export const Confirm = z.strictObject({ proof: Confirmation });
export const SendConfirmCode = z.strictObject({ kind: SentCodeKind });

/** The secret in base32 and as an `otpauth:` address for a QR code. It is shown once. */
export const TotpSetUp = z.strictObject({ id: FactorId, secret: z.string(), uri: z.string() });
export type TotpSetUp = z.infer<typeof TotpSetUp>;
/** E.164: a plus, the country's code, the number; blanks, dashes and brackets are dropped. */
export const PhoneNumber = z.pipe(
  z.pipe(
    z.string().check(z.maxLength(40)),
    z.transform((text: string) => text.replace(/[\s().\-/]/g, '')),
  ),
  z.string().check(z.regex(/^\+[1-9]\d{6,14}$/)),
);
export const StartSms = z.strictObject({ phone: PhoneNumber });
export const CodeSetUp = z.strictObject({ id: FactorId, to: z.string() });
export const VerifyFactor = z.strictObject({ code: FactorCode });
/** The first factor brings the recovery codes with it: they are shown once. */
export const FactorAdded = z.strictObject({ factor: Factor, recoveryCodes: z.nullable(z.array(z.string())) });
export type FactorAdded = z.infer<typeof FactorAdded>;
export const AddPasskey = z.strictObject({ attestation: PasskeyAttestation, name: z.optional(DisplayName) });
export const FactorParams = z.strictObject({ id: FactorId });
export const RenameFactor = z.strictObject({ name: DisplayName });
export const RecoveryCodes = z.strictObject({ codes: z.array(z.string()) });

/** What an administrator sees of somebody's factors. */
export const PersonFactors = z.strictObject({ kinds: z.array(OwnFactorKind), recoveryCodes: z.int() });
export type PersonFactors = z.infer<typeof PersonFactors>;
