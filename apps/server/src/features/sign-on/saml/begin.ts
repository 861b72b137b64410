import { ConclaveError } from '@conclave/protocol';
import type { SignOnPorts } from '../ports.ts';
import type { KnownProvider, SamlSettings } from '../providers.ts';
import { makeRequestId, samlService } from './service.ts';

/** The address at the provider to which the browser goes, with our request in it (HTTP-Redirect binding). */
export async function beginSaml(
  ports: SignOnPorts,
  provider: KnownProvider<SamlSettings>,
): Promise<{ url: string; requestId: string }> {
  const requestId = makeRequestId();
  try {
    const service = samlService(ports, provider, undefined, requestId);
    return { url: await service.getAuthorizeUrlAsync('', undefined, {}), requestId };
  } catch (fault) {
    throw new ConclaveError('sign_on.provider_invalid', { cause: fault });
  }
}

/** What the provider must know of us, as XML (SAML 2.0 Metadata). */
export function samlMetadata(ports: SignOnPorts, provider: KnownProvider<SamlSettings>): string {
  return samlService(ports, provider).generateServiceProviderMetadata(null);
}
