import type { AccountId, MeetingChoices, MeetingId, Schedule } from '@conclave/protocol';
import type { Selectable } from 'kysely';
import type { Db, Tables } from '../tables.ts';

export type MeetingRow = Selectable<Tables['meetings']>;

/** False when the id is taken. */
export async function insertMeeting(db: Db, meeting: MeetingRow): Promise<boolean> {
  const result = await db
    .insertInto('meetings')
    .values({
      ...meeting,
      choices: JSON.stringify(meeting.choices),
      schedule: meeting.schedule === null ? null : JSON.stringify(meeting.schedule),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function findMeeting(db: Db, id: MeetingId): Promise<MeetingRow | null> {
  const row = await db.selectFrom('meetings').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

/** Those that somebody is a co-host of, the newest first. */
export async function listMeetingsHelped(db: Db, accountId: AccountId): Promise<MeetingRow[]> {
  return db
    .selectFrom('meetings')
    .innerJoin('meeting_cohosts', 'meeting_cohosts.meeting_id', 'meetings.id')
    .selectAll('meetings')
    .where('meeting_cohosts.account_id', '=', accountId)
    .orderBy('meetings.created_at', 'desc')
    .orderBy('meetings.id')
    .execute();
}

/** The newest first. */
export async function listMeetingsOf(db: Db, ownerId: AccountId): Promise<MeetingRow[]> {
  return db
    .selectFrom('meetings')
    .selectAll()
    .where('owner_id', '=', ownerId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function countMeetingsOf(db: Db, ownerId: AccountId): Promise<number> {
  const row = await db
    .selectFrom('meetings')
    .select((select) => select.fn.countAll<string | number>().as('count'))
    .where('owner_id', '=', ownerId)
    .where('is_call', '=', false)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export interface MeetingChange {
  readonly title?: string | null;
  readonly verifier?: Uint8Array;
  readonly choices?: MeetingChoices;
  readonly schedule?: Schedule | null;
}

/** The meeting as it is after the change, or null when there is none. */
export async function updateMeeting(
  db: Db,
  id: MeetingId,
  change: MeetingChange,
): Promise<MeetingRow | null> {
  const row = await db
    .updateTable('meetings')
    .set((set) => ({
      ...((change.title !== undefined || change.schedule !== undefined) && {
        sequence: set('sequence', '+', 1),
      }),
      ...(change.title !== undefined && { title: change.title }),
      ...(change.verifier !== undefined && { verifier: change.verifier }),
      ...(change.choices !== undefined && { choices: JSON.stringify(change.choices) }),
      ...(change.schedule !== undefined && {
        schedule: change.schedule === null ? null : JSON.stringify(change.schedule),
      }),
    }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

export async function markMeetingUsed(db: Db, id: MeetingId, at: Date): Promise<void> {
  await db.updateTable('meetings').set({ last_used_at: at }).where('id', '=', id).execute();
}

export async function deleteMeetingRow(db: Db, id: MeetingId): Promise<boolean> {
  const result = await db.deleteFrom('meetings').where('id', '=', id).executeTakeFirst();
  return result.numDeletedRows === 1n;
}
