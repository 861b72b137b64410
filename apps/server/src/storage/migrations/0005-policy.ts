import { type Kysely, sql } from 'kysely';

/** What each meeting has chosen for itself. Until now none could choose anything. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table meetings add column choices jsonb not null default '{}'`.execute(db);
  await sql`create index meetings_by_use on meetings (coalesce(last_used_at, created_at))`.execute(db);
}
