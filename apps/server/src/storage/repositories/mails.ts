import type { Insertable, Selectable } from 'kysely';
import type { Db, Tables } from '../tables.ts';

export type MailRow = Selectable<Tables['mails']>;
export type NewMail = Insertable<Tables['mails']>;

/** @param mail without an `account_id` it belongs to whoever has the address now */
export async function insertMail(db: Db, { account_id, ...mail }: NewMail): Promise<void> {
  await db
    .insertInto('mails')
    .values((values) => ({
      ...mail,
      account_id:
        account_id ??
        values.selectFrom('accounts').select('accounts.id').where('accounts.email', '=', mail.recipient),
    }))
    .execute();
}

/** Takes the ones whose turn it is, so that no other node sends them too: they are left alone until `leaseUntil`. */
export async function takeWaitingMails(
  db: Db,
  now: Date,
  leaseUntil: Date,
  limit: number,
): Promise<MailRow[]> {
  return db
    .updateTable('mails')
    .set((set) => ({ next_attempt_at: leaseUntil, attempts: set('attempts', '+', 1) }))
    .where('id', 'in', (select) =>
      select
        .selectFrom('mails')
        .select('id')
        .where('state', '=', 'waiting')
        .where('next_attempt_at', '<=', now)
        .orderBy('next_attempt_at')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .execute();
}

export async function markMail(
  db: Db,
  id: string,
  change: { state?: MailRow['state']; next_attempt_at?: Date; body?: null; extra?: null },
): Promise<void> {
  await db.updateTable('mails').set(change).where('id', '=', id).execute();
}

/** The newest first. */
export async function listMailRows(db: Db, limit: number): Promise<MailRow[]> {
  return db
    .selectFrom('mails')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
}
