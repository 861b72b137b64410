import * as z from 'zod/mini';
import { Instant, Token256, Uuid } from '../ids.ts';
import { RoleId } from '../permissions.ts';
import { MeetingTitle } from '../text.ts';
import { FactorKind } from './accounts.ts';
import { IdentityId, ProviderId } from './signOnIds.ts';

/** Limits of what an administrator sets up here. */
export const SIGN_ON_LIMITS = {
  providers: 20,
  domains: 50,
  roleRules: 100,
  certificates: 4,
  certificateChars: 8_000,
  scimTokens: 20,
  /** Identities of one account. */
  identities: 10,
} as const;

const short = z.string().check(z.trim(), z.minLength(1), z.maxLength(300));
/** Parsed for good where it is used; here only what cannot be one is refused. */
const webAddress = z
  .string()
  .check(
    z.trim(),
    z.maxLength(500),
    z.regex(/^https?:\/\/[\w.[\]:-]+(?:\/[\w\-./~!$&'()*+,;=:@%?]*)?$/, { error: 'must be a web address' }),
  );
/** `example.org`: lower case, at least one dot, no wildcard. */
export const MailDomain = z.pipe(
  z.string().check(z.trim(), z.toLowerCase(), z.maxLength(253)),
  z.string().check(z.regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/)),
);
/** Where to go after signing in: a path of these pages, never another origin (`//host`, `/\host`) or the API. */
export const ReturnPath = z.string().check(
  z.maxLength(200),
  z.regex(/^\/(?!\/|api\/|scim\/)[\w\-./]*$/),
  z.refine((path) => !path.includes('//')),
);

/** Roles that a provider may give: never the owner's. */
export const GivenRole = RoleId.check(
  z.refine((role) => role !== 'owner', { error: 'nobody becomes an owner so' }),
);
/** Whoever has `value` in the claim (or attribute) `claim` gets `role`. The first rule that fits wins. */
export const RoleRule = z.strictObject({ claim: short, value: short, role: GivenRole });
export type RoleRule = z.infer<typeof RoleRule>;

/** What is the same for every kind of provider. */
const common = {
  name: MeetingTitle,
  enabled: z.boolean(),
  /** Whoever types an address of these domains is led here. */
  domains: z.array(MailDomain).check(z.maxLength(SIGN_ON_LIMITS.domains)),
  /** Whether somebody who is not known yet gets an account: of the domains in `domains` alone, when there are any. */
  createsAccounts: z.boolean(),
  defaultRole: GivenRole,
  roleRules: z.array(RoleRule).check(z.maxLength(SIGN_ON_LIMITS.roleRules)),
  /**
   * The administrator vouches that the provider gives nobody an address that is not theirs. Needed where it does not say
   * `email_verified` itself, such as Microsoft Entra ID and SAML.
   */
  vouchesForEmail: z.boolean(),
  /** Whether our own second factor is asked for besides. */
  asksFactor: z.boolean(),
};

export const OidcPreset = z.enum(['generic', 'google', 'microsoft']);
export type OidcPreset = z.infer<typeof OidcPreset>;

const oidc = {
  ...common,
  kind: z.literal('oidc'),
  preset: OidcPreset,
  /** The issuer identifier, under which `/.well-known/openid-configuration` is found. */
  issuer: webAddress,
  clientId: short,
  /** Google: the Workspace domain (`hd`) that people must be of. Null: any. */
  hostedDomain: z.nullable(MailDomain),
  /** Additional scopes, besides `openid email profile`. */
  scopes: z.array(z.string().check(z.regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/))).check(z.maxLength(10)),
};
const saml = {
  ...common,
  kind: z.literal('saml'),
  entityId: short,
  ssoUrl: webAddress,
  /** PEM, or the base64 inside it. More than one while the provider changes its key. */
  certificates: z
    .array(z.string().check(z.trim(), z.minLength(1), z.maxLength(SIGN_ON_LIMITS.certificateChars)))
    .check(z.minLength(1), z.maxLength(SIGN_ON_LIMITS.certificates)),
  /** Attributes in which the address and the name come; an empty one means the usual ones. */
  emailAttribute: z.string().check(z.maxLength(300)),
  nameAttribute: z.string().check(z.maxLength(300)),
};

/** `clientSecret`: null keeps the one there is (none, for a client without). */
const secret = { clientSecret: z.nullable(z.string().check(z.minLength(1), z.maxLength(2_000))) };
export const WriteProvider = z.discriminatedUnion('kind', [
  z.strictObject({ ...oidc, ...secret }),
  z.strictObject(saml),
]);
export type WriteProvider = z.infer<typeof WriteProvider>;
/** `id`: chosen by whoever adds it, so that the provider can be told its addresses first. Without it the service chooses one. */
const chosen = { id: z.optional(ProviderId) };
export const CreateProvider = z.discriminatedUnion('kind', [
  z.strictObject({ ...oidc, ...secret, ...chosen }),
  z.strictObject({ ...saml, ...chosen }),
]);
export type CreateProvider = z.infer<typeof CreateProvider>;

const stored = {
  id: ProviderId,
  createdAt: Instant,
  /** When somebody last came through it. */
  lastUsedAt: z.nullable(Instant),
  /** Accounts that are linked. */
  identities: z.int(),
};
/** Addresses that the provider must be told. */
const oidcAddresses = { redirectUri: z.string(), logoutUri: z.string() };
const samlAddresses = { ownEntityId: z.string(), acsUrl: z.string(), metadataUrl: z.string() };
export const Provider = z.discriminatedUnion('kind', [
  z.strictObject({ ...oidc, ...stored, ...oidcAddresses, hasSecret: z.boolean() }),
  z.strictObject({ ...saml, ...stored, ...samlAddresses }),
]);
export type Provider = z.infer<typeof Provider>;
export const ProviderParams = z.strictObject({ id: ProviderId });

/** Why password sign-in cannot be switched off yet. */
export const SsoOnlyProblem = z.enum(['no-provider-used', 'no-owner-with-factor']);
export type SsoOnlyProblem = z.infer<typeof SsoOnlyProblem>;
/** All that the administration's page shows. The addresses here are for a provider that is still to be added. */
export const SignOnOverview = z.strictObject({
  providers: z.array(Provider),
  ssoOnly: z.boolean(),
  problems: z.array(SsoOnlyProblem),
  /** Names of active owners who could not use their password then. Told only to whoever may switch passwords off. */
  ownersWithoutFactor: z.array(z.string()),
  /**
   * People, owners aside, who have linked no account of a provider, and whose address is of none of the mail domains of those that are
   * switched on; 0 when these name no domains. Told like the names above.
   */
  outsideDomains: z.int(),
  origin: z.string(),
});
export type SignOnOverview = z.infer<typeof SignOnOverview>;
export const SetSsoOnly = z.strictObject({ ssoOnly: z.boolean() });

/** What the sign-in page offers to everybody. */
export const ProviderChoice = z.strictObject({ id: ProviderId, name: z.string(), preset: z.string() });
export type ProviderChoice = z.infer<typeof ProviderChoice>;
export const SignOnChoices = z.strictObject({ providers: z.array(ProviderChoice), ssoOnly: z.boolean() });
export type SignOnChoices = z.infer<typeof SignOnChoices>;
/** By the domain alone: the answer says nothing about accounts. */
export const RouteQuery = z.strictObject({ domain: MailDomain });
export const RouteAnswer = z.strictObject({ provider: z.nullable(ProviderChoice) });

export const BeginSignOn = z.strictObject({ returnTo: ReturnPath });
/** Where the browser goes now. */
export const SignOnStart = z.strictObject({ url: z.string() });
export type SignOnStart = z.infer<typeof SignOnStart>;

/** The provider has let somebody in, and our own second factor is asked for besides. */
export const SignOnFactor = z.strictObject({
  challenge: Token256,
  factors: z.array(FactorKind),
  returnTo: ReturnPath,
});
export type SignOnFactor = z.infer<typeof SignOnFactor>;

/** A sign-on whose address belongs to an account here that is not linked with it yet. */
export const PendingLink = z.strictObject({ provider: z.string(), email: z.string() });
export type PendingLink = z.infer<typeof PendingLink>;

export const Identity = z.strictObject({
  id: IdentityId,
  provider: ProviderChoice,
  email: z.nullable(z.string()),
  createdAt: Instant,
  lastUsedAt: z.nullable(Instant),
});
export type Identity = z.infer<typeof Identity>;
export const IdentityList = z.strictObject({
  identities: z.array(Identity),
  /** Providers that can still be linked. */
  linkable: z.array(ProviderChoice),
});
export type IdentityList = z.infer<typeof IdentityList>;
export const IdentityParams = z.strictObject({ id: IdentityId });

/** Who or what provisions accounts through SCIM (RFC 7644). */
export const ScimToken = z.strictObject({
  id: Uuid,
  name: MeetingTitle,
  /** Accounts made with it can be signed in to through this provider without being linked by hand. */
  provider: z.nullable(ProviderId),
  createdAt: Instant,
  lastUsedAt: z.nullable(Instant),
});
export type ScimToken = z.infer<typeof ScimToken>;
export const CreateScimToken = z.strictObject({ name: MeetingTitle, provider: z.nullable(ProviderId) });
/** `token` is shown this once. */
export const CreatedScimToken = z.strictObject({ scimToken: ScimToken, token: z.string() });
export const ScimTokenParams = z.strictObject({ id: Uuid });
/** Members of a group get a role; the first rule that fits wins, and nobody's role is changed when none does. */
export const GroupRule = z.strictObject({ group: short, role: GivenRole });
export type GroupRule = z.infer<typeof GroupRule>;
export const ScimSettings = z.strictObject({
  defaultRole: GivenRole,
  groupRules: z.array(GroupRule).check(z.maxLength(SIGN_ON_LIMITS.roleRules)),
});
export type ScimSettings = z.infer<typeof ScimSettings>;
export const ScimOverview = z.strictObject({
  baseUrl: z.string(),
  tokens: z.array(ScimToken),
  settings: ScimSettings,
  users: z.int(),
  groups: z.array(z.string()),
});
export type ScimOverview = z.infer<typeof ScimOverview>;
