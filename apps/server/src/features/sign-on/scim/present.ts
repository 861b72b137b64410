import type { ScimGroupRow } from '../../../storage/repositories/signOn/scimGroups.ts';
import type { ScimUser } from '../../../storage/repositories/signOn/scimUsers.ts';
import { GROUP, LIST, type ScimUserInput, USER } from './schemas.ts';

export function presentUser(origin: string, { account, user }: ScimUser): object {
  return {
    schemas: [USER],
    id: account.id,
    ...(user.external_id !== null && { externalId: user.external_id }),
    userName: account.email,
    displayName: account.name,
    name: {
      formatted: account.name,
      ...(user.given_name !== null && { givenName: user.given_name }),
      ...(user.family_name !== null && { familyName: user.family_name }),
    },
    emails: [{ value: account.email, type: 'work', primary: true }],
    active: account.status !== 'suspended',
    meta: {
      resourceType: 'User',
      created: user.created_at.toISOString(),
      lastModified: user.changed_at.toISOString(),
      location: `${origin}/scim/v2/Users/${account.id}`,
    },
  };
}

/** A user as a directory would have written it: what PATCH starts from. */
export function userAsInput({ account, user }: ScimUser): ScimUserInput {
  return {
    userName: account.email,
    externalId: user.external_id,
    displayName: account.name,
    name: { givenName: user.given_name, familyName: user.family_name },
    active: account.status !== 'suspended',
  };
}

export function presentGroup(origin: string, group: ScimGroupRow, members: readonly string[] | null): object {
  return {
    schemas: [GROUP],
    id: group.id,
    ...(group.external_id !== null && { externalId: group.external_id }),
    displayName: group.display_name,
    ...(members !== null && {
      members: members.map((value) => ({ value, $ref: `${origin}/scim/v2/Users/${value}` })),
    }),
    meta: {
      resourceType: 'Group',
      created: group.created_at.toISOString(),
      lastModified: group.changed_at.toISOString(),
      location: `${origin}/scim/v2/Groups/${group.id}`,
    },
  };
}

/** RFC 7644, section 3.4.2. `startIndex` counts from 1. */
export function listOf(resources: readonly object[], total: number, startIndex: number): object {
  return {
    schemas: [LIST],
    totalResults: total,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}
