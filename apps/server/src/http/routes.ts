import { API_PREFIX, ConclaveError, ROUTES, type Route, type RouteName } from '@conclave/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ZodMiniType } from 'zod/mini';
import type { Context } from '../context.ts';
import { refuseUnlessAllowed } from '../policy/permissions.ts';
import type { App } from './app.ts';
import { deviceCookie, sessionCookie } from './cookies.ts';
import { createFloodGuard } from './floods.ts';
import { refuseOtherBodies, refuseOtherSites } from './guards.ts';
import type { Call } from './handlers/types.ts';
import { createHandlers } from './handlers.ts';
import { preferredLanguage } from './preferredLanguage.ts';
import { signOnCookie } from './signOnCookie.ts';

type AnyHandler = (call: Call<Route>) => Promise<unknown>;

/**
 * Lays the whole table of routes onto the http server. Each call: where from, who, whether they may, what, then its handler.
 */
export function addRoutes(app: App, context: Context): void {
  const handlers = createHandlers(context);
  const refuseFlood = createFloodGuard(context);
  for (const name of Object.keys(ROUTES) as RouteName[]) {
    const route: Route = ROUTES[name];
    // The table's types tie each handler to its own route; here they are only known to belong together.
    const handler = handlers[name] as unknown as AnyHandler;
    app.route({
      method: route.method,
      url: `${API_PREFIX}${route.path}`,
      exposeHeadRoute: false,
      onRequest: async (request) => {
        refuseOtherSites(context, request);
        await refuseFlood(request);
        refuseOtherBodies(request, route.body !== undefined);
      },
      handler: async (request, reply) => {
        const result = await handler(await readCall(context, route, request, reply));
        reply.header('cache-control', 'no-store');
        return route.response === null ? reply.code(204).send() : reply.send(result);
      },
    });
  }
}

async function readCall(
  context: Context,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Call<Route>> {
  const caller = await context.authenticate(request.headers.cookie);
  refuseUnlessAllowed(route, caller, context.clock());
  const query = request.query ?? {};
  if (route.query === undefined && Object.keys(query).length > 0) throw new ConclaveError('request.invalid');
  return {
    params: check(route.params, request.params),
    query: check(route.query, query),
    body: check(route.body, request.body),
    caller,
    address: context.clientAddress(request.raw),
    from: {
      userAgent: request.headers['user-agent'],
      language: preferredLanguage(request.headers['accept-language']),
      cookieHeader: request.headers.cookie,
    },
    // Several are added to each other.
    setSession: (token: string | null) => void reply.header('set-cookie', sessionCookie(token)),
    setDevice: (token: string) => void reply.header('set-cookie', deviceCookie(token)),
    setSignOn: (token: string | null) => void reply.header('set-cookie', signOnCookie(token)),
  } as Call<Route>;
}

/** @throws ConclaveError request.invalid with the first field that is wrong. */
function check(schema: ZodMiniType | undefined, value: unknown): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [field] = result.error.issues[0]?.path ?? [];
  throw new ConclaveError('request.invalid', typeof field === 'string' ? { field } : {});
}
