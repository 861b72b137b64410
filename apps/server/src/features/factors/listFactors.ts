import { ConclaveError, type Factor, type FactorList, OwnFactorKind } from '@conclave/protocol';
import { findAccount } from '../../storage/repositories/accounts.ts';
import type { FactorRow } from '../../storage/repositories/factors.ts';
import type { Caller } from '../accounts/authenticate.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import { heldFactors, isUsable } from './heldFactors.ts';
import { maskEmail, maskPhone } from './masks.ts';
import { mustHave } from './mustHave.ts';
import { phoneOf } from './sentCodes.ts';

/** One's own second factors, and what else can be set up. */
export async function listFactors(ports: AccountsPorts, caller: Caller): Promise<FactorList> {
  const account = await findAccount(ports.db, caller.accountId);
  if (account === null) throw new ConclaveError('auth.required');
  const { rows, recoveryCodes } = await heldFactors(ports, account.id);
  return {
    factors: rows.map((row) => presentFactor(ports, row, account.email)),
    recoveryCodes,
    offered: offeredKinds(ports),
    required: await mustHave(ports, account),
  };
}

/** What the organisation allows and the service can do. */
export function offeredKinds(ports: AccountsPorts): OwnFactorKind[] {
  const { allowedFactors } = ports.factors.policy();
  return OwnFactorKind.options.filter((kind) => allowedFactors.includes(kind) && isUsable(ports, kind));
}

/** @throws ConclaveError factor.unavailable */
export function refuseUnlessOffered(ports: AccountsPorts, kind: OwnFactorKind): void {
  if (!offeredKinds(ports).includes(kind)) throw new ConclaveError('factor.unavailable');
}

export function presentFactor(ports: AccountsPorts, row: FactorRow, email: string): Factor {
  const to =
    row.kind === 'sms' ? maskPhone(phoneOf(ports, row)) : row.kind === 'email' ? maskEmail(email) : null;
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    to,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  };
}
