import { Account, CheckOwnerLink, CreateOwner, Me, SignIn, SignInAnswer } from './accounts.ts';
import type { RouteTable } from './route.ts';

/** What every page needs to know who is here. */
export const ACCOUNT_ROUTES = {
  me: { method: 'GET', path: '/me', access: 'anyone', response: Me },
  checkOwnerLink: {
    method: 'POST',
    path: '/owner/check',
    access: 'anyone',
    body: CheckOwnerLink,
    response: null,
  },
  createOwner: { method: 'POST', path: '/owner', access: 'anyone', body: CreateOwner, response: Account },
  signIn: { method: 'POST', path: '/sessions', access: 'anyone', body: SignIn, response: SignInAnswer },
  signOut: {
    method: 'DELETE',
    path: '/sessions/current',
    access: 'account',
    whileRestricted: true,
    response: null,
  },
} as const satisfies RouteTable;
