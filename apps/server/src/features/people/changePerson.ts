import { type AccountId, type ChangePerson, ConclaveError, type Person } from '@conclave/protocol';
import {
  type AccountRow,
  lockAccount,
  lockActiveOwners,
  updateAccount,
} from '../../storage/repositories/accounts.ts';
import { forgetDevices } from '../../storage/repositories/knownDevices.ts';
import { deleteLinksOf } from '../../storage/repositories/oneTimeLinks.ts';
import type { Db } from '../../storage/tables.ts';
import type { Caller } from '../accounts/authenticate.ts';
import { endSessionsOf } from '../accounts/endSession.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import { findManaged, refuseRoleBeyond } from './manage.ts';
import { presentPerson } from './presentPerson.ts';

/**
 * Another name, another role, suspended or let in again. A suspended person is out of everything at once: sessions, sockets,
 * meetings. Nobody does that to themselves, and one owner always remains.
 * @throws ConclaveError request.not_found, account.beyond_you, account.last_owner, role.not_found, auth.forbidden,
 * sign_on.not_ready
 */
export async function changePerson(
  ports: AccountsPorts,
  caller: Caller,
  id: AccountId,
  change: ChangePerson,
): Promise<Person> {
  const before = await findManaged(ports.db, caller, id);
  if (change.role !== undefined) await refuseRoleBeyond(ports.db, caller, change.role);
  if (id === caller.accountId && change.status === 'suspended') throw new ConclaveError('auth.forbidden');
  if (before.status === 'invited' && change.status === 'active') {
    // Who never chose a password is not let in by somebody else's word.
    throw new ConclaveError('request.invalid', { field: 'status' });
  }
  return presentPerson(await applyChange(ports, before, change, caller.accountId));
}

/** The same for whoever is allowed to by other means: a directory that says who works here. @throws ConclaveError account.last_owner, sign_on.not_ready */
export async function applyChange(
  ports: AccountsPorts,
  before: AccountRow,
  change: ChangePerson,
  by: AccountId | null,
): Promise<AccountRow> {
  const now = new Date(ports.clock());
  const suspended = change.status === 'suspended' && before.status !== 'suspended';
  const ownerGoes =
    before.role_id === 'owner' && ((change.role !== undefined && change.role !== 'owner') || suspended);
  const store = async (transaction: Db) => {
    if (ownerGoes) {
      const owners = await lockActiveOwners(transaction);
      if (!owners.some((id) => id !== before.id)) throw new ConclaveError('account.last_owner');
    }
    await lockAccount(transaction, before.id, before.status);
    // A link that somebody saw while the person could do less is not to let them in with more.
    const otherRole = change.role !== undefined && change.role !== before.role_id;
    if (suspended || otherRole) await deleteLinksOf(transaction, before.id);
    if (suspended) {
      await forgetDevices(transaction, before.id);
    }
    return updateAccount(transaction, before.id, {
      name: change.name,
      role_id: change.role,
      status: change.status,
      suspended_at: suspended ? now : change.status === 'active' ? null : undefined,
    });
  };
  const row = await ports.db
    .transaction()
    .execute((transaction) =>
      ownerGoes ? ports.keepWaysIn(transaction, () => store(transaction)) : store(transaction),
    );
  if (row === null) throw new ConclaveError('request.not_found');
  if (row.status === 'suspended') await endSessionsOf(ports, row.id, 'account');
  tellChange(ports, before, row, by);
  return row;
}

function tellChange(ports: AccountsPorts, before: AccountRow, row: AccountRow, by: AccountId | null): void {
  const what = (
    [
      ['name', before.name !== row.name],
      ['role', before.role_id !== row.role_id],
      ['status', before.status !== row.status],
    ] as const
  ).flatMap(([name, changed]) => (changed ? [name] : []));
  if (what.length === 0) return;
  const { id: accountId, role_id: role, status } = row;
  ports.emit({ event: 'person.changed', accountId, by, what, role, status });
}

/** Out of everything, everywhere, at once. @throws ConclaveError account.last_owner */
export function suspendAccount(
  ports: AccountsPorts,
  account: AccountRow,
  by: AccountId | null,
): Promise<AccountRow> {
  return applyChange(ports, account, { status: 'suspended' }, by);
}

/** May sign in again. */
export function restoreAccount(
  ports: AccountsPorts,
  account: AccountRow,
  by: AccountId | null,
): Promise<AccountRow> {
  return applyChange(ports, account, { status: 'active' }, by);
}
