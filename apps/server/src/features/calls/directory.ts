import { ConclaveError, type DirectoryPage, LIMITS } from '@conclave/protocol';
import type * as z from 'zod/mini';
import { maySearchDirectory } from '../../policy/calls.ts';
import { searchDirectoryRows } from '../../storage/repositories/contacts.ts';
import type { Caller } from '../accounts/authenticate.ts';
import type { CallsPorts } from './ports.ts';
import { refuseOff } from './ring.ts';

/** People of the organisation by a part of their name or address. @throws ConclaveError call.off, auth.forbidden, auth.too_many_attempts */
export async function searchDirectory(
  ports: CallsPorts,
  caller: Caller,
  search: string,
): Promise<z.output<typeof DirectoryPage>> {
  refuseOff(ports);
  if (!maySearchDirectory(caller, ports.policy.current())) throw new ConclaveError('auth.forbidden');
  await ports.searches.begin({ account: caller.accountId, day: caller.accountId });
  const limit = LIMITS.directoryFound;
  const rows = await searchDirectoryRows(ports.db, { search, except: caller.accountId, limit: limit + 1 });
  return {
    people: rows.slice(0, limit).map(({ id, name, email }) => ({ accountId: id, name, email })),
    more: rows.length > limit,
  };
}
