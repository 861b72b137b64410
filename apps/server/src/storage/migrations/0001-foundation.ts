import { type Kysely, sql } from 'kysely';

/** Accounts, sessions, meetings, one-time links. Rules that must hold whatever the code does are in the schema. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table accounts (
      id uuid primary key,
      email text not null unique check (email = lower(email)),
      name text not null,
      role text not null check (role in ('owner', 'member')),
      password_hash text not null,
      created_at timestamptz not null
    )`.execute(db);
  await sql`create unique index accounts_one_owner on accounts (role) where role = 'owner'`.execute(db);

  await sql`
    create table sessions (
      id uuid primary key,
      account_id uuid not null references accounts (id) on delete cascade,
      token_hash bytea not null unique check (octet_length(token_hash) = 32),
      device text not null,
      created_at timestamptz not null,
      last_seen_at timestamptz not null
    )`.execute(db);
  await sql`create index sessions_by_account on sessions (account_id)`.execute(db);
  await sql`create index sessions_by_last_seen on sessions (last_seen_at)`.execute(db);

  await sql`
    create table meetings (
      id text primary key,
      owner_id uuid not null references accounts (id) on delete cascade,
      title text,
      verifier bytea not null check (octet_length(verifier) = 32),
      created_at timestamptz not null,
      last_used_at timestamptz
    )`.execute(db);
  await sql`create index meetings_by_owner on meetings (owner_id, created_at desc)`.execute(db);

  await sql`
    create table one_time_links (
      token_hash bytea primary key check (octet_length(token_hash) = 32),
      purpose text not null check (purpose in ('owner')),
      created_at timestamptz not null,
      expires_at timestamptz not null
    )`.execute(db);

  await sql`create table installation (key text primary key, value text not null)`.execute(db);
}
