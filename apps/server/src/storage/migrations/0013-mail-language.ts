import { type Kysely, sql } from 'kysely';

/** What somebody's mails are written in. Null: as the organisation has set it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table accounts
      add column mail_language text check (mail_language in ('en', 'de', 'fr', 'es'))`.execute(db);
}
