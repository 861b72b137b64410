import { ConclaveError, type RemovePassword } from '@conclave/protocol';
import { findAccount, updateAccount } from '../../storage/repositories/accounts.ts';
import { deleteLinksOf } from '../../storage/repositories/oneTimeLinks.ts';
import { deleteChallengesOf } from '../../storage/repositories/signInChallenges.ts';
import { lockAccount } from '../../storage/repositories/signOn/identities.ts';
import { senderOf } from '../mail/letter.ts';
import { passwordRemovedMail } from '../mail/messages.ts';
import type { Caller } from './authenticate.ts';
import { refuseWrongPassword } from './changePassword.ts';
import { endSessionsOf } from './endSession.ts';
import type { AccountsPorts } from './ports.ts';

/**
 * Takes one's own password away, where one gets in without: by a passkey, or through a provider, as the policy lets one. Only for
 * whoever knows it: a stolen session is not to lock its owner out. All other sessions end. Of two at once that take a way in away,
 * the second one sees what the first has left.
 * @throws ConclaveError request.invalid when there is none, auth.wrong_credentials, auth.too_many_attempts, account.last_way_in,
 * sign_on.not_ready
 */
export async function removePassword(
  ports: AccountsPorts,
  caller: Caller,
  { current }: RemovePassword,
  address: string,
): Promise<void> {
  const before = await findAccount(ports.db, caller.accountId);
  if (before === null) throw new ConclaveError('auth.required');
  if (before.password_hash === null) throw new ConclaveError('request.invalid');
  await refuseWrongPassword(ports, before, current, address);
  const account = await ports.db.transaction().execute((transaction) =>
    ports.keepWaysIn(transaction, async () => {
      const stands = await lockAccount(transaction, caller.accountId);
      if (stands === null) throw new ConclaveError('auth.required');
      if (stands.password_hash !== before.password_hash) {
        throw new ConclaveError('auth.wrong_credentials', { field: 'current' });
      }
      const without = await updateAccount(transaction, stands.id, { password_hash: null });
      if (without === null || !(await ports.entersWithoutPassword(without, transaction))) {
        throw new ConclaveError('account.last_way_in');
      }
      await deleteLinksOf(transaction, stands.id);
      await deleteChallengesOf(transaction, stands.id);
      return without;
    }),
  );
  await endSessionsOf(ports, account.id, 'account', caller.sessionId);
  ports.emit({ event: 'password.removed', accountId: account.id });
  await ports.mail.send(passwordRemovedMail(account, new Date(ports.clock()), senderOf(ports)));
}
