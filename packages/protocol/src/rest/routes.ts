import * as z from 'zod/mini';
import { ERRORS, type ErrorCode } from '../errors.ts';
import { SessionId } from '../ids.ts';
import { Account, CheckOwnerLink, CreateOwner, Me, SessionList, SignIn } from './accounts.ts';
import { ChangeMeeting, CreateMeeting, Meeting, MeetingList, MeetingParams } from './meetings.ts';

/** Who may call: everybody, or somebody who is signed in. What they may do then is for policy to say. */
export type Access = 'anyone' | 'account';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly access: Access;
  readonly params?: z.ZodMiniType;
  readonly body?: z.ZodMiniType;
  /** Null: 204 without a body. */
  readonly response: z.ZodMiniType | null;
}

const nothing = z.strictObject({});

/** The REST contract. Paths are below `/api/v1`; `:name` is a parameter. */
export const ROUTES = {
  me: { method: 'GET', path: '/me', access: 'anyone', response: Me },
  checkOwnerLink: {
    method: 'POST',
    path: '/owner/check',
    access: 'anyone',
    body: CheckOwnerLink,
    response: null,
  },
  createOwner: { method: 'POST', path: '/owner', access: 'anyone', body: CreateOwner, response: Account },
  signIn: { method: 'POST', path: '/sessions', access: 'anyone', body: SignIn, response: Account },
  signOut: { method: 'DELETE', path: '/sessions/current', access: 'account', response: null },
  listSessions: { method: 'GET', path: '/sessions', access: 'account', response: SessionList },
  revokeSession: {
    method: 'DELETE',
    path: '/sessions/:id',
    access: 'account',
    params: z.strictObject({ id: SessionId }),
    response: null,
  },
  listMeetings: { method: 'GET', path: '/meetings', access: 'account', response: MeetingList },
  createMeeting: {
    method: 'POST',
    path: '/meetings',
    access: 'account',
    body: CreateMeeting,
    response: Meeting,
  },
  changeMeeting: {
    method: 'PATCH',
    path: '/meetings/:id',
    access: 'account',
    params: MeetingParams,
    body: ChangeMeeting,
    response: Meeting,
  },
  deleteMeeting: {
    method: 'DELETE',
    path: '/meetings/:id',
    access: 'account',
    params: MeetingParams,
    response: null,
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof ROUTES;
export const API_PREFIX = '/api/v1';
/** Every state-changing request carries this header: no form and no simple cross-site request can. */
export const CSRF_HEADER = 'x-conclave';
export const Nothing = nothing;

/** The body of every refused request. */
export const ErrorBody = z.strictObject({
  error: z.strictObject({
    code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
    text: z.string(),
    field: z.optional(z.string()),
    retryAfterMs: z.optional(z.int()),
  }),
});
export type ErrorBody = z.infer<typeof ErrorBody>;
