import type { Me } from '@conclave/protocol';
import { findAccount, hasOwner, presentAccount } from '../../storage/repositories/accounts.ts';
import type { Caller } from './authenticate.ts';
import type { AccountsPorts } from './ports.ts';

/** Who is calling, and whether the service still waits for its owner. */
export async function me(ports: AccountsPorts, caller: Caller | null): Promise<Me> {
  if (caller === null) return { account: null, needsOwner: !(await hasOwner(ports.db)) };
  const row = await findAccount(ports.db, caller.accountId);
  return { account: row === null ? null : presentAccount(row), needsOwner: false };
}
