import { type AccountId, ConclaveError, type DirectoryPerson, LIMITS } from '@conclave/protocol';
import type * as z from 'zod/mini';
import { findAccount } from '../../storage/repositories/accounts.ts';
import {
  countBlocked,
  deleteBlocked,
  insertBlocked,
  listBlockedRows,
} from '../../storage/repositories/calls.ts';
import type { Caller } from '../accounts/authenticate.ts';
import type { CallsPorts } from './ports.ts';

export async function listBlocked(
  { db }: CallsPorts,
  { accountId }: Caller,
): Promise<z.output<typeof DirectoryPerson>[]> {
  return (await listBlockedRows(db, accountId)).map(({ id, ...person }) => ({ accountId: id, ...person }));
}

/** Also a ring that is heard now falls silent; the caller notices nothing. @throws ConclaveError request.invalid, contact.limit */
export async function blockCaller(
  ports: CallsPorts,
  { accountId }: Caller,
  caller: AccountId,
): Promise<void> {
  if (caller === accountId) throw new ConclaveError('request.invalid', { field: 'accountId' });
  if ((await countBlocked(ports.db, accountId)) >= LIMITS.blockedCallers)
    throw new ConclaveError('contact.limit');
  // The same answer whether or not there is such an account.
  if ((await findAccount(ports.db, caller)) !== null)
    await insertBlocked(ports.db, {
      account_id: accountId,
      caller_id: caller,
      blocked_at: new Date(ports.clock()),
    });
  ports.emit({ event: 'caller.blocked', accountId });
  for (const { id, owner } of ports.desk.heardBy(accountId)) {
    if (owner.kind === 'member' && owner.accountId === caller) ports.desk.hush(id);
  }
}

/** @throws ConclaveError contact.not_found */
export async function unblockCaller(
  ports: CallsPorts,
  { accountId }: Caller,
  caller: AccountId,
): Promise<void> {
  if (!(await deleteBlocked(ports.db, accountId, caller))) throw new ConclaveError('contact.not_found');
  ports.emit({ event: 'caller.unblocked', accountId });
}
