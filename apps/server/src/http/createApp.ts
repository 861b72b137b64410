import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { LIMITS } from '@conclave/protocol';
import fastify from 'fastify';
import type { HttpConfig } from '../config/config.ts';
import type { Context } from '../context.ts';
import { StartRefused } from '../startRefused.ts';
import type { App } from './app.ts';
import { addBodyReader } from './body.ts';
import { limitConnections } from './connections.ts';
import { endAtOnce } from './endAtOnce.ts';
import { answerError } from './errors.ts';
import { addFileRoutes } from './fileRoutes.ts';
import { addSecurityHeaders, securityHeaders } from './headers.ts';
import { addHealth } from './health.ts';
import { addPages, WEB_ROOT } from './pages.ts';
import { addRequestLog } from './requestLog.ts';
import { addRoutes } from './routes.ts';
import { addScimRoutes } from './scimRoutes.ts';
import { addSignOnCallbacks } from './signOnCallbacks.ts';

export interface AppOptions {
  /** Whether the other parts can do their work. */
  readonly isReady: () => boolean;
  /** The folder of the built web client, in place of the one in this repository. */
  readonly webRoot?: string | undefined;
}

/** The http side of the server, complete but not yet listening. @throws StartRefused */
export async function createApp(context: Context, options: AppOptions): Promise<App> {
  const app: App = fastify<Server>({
    logger: false,
    serverFactory: (handler) => limitConnections(createServer(context.config.http, handler), context),
    bodyLimit: LIMITS.restBodyBytes,
    // A browser's longest path here is short; the default of 100 characters refuses nothing that we have.
    routerOptions: { maxParamLength: 100, ignoreTrailingSlash: false },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    // Requests that are refused before any route or hook: an address that is none, or no HTTP at all.
    frameworkErrors: (fault, request, reply) => {
      reply.headers(securityHeaders(context));
      answerError(context, fault, request, reply);
    },
    clientErrorHandler: (_fault, socket) => {
      if (socket.writable) endAtOnce(socket, 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
      else socket.destroy();
    },
  });
  addSecurityHeaders(app, context);
  addRequestLog(app, context);
  app.setErrorHandler((fault: Error, request, reply) => answerError(context, fault, request, reply));
  addBodyReader(app);
  addHealth(app, context, options.isReady);
  addRoutes(app, context);
  addFileRoutes(app, context);
  addSignOnCallbacks(app, context);
  addScimRoutes(app, context);
  await addPages(app, context, options.webRoot ?? WEB_ROOT);
  return app;
}

/** Connections that dawdle are closed: headers within 10 s, the whole request within 30 s, looked at every 5 s. */
const timeouts = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 72_000,
  connectionsCheckingInterval: 5_000,
};

function createServer(config: HttpConfig, handler: Parameters<typeof createHttpServer>[1]): Server {
  if (config.tls === null) return createHttpServer(timeouts, handler);
  return createHttpsServer({ ...timeouts, ...readTls(config.tls), minVersion: 'TLSv1.2' }, handler);
}

function readTls(files: NonNullable<HttpConfig['tls']>): { cert: Buffer; key: Buffer } {
  try {
    return { cert: readFileSync(files.certificateFile), key: readFileSync(files.keyFile) };
  } catch (cause) {
    const message = `The TLS files ${files.certificateFile} and ${files.keyFile} could not be read.`;
    throw new StartRefused(message, { cause });
  }
}
