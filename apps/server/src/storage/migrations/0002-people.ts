import { type Kysely, sql } from 'kysely';

/**
 * Roles with permissions, people who are invited or suspended, links that are sent by mail, the mails themselves, and
 * settings that are changed in the service. Whoever had an account could make meetings: they are organisers now.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table roles (
      id uuid primary key,
      name text not null,
      permissions text[] not null,
      created_at timestamptz not null
    )`.execute(db);
  await sql`create unique index roles_by_name on roles (lower(name))`.execute(db);

  await sql`drop index accounts_one_owner`.execute(db);
  await sql`alter table accounts drop constraint accounts_role_check`.execute(db);
  await sql`alter table accounts rename column role to role_id`.execute(db);
  await sql`update accounts set role_id = 'organiser' where role_id = 'member'`.execute(db);
  await sql`
    alter table accounts add constraint accounts_role_check check (
      role_id in ('owner', 'administrator', 'auditor', 'organiser', 'member') or role_id ~ '^[0-9a-f-]{36}$'
    )`.execute(db);
  await sql`
    alter table accounts
      alter column password_hash drop not null,
      add column status text not null default 'active' check (status in ('invited', 'active', 'suspended')),
      add column suspended_at timestamptz,
      add column email_verified_at timestamptz,
      add column last_seen_at timestamptz`.execute(db);
  await sql`create index accounts_by_role on accounts (role_id)`.execute(db);
  await sql`create index accounts_by_name on accounts (lower(name), id)`.execute(db);

  await sql`
    alter table sessions
      add column name text,
      add column method text not null default 'password',
      add column restricted boolean not null default false,
      add column confirmed_at timestamptz`.execute(db);
  await sql`update sessions set confirmed_at = created_at`.execute(db);
  await sql`alter table sessions alter column confirmed_at set not null`.execute(db);

  await sql`
    alter table one_time_links
      drop constraint one_time_links_purpose_check,
      add column account_id uuid references accounts (id) on delete cascade,
      add constraint one_time_links_purpose_check
        check ((purpose = 'owner') = (account_id is null) and purpose in ('owner', 'invitation', 'reset'))
    `.execute(db);
  await sql`create index one_time_links_by_account on one_time_links (account_id, purpose)`.execute(db);

  await sql`
    create table known_devices (
      token_hash bytea primary key check (octet_length(token_hash) = 32),
      account_id uuid not null references accounts (id) on delete cascade,
      created_at timestamptz not null,
      last_seen_at timestamptz not null
    )`.execute(db);
  await sql`create index known_devices_by_account on known_devices (account_id, last_seen_at)`.execute(db);

  await sql`
    create table mails (
      id uuid primary key,
      kind text not null,
      recipient text not null,
      subject text not null,
      body text,
      state text not null check (state in ('waiting', 'sent', 'failed', 'kept')),
      attempts int not null default 0,
      created_at timestamptz not null,
      next_attempt_at timestamptz not null
    )`.execute(db);
  await sql`create index mails_by_time on mails (created_at desc, id)`.execute(db);
  await sql`create index mails_waiting on mails (next_attempt_at) where state = 'waiting'`.execute(db);

  await sql`
    create table settings (
      key text primary key,
      value jsonb not null,
      changed_at timestamptz not null
    )`.execute(db);
}
