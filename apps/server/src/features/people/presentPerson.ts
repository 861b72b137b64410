import type { Person } from '@conclave/protocol';
import type { AccountRow } from '../../storage/repositories/accounts.ts';

/** An account as an administrator sees it. */
export function presentPerson(row: AccountRow): Person {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role_id,
    status: row.status,
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
  };
}
