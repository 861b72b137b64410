import { type Kysely, sql } from 'kysely';

/** Who was removed from a meeting for good. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table meeting_removals (
      meeting_id text not null references meetings (id) on delete cascade,
      id text not null,
      name text not null,
      account_id uuid references accounts (id) on delete cascade,
      invitation_id uuid,
      visitor_key text,
      removed_at timestamptz not null,
      primary key (meeting_id, id)
    )`.execute(db);
  await sql`create index meeting_removals_by_account on meeting_removals (account_id)`.execute(db);
}
