import { GROUP, SCIM_LIMITS, USER } from './schemas.ts';

/** What this service can do (RFC 7643, section 5). */
export function serviceProviderConfig(origin: string): object {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: SCIM_LIMITS.pageSize },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: false },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer token',
        description: 'A token made in the administration, in the Authorization header (RFC 6750).',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${origin}/scim/v2/ServiceProviderConfig` },
  };
}

/** Section 6. */
export function resourceTypes(origin: string): object[] {
  return [
    { id: 'User', endpoint: '/Users', schema: USER },
    { id: 'Group', endpoint: '/Groups', schema: GROUP },
  ].map((type) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    name: type.id,
    ...type,
    meta: { resourceType: 'ResourceType', location: `${origin}/scim/v2/ResourceTypes/${type.id}` },
  }));
}

const plain = (name: string, more: object = {}) => ({
  name,
  type: 'string',
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  ...more,
});

/** Section 7: the attributes that are kept. */
export function schemas(origin: string): object[] {
  const meta = (id: string) => ({ resourceType: 'Schema', location: `${origin}/scim/v2/Schemas/${id}` });
  return [
    {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
      id: USER,
      name: 'User',
      description: 'A person with an account',
      attributes: [
        plain('userName', { required: true, uniqueness: 'server' }),
        plain('externalId', { caseExact: true }),
        plain('displayName'),
        plain('active', { type: 'boolean' }),
        plain('name', {
          type: 'complex',
          subAttributes: [plain('formatted'), plain('givenName'), plain('familyName')],
        }),
        plain('emails', {
          type: 'complex',
          multiValued: true,
          mutability: 'readOnly',
          subAttributes: [plain('value'), plain('primary', { type: 'boolean' })],
        }),
      ],
      meta: meta(USER),
    },
    {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
      id: GROUP,
      name: 'Group',
      description: 'People who get a role together',
      attributes: [
        plain('displayName', { required: true, uniqueness: 'server' }),
        plain('externalId', { caseExact: true }),
        plain('members', {
          type: 'complex',
          multiValued: true,
          subAttributes: [plain('value', { mutability: 'immutable', caseExact: true })],
        }),
      ],
      meta: meta(GROUP),
    },
  ];
}
