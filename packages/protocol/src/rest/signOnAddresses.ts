import type { ProviderId } from './signOnIds.ts';

/**
 * The addresses at which a provider finds the service, which it must be told. Known before the provider is saved, because its id is
 * chosen by whoever adds it: many providers ask for them before they give a client ID.
 * @param origin where people reach the service, without a slash at its end
 */
export const signOnAddresses = {
  callback: (origin: string, id: ProviderId) => `${origin}/api/v1/sign-on/${id}/callback`,
  logout: (origin: string, id: ProviderId) => `${origin}/api/v1/sign-on/${id}/logout`,
  acs: (origin: string, id: ProviderId) => `${origin}/api/v1/sign-on/${id}/acs`,
  metadata: (origin: string, id: ProviderId) => `${origin}/api/v1/sign-on/${id}/metadata`,
} as const;
