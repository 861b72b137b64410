import { type AccountId, ConclaveError } from '@conclave/protocol';
import { beginOidc } from './oidc/begin.ts';
import { keepPending, type StateOf } from './pending.ts';
import type { SignOnPorts } from './ports.ts';
import { isOidc, isSaml, type KnownProvider } from './providers.ts';
import { beginSaml } from './saml/begin.ts';

export interface Begun {
  /** Where the browser goes. */
  readonly url: string;
  /** What it must carry to come back. */
  readonly token: string;
}

/**
 * Sends a browser to a provider.
 * @throws ConclaveError auth.too_many_attempts, sign_on.provider_unreachable, sign_on.provider_invalid
 */
export async function beginSignOn(
  ports: SignOnPorts,
  provider: KnownProvider,
  asked: {
    readonly purpose: StateOf<'asked'>['purpose'];
    readonly accountId: AccountId | null;
    readonly returnTo: string;
  },
  address: string,
): Promise<Begun> {
  // Counted as a failed attempt unless it comes to an end: the providers are not to be flooded through us.
  await ports.beginAttempts.begin({ address });
  if (isOidc(provider)) {
    const { url, checks } = await beginOidc(ports, provider);
    const token = await keepPending(ports, provider.row.id, { step: 'asked', ...asked, checks });
    return { url, token };
  }
  if (isSaml(provider)) {
    const { url, requestId } = await beginSaml(ports, provider);
    const state = { step: 'asked', ...asked, checks: null } as const;
    return { url, token: await keepPending(ports, provider.row.id, state, requestId) };
  }
  throw new ConclaveError('sign_on.provider_invalid');
}
