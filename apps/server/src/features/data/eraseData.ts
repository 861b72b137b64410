import { type AccountId, ConclaveError, type Erasure } from '@conclave/protocol';
import { type AccountRow, findAccount, lockActiveOwners } from '../../storage/repositories/accounts.ts';
import { deleteContactsTo } from '../../storage/repositories/contacts.ts';
import { deleteInvitationsTo } from '../../storage/repositories/invitations.ts';
import { listMeetingsOf } from '../../storage/repositories/meetings.ts';
import { deleteMailsOf } from '../../storage/repositories/personalData.ts';
import { listSessionsOf } from '../../storage/repositories/sessions.ts';
import type { Db } from '../../storage/tables.ts';
import type { Caller } from '../accounts/authenticate.ts';
import { tellEnd } from '../accounts/endSession.ts';
import { findManaged } from '../people/manage.ts';
import type { DataPorts } from './ports.ts';

/**
 * One's own account and all that belongs to it. @param email typed once more
 * @throws ConclaveError request.invalid when it is another one, account.last_owner
 */
export async function eraseOwnData(ports: DataPorts, caller: Caller, email: string): Promise<Erasure> {
  const account = await findAccount(ports.accounts.db, caller.accountId);
  if (account === null) throw new ConclaveError('request.not_found');
  refuseOther(account, email);
  return eraseAccount(ports, account, caller.accountId);
}

/**
 * Somebody else's. @param email of the account, typed once more
 * @throws ConclaveError request.not_found, request.invalid, account.beyond_you, account.last_owner
 */
export async function eraseDataOf(
  ports: DataPorts,
  caller: Caller,
  id: AccountId,
  email: string,
): Promise<Erasure> {
  const account = await findManaged(ports.accounts.db, caller, id);
  refuseOther(account, email);
  return eraseAccount(ports, account, caller.accountId);
}

function refuseOther(account: AccountRow, email: string): void {
  if (email.trim().toLowerCase() !== account.email)
    throw new ConclaveError('request.invalid', { field: 'email' });
}

/**
 * The account, its sessions, factors and links, its meetings with whom they invited, the invitations to its address, its
 * place in the contacts of others, and the mails to its addresses, former ones too (GDPR article 17). Whoever is in
 * one of the meetings is put out, and so is the person from those of others.
 * @param by who did it; null for the periods of retention
 * @throws ConclaveError account.last_owner, sign_on.not_ready
 */
export async function eraseAccount(
  { accounts, meetings }: DataPorts,
  account: AccountRow,
  by: AccountId | null,
): Promise<Erasure> {
  const { id: accountId, email } = account;
  const sessions = await listSessionsOf(accounts.db, accountId);
  const owned = await listMeetingsOf(accounts.db, accountId);
  let uninvited: Awaited<ReturnType<typeof deleteInvitationsTo>> = [];
  const erase = async (transaction: Db) => {
    if (account.role_id === 'owner') {
      const owners = await lockActiveOwners(transaction);
      if (!owners.some((id) => id !== accountId)) throw new ConclaveError('account.last_owner');
    }
    const deleted = await deleteMailsOf(transaction, account);
    // What hangs on it goes with it: the tables say so (on delete cascade), but for the sessions, which are told below.
    await transaction.deleteFrom('accounts').where('id', '=', accountId).execute();
    uninvited = await deleteInvitationsTo(transaction, email);
    await deleteContactsTo(transaction, email);
    return deleted;
  };
  const mails = await accounts.db
    .transaction()
    .execute((transaction) =>
      account.role_id === 'owner'
        ? accounts.keepWaysIn(transaction, () => erase(transaction))
        : erase(transaction),
    );
  for (const { id: sessionId } of sessions) {
    tellEnd(accounts, { accountId, sessionId, by: 'account' });
  }
  for (const { id } of owned) meetings.meetingNews.tell({ meetingId: id, news: 'deleted' });
  for (const { id, meeting_id } of uninvited) {
    accounts.emit({ event: 'invitation.deleted', accountId: null, meetingId: meeting_id, invitationId: id });
    meetings.meetingNews.tell({ meetingId: meeting_id, news: 'uninvited', invitationId: id });
  }
  const counts = { sessions: sessions.length, meetings: owned.length, mails };
  accounts.emit({ event: 'data.erased', accountId, by, ...counts });
  return { ...counts, stays: ['log', 'backups', 'meetings-of-others'] };
}
