import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import fastify, { type FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { StartRefused } from '../startRefused.ts';
import { addHealth } from './health.ts';

export type App = FastifyInstance;

/** The http side of the server, not yet listening. `isReady` tells whether the other parts can work. */
export async function createApp(context: Context, isReady: () => boolean): Promise<App> {
  const { tls } = context.config.http;
  const app: App = fastify({
    logger: false,
    ...(tls !== null && { https: { ...readTls(tls), minVersion: 'TLSv1.2' } }),
    return503OnClosing: false,
  }) as unknown as App;
  addHealth(app, context, isReady);
  return app;
}

function readTls(files: { readonly certificateFile: string; readonly keyFile: string }) {
  try {
    return { cert: readFileSync(files.certificateFile), key: readFileSync(files.keyFile) };
  } catch {
    throw new StartRefused(`The TLS files ${files.certificateFile} and ${files.keyFile} could not be read.`);
  }
}
export type Raw = { request: IncomingMessage; response: ServerResponse };
