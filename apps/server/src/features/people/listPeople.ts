import { LIMITS, type PeoplePage, type PeopleQuery } from '@conclave/protocol';
import type * as z from 'zod/mini';
import { searchAccounts } from '../../storage/repositories/accounts.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import { presentPerson } from './presentPerson.ts';

/** One page of the people, by name, and how many there are in all. */
export async function listPeople(
  ports: AccountsPorts,
  { search, status, after }: z.output<typeof PeopleQuery>,
): Promise<PeoplePage> {
  const size = LIMITS.peoplePage;
  const { rows, total } = await searchAccounts(ports.db, { search, status, after, limit: size + 1 });
  return { people: rows.slice(0, size).map(presentPerson), total, more: rows.length > size };
}
