import {
  signOnAddresses as addresses,
  ConclaveError,
  type Provider,
  type ProviderChoice,
  type ProviderId,
  WriteProvider,
} from '@conclave/protocol';
import {
  findProvider,
  type ProviderContent,
  type ProviderRow,
} from '../../storage/repositories/signOn/providers.ts';
import type { SignOnPorts } from './ports.ts';

export type OidcSettings = Extract<WriteProvider, { kind: 'oidc' }>;
export type SamlSettings = Extract<WriteProvider, { kind: 'saml' }>;

/** A provider as it is set up. `settings.clientSecret` is null: the secret is read where it is used. */
export interface KnownProvider<S extends WriteProvider = WriteProvider> {
  readonly row: ProviderRow;
  readonly settings: S;
}

export function readProvider(row: ProviderRow): KnownProvider {
  const { kind, name, enabled, domains } = row;
  const secret = kind === 'oidc' ? { clientSecret: null } : {};
  return { row, settings: WriteProvider.parse({ ...row.config, ...secret, kind, name, enabled, domains }) };
}

/** What is stored of it beside its secret. */
export function contentOf(settings: WriteProvider): ProviderContent {
  const { kind, name, enabled, domains, ...config } = settings;
  if ('clientSecret' in config) {
    const { clientSecret: _, ...rest } = config;
    return { kind, name, enabled, domains, config: rest };
  }
  return { kind, name, enabled, domains, config };
}

/** One that is switched on. @throws ConclaveError request.not_found */
export async function usableProvider(ports: SignOnPorts, id: ProviderId): Promise<KnownProvider> {
  const provider = await anyProvider(ports, id);
  if (!provider.row.enabled) throw new ConclaveError('request.not_found');
  return provider;
}

/** Also one that is switched off. @throws ConclaveError request.not_found */
export async function anyProvider(ports: SignOnPorts, id: ProviderId): Promise<KnownProvider> {
  const row = await findProvider(ports.db, id);
  if (row === null) throw new ConclaveError('request.not_found');
  return readProvider(row);
}

export function isOidc(provider: KnownProvider): provider is KnownProvider<OidcSettings> {
  return provider.settings.kind === 'oidc';
}

export function isSaml(provider: KnownProvider): provider is KnownProvider<SamlSettings> {
  return provider.settings.kind === 'saml';
}

/** The addresses at which a provider finds us. */
export { addresses };

const GOOGLE = 'https://accounts.google.com';

/**
 * Whether anybody in the world would get an account: Google's issuer is everybody's, and only a Workspace domain or mail domains say
 * whose accounts are meant.
 */
export function isOpenToAnybody(settings: WriteProvider): boolean {
  if (settings.kind !== 'oidc' || !settings.createsAccounts) return false;
  const isGoogle = settings.issuer.replace(/\/$/, '') === GOOGLE;
  return isGoogle && settings.hostedDomain === null && settings.domains.length === 0;
}

export function presentProvider(ports: SignOnPorts, row: ProviderRow, identities: number): Provider {
  const { settings } = readProvider(row);
  const origin = ports.origin();
  const stored = {
    id: row.id,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    identities,
  };
  if (settings.kind === 'saml') {
    const own = addresses.metadata(origin, row.id);
    return {
      ...settings,
      ...stored,
      ownEntityId: own,
      acsUrl: addresses.acs(origin, row.id),
      metadataUrl: own,
    };
  }
  const { clientSecret: _, ...rest } = settings;
  return {
    ...rest,
    ...stored,
    hasSecret: row.secret !== null,
    redirectUri: addresses.callback(origin, row.id),
    logoutUri: addresses.logout(origin, row.id),
  };
}

export function presentChoice(row: ProviderRow): ProviderChoice {
  const { settings } = readProvider(row);
  return { id: row.id, name: row.name, preset: settings.kind === 'oidc' ? settings.preset : 'saml' };
}
