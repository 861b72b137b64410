import { API_PREFIX, CSRF_HEADER, ErrorBody, type Route } from '@conclave/protocol';
import * as z from 'zod/mini';
import { RequestError } from './RequestError.ts';

type Part<R extends Route, K extends 'params' | 'query' | 'body'> =
  R extends Record<K, infer S extends z.ZodMiniType> ? Record<K, z.input<S>> : unknown;
type Input<R extends Route> = Part<R, 'params'> & Part<R, 'query'> & Part<R, 'body'>;
type Output<R extends Route> = R['response'] extends z.ZodMiniType ? z.output<R['response']> : null;
type Rest<R extends Route> = unknown extends Input<R> ? [] : [input: Input<R>];

interface AnyInput {
  readonly params?: Record<string, string>;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
}

/**
 * One call of the REST contract. It is given the row of its table, so that a page brings the tables that it uses and no
 * others. The answer is checked by its schema before anybody sees it. What is sensitive asks the person to confirm, and goes on.
 * @throws RequestError
 */
export async function call<const R extends Route>(route: R, ...rest: Rest<R>): Promise<Output<R>> {
  const once = () => callOnce(route, rest[0] ?? {});
  return around === null ? once() : around(once);
}

type Around = <T>(action: () => Promise<T>) => Promise<T>;
let around: Around | null = null;

/** From now on every call goes through this: `stepUp.ts`, on pages that can ask people to confirm who they are. */
export function callThrough(wrapper: Around | null): void {
  around = wrapper;
}

async function callOnce<R extends Route>(route: R, input: AnyInput): Promise<Output<R>> {
  const response = await send(route, input);
  if (!response.ok) throw await refusal(response);
  if (route.response === null) return null as Output<R>;
  const answer = z.safeParse(route.response, await json(response));
  if (!answer.success) throw new RequestError('server.internal');
  return answer.data as Output<R>;
}

async function send(route: Route, input: AnyInput): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (route.method !== 'GET') headers[CSRF_HEADER] = '1';
  if (input.body !== undefined) headers['content-type'] = 'application/json';
  try {
    return await fetch(API_PREFIX + fill(route.path, input.params ?? {}) + search(input.query ?? {}), {
      method: route.method,
      headers,
      body: input.body === undefined ? null : JSON.stringify(input.body),
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
    });
  } catch {
    throw new RequestError('network.unreachable');
  }
}

/** `/meetings/:id` with its parameters, each encoded. */
export function fill(path: string, params: Record<string, string>): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
}

/** `?a=b`, or nothing; what is undefined or empty is left out. */
function search(query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

async function refusal(response: Response): Promise<RequestError> {
  const body = z.safeParse(ErrorBody, await json(response));
  // A proxy in front of the service answers in its own words when the service is away.
  if (!body.success)
    return new RequestError(response.status >= 502 ? 'network.unreachable' : 'server.internal');
  return new RequestError(body.data.error.code, body.data.error);
}

async function json(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
