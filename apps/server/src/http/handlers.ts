import type { ROUTES, RouteName } from '@conclave/protocol';
import type * as z from 'zod/mini';
import type { Context } from '../context.ts';
import type { Caller } from '../features/accounts/authenticate.ts';
import { checkOwnerLink } from '../features/accounts/checkOwnerLink.ts';
import { createOwner } from '../features/accounts/createOwner.ts';
import { listSessions } from '../features/accounts/listSessions.ts';
import { me } from '../features/accounts/me.ts';
import { revokeSession } from '../features/accounts/revokeSession.ts';
import { signIn } from '../features/accounts/signIn.ts';
import { signOut } from '../features/accounts/signOut.ts';
import type { SignInFrom } from '../features/accounts/startSession.ts';
import { changeMeeting } from '../features/meetings/changeMeeting.ts';
import { createMeeting } from '../features/meetings/createMeeting.ts';
import { deleteMeeting } from '../features/meetings/deleteMeeting.ts';
import { listMeetings } from '../features/meetings/listMeetings.ts';

type Table = typeof ROUTES;
type Checked<Schema> = Schema extends z.ZodMiniType ? z.output<Schema> : undefined;
type Part<N extends RouteName, Key extends 'params' | 'body'> = Table[N] extends {
  readonly [K in Key]: infer S;
}
  ? Checked<S>
  : undefined;

/** One call of a route, checked against the contract: only what its row in the table promises is there. */
export interface Call<N extends RouteName> {
  readonly params: Part<N, 'params'>;
  readonly body: Part<N, 'body'>;
  /** Somebody signed in wherever the route's access is `account`. */
  readonly caller: Table[N]['access'] extends 'account' ? Caller : Caller | null;
  readonly address: string;
  readonly from: SignInFrom;
  /** Puts the session's secret into the browser's cookie; null takes it away. */
  setSession(token: string | null): void;
}

export type Answer<N extends RouteName> = Table[N]['response'] extends z.ZodMiniType
  ? z.output<Table[N]['response']>
  : undefined;

export type Handlers = { readonly [N in RouteName]: (call: Call<N>) => Promise<Answer<N>> };

/** Every route of the contract and what does it. One that is missing does not type-check. */
export function createHandlers(context: Context): Handlers {
  const { accountsPorts: accounts, meetingsPorts: meetings } = context;
  return {
    me: ({ caller }) => me(accounts, caller),
    async checkOwnerLink({ body, address }) {
      await checkOwnerLink(accounts, body.token, address);
      return undefined;
    },
    async createOwner({ body, address, from, setSession }) {
      const { account, sessionToken } = await createOwner(accounts, body, address, from);
      setSession(sessionToken);
      return account;
    },
    async signIn({ body, address, from, setSession }) {
      const { account, sessionToken } = await signIn(accounts, body, address, from);
      setSession(sessionToken);
      return account;
    },
    async signOut({ caller, setSession }) {
      await signOut(accounts, caller);
      setSession(null);
      return undefined;
    },
    listSessions: async ({ caller }) => ({ sessions: await listSessions(accounts, caller) }),
    async revokeSession({ caller, params, setSession }) {
      await revokeSession(accounts, caller, params.id);
      if (params.id === caller.sessionId) setSession(null);
      return undefined;
    },
    listMeetings: async ({ caller }) => ({ meetings: await listMeetings(meetings, caller) }),
    createMeeting: ({ caller, body }) => createMeeting(meetings, caller, body),
    changeMeeting: ({ caller, params, body }) => changeMeeting(meetings, caller, params.id, body),
    async deleteMeeting({ caller, params }) {
      await deleteMeeting(meetings, caller, params.id);
      return undefined;
    },
  };
}
