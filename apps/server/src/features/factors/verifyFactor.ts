import { ConclaveError, type FactorAdded, type FactorId } from '@conclave/protocol';
import { plainCode } from '../../security/codes.ts';
import { totpStep } from '../../security/totp.ts';
import { type AccountRow, findAccount, proveAddress } from '../../storage/repositories/accounts.ts';
import {
  activateFactor,
  deleteFactorsOfKind,
  type FactorRow,
  findPendingFactor,
  lockFactors,
  takeStep,
} from '../../storage/repositories/factors.ts';
import type { Caller } from '../accounts/authenticate.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import { afterAdding, refuseTooMany } from './afterAdding.ts';
import { takeCode } from './sentCodes.ts';

/**
 * Takes the first code of a factor that is being set up, and puts it to use. Of codes that are sent there is one of a kind: a
 * new phone takes the place of the former one.
 * @throws ConclaveError request.not_found, factor.setup_over, factor.wrong, factor.limit, auth.too_many_attempts
 */
export async function verifyFactor(
  ports: AccountsPorts,
  caller: Caller,
  id: FactorId,
  code: string,
  address: string,
): Promise<FactorAdded> {
  const account = await findAccount(ports.db, caller.accountId);
  if (account === null) throw new ConclaveError('auth.required');
  const counter = `${account.id} set-up`;
  const attempt = await ports.factors.attempts.begin({
    address,
    account: counter,
    day: counter,
    service: null,
  });
  const row = await findPendingFactor(ports.db, account.id, id);
  if (row === null) throw new ConclaveError('request.not_found');
  if ((row.pending_until?.getTime() ?? 0) <= ports.clock()) throw new ConclaveError('factor.setup_over');
  if (!(await isRight(ports, account, row, code))) throw new ConclaveError('factor.wrong', { field: 'code' });
  await attempt.succeeded();
  await ports.db.transaction().execute(async (transaction) => {
    const held = await lockFactors(transaction, account.id);
    if (row.kind === 'totp') refuseTooMany(held);
    else await deleteFactorsOfKind(transaction, account.id, row.kind);
    if (!(await activateFactor(transaction, row.id))) throw new ConclaveError('factor.setup_over');
  });
  if (row.kind === 'email') {
    await proveAddress(ports.db, account.id, account.email, new Date(ports.clock()));
  }
  return afterAdding(ports, caller, account, row);
}

async function isRight(
  ports: AccountsPorts,
  account: AccountRow,
  row: FactorRow,
  code: string,
): Promise<boolean> {
  if (row.kind === 'email' || row.kind === 'sms') {
    return takeCode(ports, account, row.kind, { kind: 'set-up', factorId: row.id }, code);
  }
  if (row.sealed === null) return false;
  const now = ports.clock();
  const step = totpStep(ports.factors.keys.open(row.sealed, row.id), plainCode(code), now);
  // The code that sets it up does not sign in as well.
  return step !== null && takeStep(ports.db, row.id, step, new Date(now));
}
