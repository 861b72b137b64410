import type * as z from 'zod/mini';
import type { Permission } from '../permissions.ts';

/** Who may call: everybody, whoever is signed in, or whoever has that permission. */
export type Access = 'anyone' | 'account' | Permission;

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`; `:name` is a parameter. */
  readonly path: string;
  readonly access: Access;
  /** Refused with `auth.step_up` unless the caller has proved who they are within `LIMITS.stepUpMs`. */
  readonly stepUp?: true;
  /** Open to somebody who is signed in but must set up a second factor first. */
  readonly whileRestricted?: true;
  readonly params?: z.ZodMiniType;
  /** Each value is text; a parameter that the schema does not name is refused. */
  readonly query?: z.ZodMiniType;
  readonly body?: z.ZodMiniType;
  /** Null: 204 without a body. */
  readonly response: z.ZodMiniType | null;
}

export type RouteTable = Readonly<Record<string, Route>>;

export const API_PREFIX = '/api/v1';
/** Every state-changing request carries this header: no form and no simple cross-site request can. */
export const CSRF_HEADER = 'x-conclave';
