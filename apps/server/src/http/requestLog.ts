import type { Context } from '../context.ts';
import type { App } from './app.ts';

/**
 * One line for each request: method, the route's pattern, status, milliseconds. Never the address asked for
 * (it holds a meeting's id and could hold more), the query, the client's address or a header.
 */
export function addRequestLog(app: App, context: Context): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? null;
    const line = {
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    const level = route?.startsWith('/api/') === true ? 'info' : 'debug';
    context.log[level](line, 'request');
  });
}
