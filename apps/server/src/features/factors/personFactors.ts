import { type AccountId, ConclaveError, type PersonFactors } from '@conclave/protocol';
import { findAccount } from '../../storage/repositories/accounts.ts';
import { deleteAllFactors, lockFactors } from '../../storage/repositories/factors.ts';
import { replaceRecoveryCodes } from '../../storage/repositories/recoveryCodes.ts';
import { deleteSentCodesOf } from '../../storage/repositories/sentCodes.ts';
import { deleteChallengesOf } from '../../storage/repositories/signInChallenges.ts';
import type { Db } from '../../storage/tables.ts';
import type { Caller } from '../accounts/authenticate.ts';
import { endSessionsOf } from '../accounts/endSession.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import { senderOf } from '../mail/letter.ts';
import { findManaged } from '../people/manage.ts';
import { heldFactors } from './heldFactors.ts';
import { factorsResetMail } from './mails.ts';

/** What an administrator sees of somebody's second factors: which kinds there are. */
export async function personFactors(ports: AccountsPorts, id: AccountId): Promise<PersonFactors> {
  const account = await findAccount(ports.db, id);
  if (account === null) throw new ConclaveError('request.not_found');
  const { kinds, recoveryCodes } = await heldFactors(ports, account.id);
  return { kinds: [...kinds], recoveryCodes };
}

/**
 * For somebody who has lost what they had: all second factors and recovery codes go, and all sessions end. They are told, so
 * that it cannot be done behind their back.
 * @throws ConclaveError request.not_found; account.beyond_you for somebody who may do more than the caller; sign_on.not_ready
 */
export async function resetFactors(ports: AccountsPorts, caller: Caller, id: AccountId): Promise<void> {
  const account = await findManaged(ports.db, caller, id);
  const remove = async (transaction: Db) => {
    const held = await lockFactors(transaction, account.id);
    await deleteAllFactors(transaction, account.id);
    await replaceRecoveryCodes(transaction, account.id, []);
    await deleteSentCodesOf(transaction, account.id);
    await deleteChallengesOf(transaction, account.id);
    return held;
  };
  const removed = await ports.db
    .transaction()
    .execute((transaction) =>
      account.role_id === 'owner'
        ? ports.keepWaysIn(transaction, () => remove(transaction))
        : remove(transaction),
    );
  for (const { id: factorId, kind } of removed) {
    ports.emit({ event: 'factor.removed', accountId: account.id, factorId, kind, by: caller.accountId });
  }
  await endSessionsOf(ports, account.id, 'account');
  const hasPassword = account.password_hash !== null;
  await ports.mail.send(factorsResetMail(account, hasPassword, new Date(ports.clock()), senderOf(ports)));
}
