import type { AccountId, MeetingId } from '@conclave/protocol';
import type { Db } from '../tables.ts';

export interface CohostRow {
  readonly meeting_id: MeetingId;
  readonly account_id: AccountId;
  readonly controls: string[];
  readonly name: string;
  readonly email: string;
}

/** Of all these meetings, by name. */
export async function listCohosts(db: Db, meetingIds: readonly MeetingId[]): Promise<CohostRow[]> {
  if (meetingIds.length === 0) return [];
  return db
    .selectFrom('meeting_cohosts')
    .innerJoin('accounts', 'accounts.id', 'meeting_cohosts.account_id')
    .select([
      'meeting_cohosts.meeting_id',
      'meeting_cohosts.account_id',
      'meeting_cohosts.controls',
      'accounts.name',
      'accounts.email',
    ])
    .where('meeting_cohosts.meeting_id', 'in', [...meetingIds])
    .orderBy('accounts.name')
    .orderBy('accounts.id')
    .execute();
}

/** Adds them, or gives them other controls. */
export async function setCohost(
  db: Db,
  cohost: { meeting_id: MeetingId; account_id: AccountId; controls: string[]; added_at: Date },
): Promise<void> {
  await db
    .insertInto('meeting_cohosts')
    .values(cohost)
    .onConflict((conflict) =>
      conflict.columns(['meeting_id', 'account_id']).doUpdateSet({ controls: cohost.controls }),
    )
    .execute();
}

/** False when they were none. */
export async function removeCohostRow(db: Db, meetingId: MeetingId, accountId: AccountId): Promise<boolean> {
  const result = await db
    .deleteFrom('meeting_cohosts')
    .where('meeting_id', '=', meetingId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}
