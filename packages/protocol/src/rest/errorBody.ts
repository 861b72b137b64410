import * as z from 'zod/mini';
import { ERRORS, type ErrorCode } from '../errors.ts';

/** The body of every refused request. */
export const ErrorBody = z.strictObject({
  error: z.strictObject({
    code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
    text: z.string(),
    field: z.optional(z.string()),
    retryAfterMs: z.optional(z.int()),
  }),
});
export type ErrorBody = z.infer<typeof ErrorBody>;
