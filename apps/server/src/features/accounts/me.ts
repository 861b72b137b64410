import { type Account, type ChangeProfile, ConclaveError, type Me } from '@conclave/protocol';
import { findAccount, hasOwner, updateAccount } from '../../storage/repositories/accounts.ts';
import type { Caller } from './authenticate.ts';
import type { AccountsPorts } from './ports.ts';
import { presentAccount } from './presentAccount.ts';

/** Who is calling, and whether the service still waits for its owner. */
export async function me(ports: AccountsPorts, caller: Caller | null): Promise<Me> {
  if (caller === null) return { account: null, needsOwner: !(await hasOwner(ports.db)) };
  const row = await findAccount(ports.db, caller.accountId);
  const account = row === null ? null : await presentAccount(ports.db, row, caller.restricted);
  return { account, needsOwner: false };
}

/** Another name, from now on: in meetings that go on it stays what it was. Or another language of mails. */
export async function changeProfile(
  ports: AccountsPorts,
  caller: Caller,
  { name, mailLanguage }: ChangeProfile,
): Promise<Account> {
  const row = await updateAccount(ports.db, caller.accountId, { name, mail_language: mailLanguage });
  if (row === null) throw new ConclaveError('auth.required');
  const { role_id: role, status } = row;
  const by = caller.accountId;
  const what = [
    ...(name === undefined ? [] : (['name'] as const)),
    ...(mailLanguage === undefined ? [] : (['mail-language'] as const)),
  ];
  if (what.length > 0) ports.emit({ event: 'person.changed', accountId: row.id, by, what, role, status });
  return presentAccount(ports.db, row, caller.restricted);
}
