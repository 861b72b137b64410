import type { RouteTable } from './route.ts';
import {
  BeginSignOn,
  CreatedScimToken,
  CreateProvider,
  CreateScimToken,
  IdentityList,
  IdentityParams,
  PendingLink,
  Provider,
  ProviderParams,
  RouteAnswer,
  RouteQuery,
  ScimOverview,
  ScimSettings,
  ScimTokenParams,
  SetSsoOnly,
  SignOnChoices,
  SignOnFactor,
  SignOnOverview,
  SignOnStart,
  WriteProvider,
} from './signOn.ts';
import { TestResult } from './signOnTest.ts';

/**
 * Signing in with an account of somewhere else. What providers and directories themselves call (the callbacks, SAML's
 * metadata, SCIM) has the form that its standard says, and is not in this table.
 */
export const SIGN_ON_ROUTES = {
  listSignOn: { method: 'GET', path: '/sign-on', access: 'anyone', response: SignOnChoices },
  routeSignOn: {
    method: 'GET',
    path: '/sign-on/route',
    access: 'anyone',
    query: RouteQuery,
    response: RouteAnswer,
  },
  beginSignOn: {
    method: 'POST',
    path: '/sign-on/:id/begin',
    access: 'anyone',
    params: ProviderParams,
    body: BeginSignOn,
    response: SignOnStart,
  },
  /** Told once, to the browser that has come back. */
  signOnFactor: { method: 'POST', path: '/sign-on/factor', access: 'anyone', response: SignOnFactor },
  pendingLink: { method: 'GET', path: '/sign-on/pending', access: 'anyone', response: PendingLink },
  /**
   * The consent of the person: whoever is signed in, and has lately shown that it is they, says that the waiting sign-on is theirs
   * too.
   */
  confirmLink: {
    method: 'POST',
    path: '/sign-on/pending',
    access: 'account',
    stepUp: true,
    response: null,
  },
  dropLink: { method: 'DELETE', path: '/sign-on/pending', access: 'anyone', response: null },

  listIdentities: { method: 'GET', path: '/me/identities', access: 'account', response: IdentityList },
  beginLink: {
    method: 'POST',
    path: '/me/identities/link/:id',
    access: 'account',
    stepUp: true,
    params: ProviderParams,
    body: BeginSignOn,
    response: SignOnStart,
  },
  /** Never the last way in. */
  unlinkIdentity: {
    method: 'DELETE',
    path: '/me/identities/:id',
    access: 'account',
    stepUp: true,
    params: IdentityParams,
    response: null,
  },

  signOnOverview: { method: 'GET', path: '/admin/sign-on', access: 'signon.read', response: SignOnOverview },
  createProvider: {
    method: 'POST',
    path: '/admin/sign-on/providers',
    access: 'signon.manage',
    stepUp: true,
    body: CreateProvider,
    response: Provider,
  },
  changeProvider: {
    method: 'PUT',
    path: '/admin/sign-on/providers/:id',
    access: 'signon.manage',
    stepUp: true,
    params: ProviderParams,
    body: WriteProvider,
    response: Provider,
  },
  deleteProvider: {
    method: 'DELETE',
    path: '/admin/sign-on/providers/:id',
    access: 'signon.manage',
    stepUp: true,
    params: ProviderParams,
    response: null,
  },
  testProvider: {
    method: 'POST',
    path: '/admin/sign-on/providers/:id/test',
    access: 'signon.manage',
    params: ProviderParams,
    body: BeginSignOn,
    response: SignOnStart,
  },
  /** Of the test that this browser has just been through; told once. */
  testResult: {
    method: 'POST',
    path: '/admin/sign-on/test-result',
    access: 'signon.manage',
    response: TestResult,
  },
  setSsoOnly: {
    method: 'PUT',
    path: '/admin/sign-on/only',
    access: 'signon.manage',
    stepUp: true,
    body: SetSsoOnly,
    response: null,
  },

  scimOverview: { method: 'GET', path: '/admin/scim', access: 'signon.read', response: ScimOverview },
  createScimToken: {
    method: 'POST',
    path: '/admin/scim/tokens',
    access: 'signon.manage',
    stepUp: true,
    body: CreateScimToken,
    response: CreatedScimToken,
  },
  revokeScimToken: {
    method: 'DELETE',
    path: '/admin/scim/tokens/:id',
    access: 'signon.manage',
    stepUp: true,
    params: ScimTokenParams,
    response: null,
  },
  setScimSettings: {
    method: 'PUT',
    path: '/admin/scim/settings',
    access: 'signon.manage',
    stepUp: true,
    body: ScimSettings,
    response: null,
  },
} as const satisfies RouteTable;
