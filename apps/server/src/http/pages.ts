import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { API_PREFIX, ConclaveError, FILE_ROUTES, ROUTES } from '@conclave/protocol';
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import type { App } from './app.ts';
import { answerError } from './errors.ts';

/** The built web client beside this workspace. */
export const WEB_ROOT = resolve(import.meta.dirname, '../../../web/dist');

/** The addresses that pages have; the web client's router knows the same. All else is 404. */
export const PAGE_PATHS = [
  '/',
  '/set-up',
  '/sign-in',
  '/forgot-password',
  '/invitation',
  '/new-password',
  '/account',
  '/account/*',
  '/admin',
  '/admin/*',
  '/about',
  '/people',
  '/people/*',
  '/call',
  '/m/:id',
  '/meetings/new',
  '/meetings/:id',
  '/meetings/:id/*',
  '/sign-on/connect',
] as const;

/**
 * The web client: one `index.html`, never stored, for every page; its assets, whose names carry a hash of what
 * is in them, for ever. Compressed forms (`.br`, `.gz`) beside a file are sent to browsers that take them.
 */
export async function addPages(app: App, context: Context, webRoot: string): Promise<void> {
  const built = existsSync(join(webRoot, 'index.html'));
  if (!built) context.log.warn('the web client is not built: there are no pages');
  if (built) {
    await app.register(fastifyStatic, {
      root: webRoot,
      prefix: '/',
      index: false,
      preCompressed: true,
      dotfiles: 'ignore',
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header('cache-control', cacheControlOf(path.slice(webRoot.length)));
      },
    });
    for (const path of PAGE_PATHS) app.get(path, (_request, reply) => sendPage(reply));
  }
  app.setNotFoundHandler((request, reply) => {
    if (built && isNavigation(request)) return sendPage(reply.code(404));
    const known = isApiPath(request.url.split('?', 1)[0] ?? '');
    const refusal = new ConclaveError(known ? 'request.method' : 'request.not_found');
    return answerError(context, refusal, request, reply);
  });
}

/** A person followed a link to nowhere: the web client says so, in its own words. */
function isNavigation(request: FastifyRequest): boolean {
  return request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate';
}

function sendPage(reply: FastifyReply): FastifyReply {
  return reply.sendFile('index.html');
}

function cacheControlOf(path: string): string {
  if (path.endsWith('.html') || path.includes('.html.')) return 'no-store';
  return /^[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
}

const apiPaths = [...Object.values(ROUTES), ...Object.values(FILE_ROUTES)].map(
  ({ path }) => new RegExp(`^${API_PREFIX}${path.replace(/:[^/]+/g, '[^/]+')}$`),
);

function isApiPath(path: string): boolean {
  return apiPaths.some((pattern) => pattern.test(path));
}
