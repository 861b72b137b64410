import { LIMITS, type MeetingId } from '@conclave/protocol';
import type { Removal } from '../../rooms/roomState.ts';
import type { Db } from '../tables.ts';

/** The oldest first, as many as a meeting keeps out. */
export async function listRemovals(db: Db, meetingId: MeetingId): Promise<Removal[]> {
  const rows = await db
    .selectFrom('meeting_removals')
    .selectAll()
    .where('meeting_id', '=', meetingId)
    .orderBy('removed_at', 'desc')
    .limit(LIMITS.bans)
    .execute();
  return rows.reverse().map((row) => ({
    id: row.id,
    name: row.name,
    accountId: row.account_id,
    invitationId: row.invitation_id,
    visitorKey: row.visitor_key,
    // Of an address nothing is kept: it is somebody else's tomorrow.
    addressKey: null,
    at: row.removed_at.getTime(),
    lasting: true,
  }));
}

export async function insertRemoval(db: Db, meetingId: MeetingId, removal: Removal): Promise<void> {
  const { id, name, accountId, invitationId, visitorKey, at } = removal;
  await db
    .insertInto('meeting_removals')
    .values({
      meeting_id: meetingId,
      ...{ id, name },
      account_id: accountId,
      invitation_id: invitationId,
      visitor_key: visitorKey,
      removed_at: new Date(at),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  // Whoever may not come in leads nothing there either.
  if (accountId !== null) {
    await db
      .deleteFrom('meeting_cohosts')
      .where('meeting_id', '=', meetingId)
      .where('account_id', '=', accountId)
      .execute();
  }
}

export async function deleteRemoval(db: Db, meetingId: MeetingId, id: Removal['id']): Promise<void> {
  await db.deleteFrom('meeting_removals').where('meeting_id', '=', meetingId).where('id', '=', id).execute();
}
