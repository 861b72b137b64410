import { expect, test } from 'vitest';
import { newDraft, readDraft } from './draft.ts';

test('Microsoft’s issuer is made of the tenant, lists of what stands between spaces', () => {
  const draft = {
    ...newDraft('microsoft'),
    tenant: ' 8f3b2c1a-0000-4000-8000-000000000001 ',
    clientId: 'app',
    clientSecret: 's',
    domains: 'Example.org, example.com',
    scopes: 'groups',
  };
  expect(readDraft(draft)).toMatchObject({
    provider: {
      kind: 'oidc',
      issuer: 'https://login.microsoftonline.com/8f3b2c1a-0000-4000-8000-000000000001/v2.0',
      domains: ['example.org', 'example.com'],
      scopes: ['groups'],
      clientSecret: 's',
      hostedDomain: null,
    },
  });
});

test('a secret that is not typed is kept', () => {
  expect(readDraft({ ...newDraft('google'), clientId: 'app' })).toMatchObject({
    provider: { clientSecret: null },
  });
});

test('certificates come one after the other, or as bare base64', () => {
  const pem = (text: string) => `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----`;
  const saml = { ...newDraft('saml'), name: 'IdP', entityId: 'e', ssoUrl: 'https://idp.example.org/sso' };
  expect(readDraft({ ...saml, certificates: `${pem('A')}\n${pem('B')}` })).toMatchObject({
    provider: { certificates: [pem('A'), pem('B')] },
  });
  expect(readDraft({ ...saml, certificates: ' MIIB ' })).toMatchObject({
    provider: { certificates: ['MIIB'] },
  });
  expect(readDraft(saml)).toEqual({ wrong: 'certificates' });
});

test('the field that is wrong is named', () => {
  expect(readDraft({ ...newDraft('generic'), name: 'X', clientId: 'app', issuer: 'nonsense' })).toEqual({
    wrong: 'issuer',
  });
  expect(readDraft({ ...newDraft('google'), clientId: 'app', domains: 'nonsense' })).toEqual({
    wrong: 'domains',
  });
  expect(readDraft({ ...newDraft('google'), clientId: 'app', defaultRole: 'owner' })).toEqual({
    wrong: 'defaultRole',
  });
});

test('who gets an account through a new provider may make meetings, like whoever is invited', () => {
  expect(newDraft('generic').defaultRole).toBe('organiser');
  expect(newDraft('saml').defaultRole).toBe('organiser');
});
