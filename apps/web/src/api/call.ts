import { API_PREFIX, CSRF_HEADER, ErrorBody, ROUTES, type Route, type RouteName } from '@conclave/protocol';
import * as z from 'zod/mini';
import { RequestError } from './RequestError.ts';

type Routes = typeof ROUTES;
type Part<N extends RouteName, K extends 'params' | 'body'> =
  Routes[N] extends Record<K, infer S extends z.ZodMiniType> ? Record<K, z.input<S>> : unknown;
type Input<N extends RouteName> = Part<N, 'params'> & Part<N, 'body'>;
type Output<N extends RouteName> = Routes[N]['response'] extends z.ZodMiniType
  ? z.output<Routes[N]['response']>
  : null;
type Rest<N extends RouteName> = unknown extends Input<N> ? [] : [input: Input<N>];

/**
 * One call of the REST contract. The answer is checked by its schema before anybody sees it.
 * @throws RequestError
 */
export async function call<N extends RouteName>(name: N, ...rest: Rest<N>): Promise<Output<N>> {
  const route: Route = ROUTES[name];
  const input: { params?: Record<string, string>; body?: unknown } = rest[0] ?? {};
  const response = await send(route, input);
  if (!response.ok) throw await refusal(response);
  if (route.response === null) return null as Output<N>;
  const answer = z.safeParse(route.response, await json(response));
  if (!answer.success) throw new RequestError('server.internal');
  return answer.data as Output<N>;
}

async function send(
  route: Route,
  input: { params?: Record<string, string>; body?: unknown },
): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (route.method !== 'GET') headers[CSRF_HEADER] = '1';
  if (input.body !== undefined) headers['content-type'] = 'application/json';
  try {
    return await fetch(API_PREFIX + fill(route.path, input.params ?? {}), {
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
