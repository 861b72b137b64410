import { type Kysely, sql } from 'kysely';

/** The log of the keys by which browsers are known in meetings. Rows are added and marked, never taken away by themselves. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table device_keys (
      id uuid primary key,
      account_id uuid not null references accounts (id) on delete cascade,
      session_id uuid references sessions (id) on delete set null,
      public_key bytea not null check (octet_length(public_key) = 32),
      device text not null,
      created_at timestamptz not null,
      last_used_at timestamptz not null,
      revoked_at timestamptz,
      unique (account_id, public_key)
    )`.execute(db);
  await sql`create index device_keys_by_session on device_keys (session_id)`.execute(db);
}
