import { type Kysely, sql } from 'kysely';

/** Second factors, recovery codes, codes that were sent, and sign-ins that wait for their second step. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table factors (
      id uuid primary key,
      account_id uuid not null references accounts (id) on delete cascade,
      kind text not null check (kind in ('totp', 'email', 'sms', 'passkey')),
      name text not null,
      created_at timestamptz not null,
      last_used_at timestamptz,
      pending_until timestamptz,
      sealed bytea,
      last_step bigint,
      credential_id text unique,
      public_key bytea,
      counter bigint,
      transports text[],
      check ((kind in ('totp', 'sms')) = (sealed is not null)),
      check ((kind = 'passkey') = (credential_id is not null)),
      check ((kind = 'passkey') = (public_key is not null)),
      check ((kind = 'passkey') = (counter is not null))
    )`.execute(db);
  await sql`create index factors_by_account on factors (account_id, created_at)`.execute(db);
  await sql`
    create unique index factors_one_sent on factors (account_id, kind)
      where kind in ('email', 'sms') and pending_until is null`.execute(db);

  await sql`
    create table recovery_codes (
      account_id uuid not null references accounts (id) on delete cascade,
      code_hash bytea not null check (octet_length(code_hash) = 32),
      primary key (account_id, code_hash)
    )`.execute(db);

  await sql`
    create table sent_codes (
      purpose bytea not null check (octet_length(purpose) = 32),
      account_id uuid not null references accounts (id) on delete cascade,
      code_hash bytea not null check (octet_length(code_hash) = 32),
      tries_left int not null,
      expires_at timestamptz not null,
      primary key (purpose)
    )`.execute(db);
  await sql`create index sent_codes_by_end on sent_codes (expires_at)`.execute(db);
  await sql`create index sent_codes_by_account on sent_codes (account_id)`.execute(db);

  await sql`
    create table sign_in_challenges (
      token_hash bytea primary key check (octet_length(token_hash) = 32),
      account_id uuid not null references accounts (id) on delete cascade,
      method text not null,
      tries_left int not null,
      expires_at timestamptz not null
    )`.execute(db);
  await sql`create index sign_in_challenges_by_end on sign_in_challenges (expires_at)`.execute(db);
  await sql`create index sign_in_challenges_by_account on sign_in_challenges (account_id)`.execute(db);

  await sql`
    create table spent_challenges (
      challenge_hash bytea primary key check (octet_length(challenge_hash) = 32),
      expires_at timestamptz not null
    )`.execute(db);
  await sql`create index spent_challenges_by_end on spent_challenges (expires_at)`.execute(db);
}
