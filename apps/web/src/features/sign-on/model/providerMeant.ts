import type { ProviderChoice } from '@conclave/protocol';

/** To which provider Enter leads: the one that belongs to the address, or the only one there is. Null: there is a choice to make. */
export function providerMeant(
  providers: readonly ProviderChoice[],
  routed: ProviderChoice | null,
): ProviderChoice | null {
  if (routed !== null) return routed;
  const [first] = providers;
  return providers.length === 1 && first !== undefined ? first : null;
}
