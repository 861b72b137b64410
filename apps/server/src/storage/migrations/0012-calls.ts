import { type Kysely, sql } from 'kysely';

/** Calls without a meeting: how people want to be called, whom they know, whom they do not hear, and whom they missed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Whoever has no row has changed nothing.
  await sql`
    create table call_settings (
      account_id uuid primary key references accounts (id) on delete cascade,
      quiet boolean not null,
      quiet_until timestamptz,
      listed boolean not null,
      mail_missed boolean not null
    )`.execute(db);

  await sql`
    create table contacts (
      id uuid primary key,
      account_id uuid not null references accounts (id) on delete cascade,
      name text not null,
      email text check (email = lower(email)),
      member_id uuid references accounts (id) on delete cascade,
      token_hash bytea unique check (octet_length(token_hash) = 32),
      generation integer not null,
      made_at timestamptz not null,
      link_seen_at timestamptz,
      check (member_id is null or token_hash is null)
    )`.execute(db);
  await sql`create unique index contacts_by_email on contacts (account_id, email)`.execute(db);
  await sql`create unique index contacts_by_member on contacts (account_id, member_id)`.execute(db);
  await sql`create index contacts_of_member on contacts (member_id)`.execute(db);

  await sql`
    create table blocked_callers (
      account_id uuid not null references accounts (id) on delete cascade,
      caller_id uuid not null references accounts (id) on delete cascade,
      blocked_at timestamptz not null,
      primary key (account_id, caller_id)
    )`.execute(db);
  await sql`create index blocked_callers_by_caller on blocked_callers (caller_id)`.execute(db);

  // There is a row from the first moment of a ring, which goes when somebody answers or declines: what a crash leaves was missed.
  await sql`
    create table missed_calls (
      id uuid primary key,
      account_id uuid not null references accounts (id) on delete cascade,
      caller_id uuid references accounts (id) on delete cascade,
      contact_id uuid references contacts (id) on delete cascade,
      rung_at timestamptz not null,
      seen_at timestamptz,
      check ((caller_id is null) <> (contact_id is null))
    )`.execute(db);
  await sql`create index missed_calls_by_account on missed_calls (account_id, rung_at)`.execute(db);
  await sql`create index missed_calls_by_caller on missed_calls (caller_id)`.execute(db);
  await sql`create index missed_calls_by_contact on missed_calls (contact_id)`.execute(db);
  await sql`create index missed_calls_by_age on missed_calls (rung_at)`.execute(db);

  // The meeting of a call is in nobody's list, and goes soon after it.
  await sql`alter table meetings add column is_call boolean not null default false`.execute(db);
  await sql`create index meetings_of_calls on meetings (created_at) where is_call`.execute(db);
}
