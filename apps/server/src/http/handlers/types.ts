import type { RouteTable } from '@conclave/protocol';
import type * as z from 'zod/mini';
import type { Caller } from '../../features/accounts/authenticate.ts';
import type { SignInFrom } from '../../features/accounts/startSession.ts';

type Checked<Schema> = Schema extends z.ZodMiniType ? z.output<Schema> : undefined;
type Part<Route, Key extends 'params' | 'query' | 'body'> = Route extends { readonly [K in Key]: infer S }
  ? Checked<S>
  : undefined;

/** What a browser keeps between calls. */
export interface Cookies {
  /** The session's secret; null takes it away. */
  setSession(token: string | null): void;
  /** By what the browser is known again. */
  setDevice(token: string): void;
  /** What belongs to a sign-on that is under way; null takes it away. */
  setSignOn(token: string | null): void;
}

/** One call of a route, checked against the contract: only what its row in the table promises is there. */
export interface Call<Route> extends Cookies {
  readonly params: Part<Route, 'params'>;
  readonly query: Part<Route, 'query'>;
  readonly body: Part<Route, 'body'>;
  /** Somebody signed in who may call it, wherever the route is not for anyone. */
  readonly caller: Route extends { readonly access: 'anyone' } ? Caller | null : Caller;
  readonly address: string;
  readonly from: SignInFrom;
}

export type Answer<Route> = Route extends { readonly response: infer S }
  ? S extends z.ZodMiniType
    ? z.output<S>
    : undefined
  : never;

/** A handler for each row of a table. One that is missing does not type-check. */
export type HandlersOf<Table extends RouteTable> = {
  readonly [N in keyof Table]: (call: Call<Table[N]>) => Promise<Answer<Table[N]>>;
};
