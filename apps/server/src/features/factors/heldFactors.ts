import { type AccountId, type FactorKind, OwnFactorKind } from '@conclave/protocol';
import { factorsToAsk } from '../../policy/secondFactors.ts';
import { type FactorRow, listFactorKinds, listFactorRows } from '../../storage/repositories/factors.ts';
import { countRecoveryCodes } from '../../storage/repositories/recoveryCodes.ts';
import type { AccountsPorts } from '../accounts/ports.ts';

/** The second factors of an account. */
export interface HeldFactors {
  readonly rows: readonly FactorRow[];
  readonly kinds: readonly OwnFactorKind[];
  /** Recovery codes that are left. */
  readonly recoveryCodes: number;
  /** Which of them are asked for, the safest first. Empty also when what somebody has cannot be used here and now. */
  readonly askable: readonly FactorKind[];
}

export async function heldFactors(ports: AccountsPorts, accountId: AccountId): Promise<HeldFactors> {
  const rows = await listFactorRows(ports.db, accountId);
  const recoveryCodes = rows.length === 0 ? 0 : await countRecoveryCodes(ports.db, accountId);
  const kinds = OwnFactorKind.options.filter((kind) => rows.some((row) => row.kind === kind));
  const usable = kinds.filter((kind) => isUsable(ports, kind));
  const held: FactorKind[] = recoveryCodes > 0 ? [...usable, 'recovery'] : usable;
  return { rows, kinds, recoveryCodes, askable: factorsToAsk(ports.factors.policy(), held) };
}

/** Whether somebody has a second factor, also one that cannot be used at present. */
export async function hasFactor({ db }: Pick<AccountsPorts, 'db'>, accountId: AccountId): Promise<boolean> {
  return (await listFactorKinds(db, accountId)).length > 0;
}

/** Whether the service has what a kind needs, as it is set up. */
export function isUsable({ factors, mail }: AccountsPorts, kind: OwnFactorKind): boolean {
  // Without a mail server an administrator reads the mails: that is no second factor.
  if (kind === 'email') return mail.server !== null;
  if (kind === 'sms') return factors.sms !== null;
  if (kind === 'passkey') return factors.relyingParty() !== null;
  return true;
}
