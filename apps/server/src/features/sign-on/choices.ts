import type { RouteAnswer, SignOnChoices } from '@conclave/protocol';
import type * as z from 'zod/mini';
import { findProviderOfDomain, listProviders } from '../../storage/repositories/signOn/providers.ts';
import type { SignOnPorts } from './ports.ts';
import { presentChoice } from './providers.ts';

/** What everybody may choose from. */
export async function choices(ports: SignOnPorts): Promise<SignOnChoices> {
  const rows = await listProviders(ports.db);
  return {
    providers: rows.filter((row) => row.enabled).map(presentChoice),
    ssoOnly: ports.isSsoOnly(),
  };
}

/** By the domain alone, so that the answer is the same whether or not anybody has the address. */
export async function choiceOfDomain(
  ports: SignOnPorts,
  domain: string,
): Promise<z.output<typeof RouteAnswer>> {
  const row = await findProviderOfDomain(ports.db, domain);
  return { provider: row === null ? null : presentChoice(row) };
}
