import {
  Account,
  AskForReset,
  ChangePassword,
  ChangeProfile,
  CheckLink,
  LinkFor,
  RemovePassword,
  RenameSession,
  SessionList,
  SessionParams,
  SignInAnswer,
  UseLink,
} from './accounts.ts';
import type { RouteTable } from './route.ts';

/** One's own account: how one gets in, and from where. */
export const OWN_ACCOUNT_ROUTES = {
  listSessions: { method: 'GET', path: '/sessions', access: 'account', response: SessionList },
  renameSession: {
    method: 'PATCH',
    path: '/sessions/:id',
    access: 'account',
    params: SessionParams,
    body: RenameSession,
    response: null,
  },
  revokeSession: {
    method: 'DELETE',
    path: '/sessions/:id',
    access: 'account',
    params: SessionParams,
    response: null,
  },
  /** All but the one that asks. */
  revokeOtherSessions: { method: 'DELETE', path: '/sessions', access: 'account', response: null },
  changeProfile: { method: 'PATCH', path: '/me', access: 'account', body: ChangeProfile, response: Account },
  /** Ends all other sessions. Somebody without a password has to have proved who they are within `LIMITS.stepUpMs`. */
  changePassword: {
    method: 'PUT',
    path: '/me/password',
    access: 'account',
    body: ChangePassword,
    response: null,
  },
  /** Somebody who gets in by a passkey or a provider, and knows the password, has none any more. Ends all other sessions. */
  removePassword: {
    method: 'DELETE',
    path: '/me/password',
    access: 'account',
    stepUp: true,
    body: RemovePassword,
    response: null,
  },
  /** The same answer whether or not there is such an account. */
  askForReset: {
    method: 'POST',
    path: '/password-resets',
    access: 'anyone',
    body: AskForReset,
    response: null,
  },
  checkLink: { method: 'POST', path: '/links/check', access: 'anyone', body: CheckLink, response: LinkFor },
  /** Sets the password, ends all sessions, and goes on as a sign-in does. */
  useLink: { method: 'POST', path: '/links', access: 'anyone', body: UseLink, response: SignInAnswer },
} as const satisfies RouteTable;
