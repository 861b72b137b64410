import type { Context } from '../context.ts';
import type { App } from './app.ts';

/** `/healthz`: the process answers. `/readyz`: it can do its work: the database and the media workers answer too. */
export function addHealth(app: App, context: Context, isReady: () => boolean): void {
  app.get('/healthz', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  );
  app.get('/readyz', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    try {
      await context.database.ping();
      if (isReady()) return await reply.send({ status: 'ready' });
    } catch (fault) {
      context.log.warn({ fault }, 'the database does not answer');
    }
    return reply.code(503).send({ status: 'not ready' });
  });
}
