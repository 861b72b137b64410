import * as z from 'zod/mini';

/** Somewhere else where people have accounts, as it is set up here. */
export const ProviderId = z.uuid().brand<'ProviderId'>();
export type ProviderId = z.infer<typeof ProviderId>;
/** One person's account there, linked with one here. */
export const IdentityId = z.uuid().brand<'IdentityId'>();
export type IdentityId = z.infer<typeof IdentityId>;
