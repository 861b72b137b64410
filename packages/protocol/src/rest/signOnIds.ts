import type * as z from 'zod/mini';
import { Uuid } from '../ids.ts';

/** Somewhere else where people have accounts, as it is set up here. */
export const ProviderId = Uuid.brand<'ProviderId'>();
export type ProviderId = z.infer<typeof ProviderId>;
/** One person's account there, linked with one here. */
export const IdentityId = Uuid.brand<'IdentityId'>();
export type IdentityId = z.infer<typeof IdentityId>;
