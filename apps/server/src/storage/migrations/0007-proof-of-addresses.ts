import { type Kysely, sql } from 'kysely';

/** Whose each mail is, which stays known when the address changes; and whether a link went by mail alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table mails add column account_id uuid references accounts (id) on delete cascade`.execute(
    db,
  );
  await sql`
    update mails set account_id = accounts.id from accounts where accounts.email = mails.recipient`.execute(
    db,
  );
  await sql`create index mails_by_account on mails (account_id)`.execute(db);
  // Of those that are there already, an administrator may have seen every one.
  await sql`alter table one_time_links add column mailed boolean not null default false`.execute(db);
}
