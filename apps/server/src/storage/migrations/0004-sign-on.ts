import { type Kysely, sql } from 'kysely';

/** Sign-on with accounts of somewhere else, and provisioning (SCIM). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sign_on_providers (
      id uuid primary key,
      kind text not null check (kind in ('oidc', 'saml')),
      name text not null,
      enabled boolean not null,
      domains text[] not null,
      config jsonb not null,
      secret bytea,
      created_at timestamptz not null,
      changed_at timestamptz not null,
      last_used_at timestamptz
    )`.execute(db);

  await sql`
    create table sign_on_identities (
      id uuid primary key,
      provider_id uuid not null references sign_on_providers (id) on delete cascade,
      issuer text not null,
      subject text not null,
      account_id uuid not null references accounts (id) on delete cascade,
      email text,
      created_at timestamptz not null,
      last_used_at timestamptz,
      unique (provider_id, issuer, subject)
    )`.execute(db);
  await sql`create index sign_on_identities_by_account on sign_on_identities (account_id)`.execute(db);

  await sql`
    create table sign_on_pending (
      token_hash bytea primary key check (octet_length(token_hash) = 32),
      provider_id uuid not null references sign_on_providers (id) on delete cascade,
      request_id text unique,
      state bytea not null,
      expires_at timestamptz not null
    )`.execute(db);
  await sql`create index sign_on_pending_by_expiry on sign_on_pending (expires_at)`.execute(db);

  await sql`
    create table sign_on_seen (
      what bytea primary key check (octet_length(what) = 32),
      expires_at timestamptz not null
    )`.execute(db);

  await sql`
    create table sign_on_sessions (
      session_id uuid primary key references sessions (id) on delete cascade,
      provider_id uuid not null references sign_on_providers (id) on delete cascade,
      subject text not null,
      sid text
    )`.execute(db);
  await sql`create index sign_on_sessions_by_subject on sign_on_sessions (provider_id, subject)`.execute(db);
  await sql`create index sign_on_sessions_by_sid on sign_on_sessions (provider_id, sid)`.execute(db);

  await sql`
    create table scim_tokens (
      id uuid primary key,
      name text not null,
      token_hash bytea not null unique check (octet_length(token_hash) = 32),
      provider_id uuid references sign_on_providers (id) on delete set null,
      created_at timestamptz not null,
      last_used_at timestamptz
    )`.execute(db);

  await sql`
    create table scim_users (
      account_id uuid primary key references accounts (id) on delete cascade,
      provider_id uuid references sign_on_providers (id) on delete set null,
      external_id text,
      given_name text,
      family_name text,
      deleted boolean not null,
      suspended boolean not null,
      created_at timestamptz not null,
      changed_at timestamptz not null
    )`.execute(db);
  await sql`create index scim_users_by_external_id on scim_users (external_id)`.execute(db);

  await sql`
    create table scim_groups (
      id uuid primary key,
      display_name text not null,
      external_id text,
      created_at timestamptz not null,
      changed_at timestamptz not null
    )`.execute(db);
  await sql`create unique index scim_groups_by_name on scim_groups (lower(display_name))`.execute(db);
  await sql`
    create table scim_members (
      group_id uuid not null references scim_groups (id) on delete cascade,
      account_id uuid not null references accounts (id) on delete cascade,
      primary key (group_id, account_id)
    )`.execute(db);
  await sql`create index scim_members_by_account on scim_members (account_id)`.execute(db);
}
