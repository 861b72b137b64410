import type { AddressInfo } from 'node:net';
import packageJson from '../package.json' with { type: 'json' };
import type { HttpConfig } from './config/config.ts';
import { type Context, type ContextOptions, openContext } from './context.ts';
import { makeOwnerLink } from './features/accounts/makeOwnerLink.ts';
import { startExpiry } from './features/accounts/startExpiry.ts';
import type { App } from './http/app.ts';
import { createApp } from './http/createApp.ts';
import { PARTS, type Part } from './parts.ts';
import { StartRefused } from './startRefused.ts';

export interface StartOptions extends ContextOptions {
  /** What runs beside the pages and REST: all of `PARTS` unless a test asks for less. */
  readonly parts?: readonly Part[];
  /** The folder of the built web client, in place of the one in this repository. */
  readonly webRoot?: string;
}

export interface RunningServer extends AsyncDisposable {
  readonly address: AddressInfo;
  /** Where people reach it. */
  readonly origin: string;
  /** The one-time link that makes the owner's account; null once there is an owner. */
  readonly ownerLink: string | null;
  readonly context: Context;
}

/**
 * Starts a whole server. Disposing it stops gracefully, in this order: no new connections, parts tell those
 * who are connected and close their workers, requests under way are answered, the database closes.
 * @throws StartRefused when it will not run as it is set up.
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  await using opened = new AsyncDisposableStack();
  const context = opened.use(await openContext(options));
  const { config, origins } = context;
  opened.use(
    startExpiry(context.accountsPorts, (fault) =>
      context.log.error({ fault }, 'sessions could not be expired'),
    ),
  );

  const running: (AsyncDisposable & { readonly ready?: boolean })[] = [];
  const app = await createApp(context, {
    isReady: () => running.every((part) => part.ready !== false),
    webRoot: options.webRoot,
  });
  opened.defer(async () => void (await app.close()));

  // ── The realtime part joins here: it hears 'upgrade' on `app.server` and starts the media workers. ──
  const parts = opened.use(new AsyncDisposableStack());
  for (const part of options.parts ?? PARTS) running.push(parts.use(await part(context, app.server)));

  await listen(app, config.http);
  // Disposal runs backwards: first stop listening, and only wait for the end of it after the parts are gone.
  opened.defer(async () => void app.server.close());
  const address = app.server.address() as AddressInfo;
  if (config.http.publicOrigin === null) {
    origins.settle(`${config.http.tls === null ? 'http' : 'https'}://localhost:${address.port}`);
  }
  const ownerLink = await makeOwnerLink(context.accountsPorts, origins.public);
  context.emit({ event: 'service.started', version: packageJson.version });
  opened.defer(async () => {
    context.emit({ event: 'service.stopping', participants: context.presence.total });
  });

  const lifetime = opened.move();
  return {
    address,
    origin: origins.public,
    ownerLink,
    context,
    [Symbol.asyncDispose]: () => lifetime.disposeAsync(),
  };
}

async function listen(app: App, { address, port }: HttpConfig): Promise<void> {
  await app.listen({ host: address, port }).catch((cause) => {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    const reason = LISTEN_FAULTS[code] ?? `it failed (${code})`;
    throw new StartRefused(`Conclave cannot listen on ${address} port ${port}: ${reason}.`, { cause });
  });
}

const LISTEN_FAULTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something else does already. Set listen.port to another one',
  EADDRNOTAVAIL: 'this machine does not have the address. Check listen.address',
  EACCES: 'the system does not allow it. Take a listen.port above 1023',
};
