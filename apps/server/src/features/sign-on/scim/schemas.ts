import * as z from 'zod';

/** RFC 7643. */
export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
export const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

export const SCIM_LIMITS = {
  /** One request, bytes. */
  bodyBytes: 1024 * 1024,
  pageSize: 100,
  /** Operations in one PATCH, members that one names, members of a group. */
  operations: 200,
  membersNamed: 1_000,
  members: 20_000,
  groups: 1_000,
  users: 50_000,
} as const;

/** Microsoft Entra ID sends "True" and "False" as texts. */
export const ScimBoolean = z.union([
  z.boolean(),
  z
    .string()
    .regex(/^(?:true|false)$/i)
    .transform((text) => text.toLowerCase() === 'true'),
]);

const text = z.string().max(300);
const optionalText = text.nullish();

/** What is read of a User; directories send more, which is not kept (RFC 7644, section 3.3). */
export const ScimUserInput = z.object({
  userName: z.string().min(1).max(254),
  externalId: optionalText,
  displayName: optionalText,
  name: z.object({ formatted: optionalText, givenName: optionalText, familyName: optionalText }).nullish(),
  emails: z
    .array(z.object({ value: z.string().max(254), primary: ScimBoolean.nullish() }))
    .max(20)
    .nullish(),
  active: ScimBoolean.nullish(),
});
export type ScimUserInput = z.output<typeof ScimUserInput>;

export const ScimMember = z.object({ value: z.uuid() });
export const ScimMembers = z.array(ScimMember).max(SCIM_LIMITS.membersNamed);
export const ScimGroupInput = z.object({
  displayName: z.string().trim().min(1).max(300),
  externalId: optionalText,
  members: ScimMembers.nullish(),
});
export type ScimGroupInput = z.output<typeof ScimGroupInput>;

/** Entra writes `Add`, `Replace`, `Remove`. */
export const PatchOperation = z.object({
  op: z
    .string()
    .max(10)
    .transform((op) => op.toLowerCase())
    .pipe(z.enum(['add', 'replace', 'remove'])),
  path: z.string().max(500).nullish(),
  value: z.unknown().optional(),
});
export type PatchOperation = z.output<typeof PatchOperation>;
export const PatchInput = z.object({
  schemas: z.array(z.string().max(200)).max(10),
  Operations: z.array(PatchOperation).min(1).max(SCIM_LIMITS.operations),
});
