import { FIRST_POLICY, type Policy, SETTING_IDS, SETTING_SCHEMAS } from '@conclave/protocol';
import * as z from 'zod/mini';

/** As it is stored. Each value is checked by itself. */
export const StoredPolicySchema = z.object({
  version: z.int(),
  changedAt: z.iso.datetime(),
  values: z.record(z.string(), z.unknown()),
});

/**
 * What is stored, as this release understands it: a setting that an earlier one did not have, or spelled otherwise, has its
 * first value. So an update never keeps the service from starting.
 */
export function readStoredPolicy(stored: unknown): {
  readonly version: number;
  readonly changedAt: number | null;
  readonly policy: Policy;
} {
  const parsed = StoredPolicySchema.safeParse(stored);
  if (!parsed.success) return { version: 0, changedAt: null, policy: FIRST_POLICY };
  const { version, changedAt, values } = parsed.data;
  const known = SETTING_IDS.map((id) => {
    const value = SETTING_SCHEMAS[id].safeParse(values[id]);
    return [id, value.success ? value.data : FIRST_POLICY[id]];
  });
  return { version, changedAt: Date.parse(changedAt), policy: Object.fromEntries(known) as Policy };
}
