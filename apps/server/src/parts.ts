import type { Server } from 'node:http';
import type { Context } from './context.ts';
import { realtimePart } from './realtime/realtimePart.ts';

/**
 * A part that runs beside the pages and the REST calls, as long as the server does. It is started before the
 * server listens and stopped before the database closes. Disposing tells whoever is connected and lets go.
 */
export type Part = (
  context: Context,
  server: Server,
) => Promise<AsyncDisposable & { readonly ready?: boolean }>;

/** In the order in which they start. The realtime part takes the server's 'upgrade' events and owns the media workers. */
export const PARTS: readonly Part[] = [realtimePart];
