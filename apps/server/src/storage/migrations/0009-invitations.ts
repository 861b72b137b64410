import { type Kysely, sql } from 'kysely';

/** When meetings take place, who helps their hosts, and who is invited. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // `sequence` counts what calendars have to be told of (RFC 5545 section 3.8.7.4).
  await sql`
    alter table meetings
      add column schedule jsonb,
      add column sequence integer not null default 0`.execute(db);

  await sql`
    create table meeting_cohosts (
      meeting_id text not null references meetings (id) on delete cascade,
      account_id uuid not null references accounts (id) on delete cascade,
      controls text[] not null,
      added_at timestamptz not null,
      primary key (meeting_id, account_id)
    )`.execute(db);
  await sql`create index meeting_cohosts_by_account on meeting_cohosts (account_id)`.execute(db);

  await sql`
    create table invitations (
      id uuid primary key,
      meeting_id text not null references meetings (id) on delete cascade,
      name text not null,
      email text check (email = lower(email)),
      token_hash bytea not null unique check (octet_length(token_hash) = 32),
      generation integer not null,
      made_at timestamptz not null,
      mailed_at timestamptz,
      mailed_sequence integer,
      seen_at timestamptz,
      used_at timestamptz,
      revoked_at timestamptz
    )`.execute(db);
  await sql`create index invitations_by_meeting on invitations (meeting_id, made_at)`.execute(db);
  await sql`create index invitations_by_email on invitations (email) where email is not null`.execute(db);

  // What a mail carries besides its text; gone with the text once it was sent.
  await sql`alter table mails add column extra jsonb`.execute(db);
}
