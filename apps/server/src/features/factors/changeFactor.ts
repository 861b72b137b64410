import { ConclaveError, type Factor, type FactorId } from '@conclave/protocol';
import { hasAllowedFactor } from '../../policy/secondFactors.ts';
import { findAccount } from '../../storage/repositories/accounts.ts';
import { deleteFactor, lockFactors, renameFactorRow } from '../../storage/repositories/factors.ts';
import { replaceRecoveryCodes } from '../../storage/repositories/recoveryCodes.ts';
import { lockAccount } from '../../storage/repositories/signOn/identities.ts';
import type { Db } from '../../storage/tables.ts';
import type { Caller } from '../accounts/authenticate.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import { senderOf } from '../mail/letter.ts';
import { presentFactor } from './listFactors.ts';
import { factorRemovedMail } from './mails.ts';
import { mustHave } from './mustHave.ts';

/** @throws ConclaveError request.not_found, also for somebody else's */
export async function renameFactor(
  ports: AccountsPorts,
  caller: Caller,
  id: FactorId,
  name: string,
): Promise<Factor> {
  const account = await findAccount(ports.db, caller.accountId);
  const row = account === null ? null : await renameFactorRow(ports.db, account.id, id, name);
  if (account === null || row === null) throw new ConclaveError('request.not_found');
  return presentFactor(ports, row, account.email);
}

/**
 * Takes one of one's own factors away. Where the organisation asks for one, the last that it allows stays, also when two are
 * removed at the same time; so does a passkey that is the last way in. With the last of all, the recovery codes go too.
 * @throws ConclaveError request.not_found, factor.last_required, account.last_way_in, sign_on.not_ready
 */
export async function removeFactor(ports: AccountsPorts, caller: Caller, id: FactorId): Promise<void> {
  const account = await findAccount(ports.db, caller.accountId);
  if (account === null) throw new ConclaveError('request.not_found');
  const required = await mustHave(ports, account);
  const remove = async (transaction: Db) => {
    const stands = await lockAccount(transaction, account.id);
    if (stands === null) throw new ConclaveError('request.not_found');
    const held = await lockFactors(transaction, account.id);
    const row = held.find((factor) => factor.id === id);
    if (row === undefined) throw new ConclaveError('request.not_found');
    const rest = held.filter((factor) => factor !== row).map(({ kind }) => kind);
    if (required && !hasAllowedFactor(ports.factors.policy(), rest)) {
      throw new ConclaveError('factor.last_required');
    }
    const entered = stands.password_hash !== null || (await ports.entersWithoutPassword(stands, transaction));
    await deleteFactor(transaction, account.id, id);
    const enters = stands.password_hash !== null || (await ports.entersWithoutPassword(stands, transaction));
    if (entered && !enters) throw new ConclaveError('account.last_way_in');
    if (rest.length === 0) await replaceRecoveryCodes(transaction, account.id, []);
    return row;
  };
  const removed = await ports.db
    .transaction()
    .execute((transaction) =>
      account.role_id === 'owner'
        ? ports.keepWaysIn(transaction, () => remove(transaction))
        : remove(transaction),
    );
  ports.emit({
    event: 'factor.removed',
    accountId: account.id,
    factorId: id,
    kind: removed.kind,
    by: caller.accountId,
  });
  await ports.mail.send(factorRemovedMail(account, removed.kind, new Date(ports.clock()), senderOf(ports)));
}
