import { ConclaveError, type FactorAdded } from '@conclave/protocol';
import { FACTORS_PER_ACCOUNT } from '../../policy/secondFactors.ts';
import type { AccountRow } from '../../storage/repositories/accounts.ts';
import type { FactorRow } from '../../storage/repositories/factors.ts';
import { countRecoveryCodes } from '../../storage/repositories/recoveryCodes.ts';
import { liftRestriction } from '../../storage/repositories/sessions.ts';
import type { Caller } from '../accounts/authenticate.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import { senderOf } from '../mail/letter.ts';
import { presentFactor } from './listFactors.ts';
import { factorAddedMail } from './mails.ts';
import { renewRecoveryCodes } from './recoveryCodes.ts';

/** @throws ConclaveError factor.limit */
export function refuseTooMany(held: readonly FactorRow[]): void {
  if (held.length >= FACTORS_PER_ACCOUNT) throw new ConclaveError('factor.limit');
}

/** What follows when a factor is in use: the person is told, may do everything again, and has a way in without it. */
export async function afterAdding(
  ports: AccountsPorts,
  caller: Caller,
  account: AccountRow,
  row: FactorRow,
): Promise<FactorAdded> {
  await liftRestriction(ports.db, caller.sessionId);
  ports.emit({ event: 'factor.added', accountId: account.id, factorId: row.id, kind: row.kind });
  await ports.mail.send(factorAddedMail(account, row.kind, new Date(ports.clock()), senderOf(ports)));
  const first = (await countRecoveryCodes(ports.db, account.id)) === 0;
  return {
    factor: presentFactor(ports, row, account.email),
    recoveryCodes: first ? await renewRecoveryCodes(ports, account.id) : null,
  };
}
