import { ConclaveError } from '@conclave/protocol';
import { createRemoteJWKSet, type JWTVerifyGetKey, customFetch as joseFetch } from 'jose';
import * as oidc from 'openid-client';
import type { Clock } from '../../../clock.ts';
import { type Outgoing, OutgoingRefused } from '../../../net/outgoing.ts';
import { PROVIDER_FAULT_MS } from '../../../policy/attempts.ts';
import type { Sealer } from '../../../security/sealed.ts';
import type { KnownProvider, OidcSettings } from '../providers.ts';
import { strangersKeys } from './strangersKeys.ts';

/** How long what a provider says of itself is believed. Its keys are asked for anew as soon as an unknown one is used. */
const discoveredForMs = 60 * 60_000;

export interface OidcClient {
  readonly config: oidc.Configuration;
  /** The provider's keys, for tokens that it gave us itself. */
  readonly keys: JWTVerifyGetKey;
  /** The same for tokens that anybody can send. */
  readonly strangersKeys: JWTVerifyGetKey;
}

/** Providers of OpenID Connect as they describe themselves (OpenID Connect Discovery 1.0), with our credentials at them. */
export class OidcClients {
  readonly #outgoing: Outgoing;
  readonly #sealer: Sealer;
  readonly #clock: Clock;
  readonly #known = new Map<string, { readonly client: Promise<OidcClient>; until: number }>();

  constructor(outgoing: Outgoing, sealer: Sealer, clock: Clock) {
    this.#outgoing = outgoing;
    this.#sealer = sealer;
    this.#clock = clock;
  }

  /** One entry for each provider, also while it cannot be had. @throws ConclaveError sign_on.provider_unreachable, sign_on.provider_invalid */
  async get(provider: KnownProvider<OidcSettings>): Promise<OidcClient> {
    const { row, settings } = provider;
    const key = `${row.id} ${row.changed_at.getTime()}`;
    const known = this.#known.get(key);
    if (known !== undefined && known.until > this.#clock()) return known.client;
    const secret =
      row.secret === null ? null : this.#sealer.open(secretContext(row.id), row.secret).toString('utf8');
    const client = this.discover(settings, secret);
    for (const former of this.#known.keys()) if (former.startsWith(`${row.id} `)) this.#known.delete(former);
    const entry = { client, until: this.#clock() + discoveredForMs };
    this.#known.set(key, entry);
    // Nobody makes us ask one that does not answer again and again.
    client.catch(() => {
      entry.until = this.#clock() + PROVIDER_FAULT_MS;
    });
    return client;
  }

  /** Asks the issuer what it is. @throws ConclaveError sign_on.provider_unreachable, sign_on.provider_invalid */
  async discover(settings: OidcSettings, secret: string | null): Promise<OidcClient> {
    try {
      const issuer = new URL(settings.issuer);
      const plain = issuer.protocol === 'http:';
      const config = await oidc.discovery(issuer, settings.clientId, {}, oidc.None(), {
        [oidc.customFetch]: this.#fetch,
        timeout: 10,
        // Whether plain http may be asked at all is for `net/outgoing.ts` to say.
        ...(plain && { execute: [oidc.allowInsecureRequests] }),
      });
      const server = config.serverMetadata();
      if (server.authorization_endpoint === undefined || server.token_endpoint === undefined) {
        throw new ConclaveError('sign_on.provider_invalid');
      }
      if (server.jwks_uri === undefined) throw new ConclaveError('sign_on.provider_invalid');
      const keys = createRemoteJWKSet(new URL(server.jwks_uri), {
        [joseFetch]: this.#fetch,
        // An unknown key is asked for at once: providers may change theirs without waiting for us.
        cooldownDuration: 1_000,
      });
      return {
        config: withSecret(config, settings, secret, this.#fetch, plain),
        keys,
        strangersKeys: strangersKeys(keys, this.#clock),
      };
    } catch (fault) {
      throw providerFault(fault);
    }
  }

  readonly #fetch = async (url: string, options: FetchOptions): Promise<Response> => {
    const headers = Object.fromEntries(new Headers(options.headers).entries());
    const body = options.body === undefined || options.body === null ? undefined : String(options.body);
    return this.#outgoing(new URL(url), {
      method: options.method ?? 'GET',
      headers,
      ...(body !== undefined && { body }),
      ...(options.signal instanceof AbortSignal && { signal: options.signal }),
    });
  };
}

interface FetchOptions {
  readonly method?: string;
  readonly headers?: ConstructorParameters<typeof Headers>[0];
  readonly body?: unknown;
  readonly signal?: AbortSignal | null;
}

/** Under which name a client secret is sealed. */
export function secretContext(providerId: string): string {
  return `provider ${providerId}`;
}

function withSecret(
  discovered: oidc.Configuration,
  settings: OidcSettings,
  secret: string | null,
  fetch: oidc.CustomFetch,
  plain: boolean,
): oidc.Configuration {
  const server = discovered.serverMetadata();
  const config = new oidc.Configuration(server, settings.clientId, {}, authentication(server, secret));
  config[oidc.customFetch] = fetch;
  config.timeout = 10;
  if (plain) oidc.allowInsecureRequests(config);
  return config;
}

/** `client_secret_basic` is what is meant where nothing is said (OpenID Connect Discovery 1.0, section 3). */
function authentication(server: oidc.ServerMetadata, secret: string | null): oidc.ClientAuth {
  if (secret === null) return oidc.None();
  const methods = server.token_endpoint_auth_methods_supported;
  const basic = methods === undefined || methods.includes('client_secret_basic');
  return basic ? oidc.ClientSecretBasic(secret) : oidc.ClientSecretPost(secret);
}

/** What went wrong with a provider, as one of our own refusals. */
export function providerFault(fault: unknown): ConclaveError {
  if (fault instanceof ConclaveError) return fault;
  for (let cause: unknown = fault; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof OutgoingRefused) {
      return new ConclaveError(`sign_on.provider_${whatOf(cause.reason)}`, { cause: fault });
    }
  }
  return new ConclaveError('sign_on.provider_invalid', { cause: fault });
}

function whatOf(reason: OutgoingRefused['reason']): 'unreachable' | 'private' | 'invalid' {
  if (reason === 'unreachable' || reason === 'timeout') return 'unreachable';
  return reason === 'private' || reason === 'scheme' ? 'private' : 'invalid';
}
