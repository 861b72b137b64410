import * as z from 'zod/mini';
import { DirectOfferId, DirectPath, DirectSignal } from '../directPath.ts';

const request = z.int().check(z.minimum(0), z.maximum(2 ** 31 - 1));

/** I let the other person see my address when we are two, or I do so no longer: then a direct path ends at once. */
export const DirectConsent = z.strictObject({
  type: z.literal('direct-consent'),
  request,
  agreed: z.boolean(),
});
/** For the other person of the offer that stands, and nobody else. */
export const SendDirectSignal = z.strictObject({
  type: z.literal('direct-signal'),
  request,
  offerId: DirectOfferId,
  signal: DirectSignal,
});
/** `flowing`: what the other person sends arrives here. `failed`: there is no way, or there is none any more. */
export const DirectReport = z.strictObject({
  type: z.literal('direct-report'),
  request,
  offerId: DirectOfferId,
  report: z.enum(['flowing', 'failed']),
});

/** The whole state for this participant, each time that it changes. */
export const DirectPathChanged = z.strictObject({ type: z.literal('direct-path'), direct: DirectPath });
export const DirectSignalled = z.strictObject({
  type: z.literal('direct-signal'),
  offerId: DirectOfferId,
  signal: DirectSignal,
});
