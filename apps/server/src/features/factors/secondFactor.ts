import type { FactorKind } from '@conclave/protocol';
import type { AccountRow } from '../../storage/repositories/accounts.ts';
import type { AccountsPorts } from '../accounts/ports.ts';

/** What is still to be done by somebody whose first factor was right. */
export type SecondFactor =
  | { readonly kind: 'none' }
  /** They need one and have none. */
  | { readonly kind: 'set-up' }
  | { readonly kind: 'ask'; readonly challenge: string; readonly factors: FactorKind[] };

export async function secondFactorFor(_ports: AccountsPorts, _account: AccountRow): Promise<SecondFactor> {
  return { kind: 'none' };
}
