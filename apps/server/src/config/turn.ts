import { Secret } from '../secret.ts';
import { StartRefused } from '../startRefused.ts';
import type { Settings } from './schema.ts';

/** The relays that participants may use, and how they get in there. */
export interface TurnConfig {
  readonly urls: readonly string[];
  readonly access:
    | { readonly kind: 'shared-secret'; readonly secret: Secret; readonly lifetimeSeconds: number }
    | { readonly kind: 'static'; readonly username: string; readonly password: Secret };
}

/** @returns null when no relay is set. @throws StartRefused when it is unclear how to get in. */
export function turnConfig(settings: Settings['turn']): TurnConfig | null {
  const { urls, secret, username, password, lifetimeSeconds } = settings;
  if (urls.length === 0) {
    if (secret === undefined && username === undefined && password === undefined) return null;
    throw new StartRefused('turn.urls is empty, but there is a secret or password for it.');
  }
  if (secret !== undefined && username === undefined && password === undefined) {
    return { urls, access: { kind: 'shared-secret', secret: new Secret(secret), lifetimeSeconds } };
  }
  if (secret === undefined && username !== undefined && password !== undefined) {
    return { urls, access: { kind: 'static', username, password: new Secret(password) } };
  }
  throw new StartRefused(
    'turn.urls needs either turn.secret, or turn.username and turn.password: the one or the other.',
  );
}
