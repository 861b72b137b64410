import type { InvitationId, MeetingId } from '@conclave/protocol';
import type { Insertable, Selectable } from 'kysely';
import type { Db, Tables } from '../tables.ts';

export type InvitationRow = Selectable<Tables['invitations']>;

export async function insertInvitations(
  db: Db,
  rows: readonly Insertable<Tables['invitations']>[],
): Promise<void> {
  await db
    .insertInto('invitations')
    .values([...rows])
    .execute();
}

/** In the order in which they were made. */
export async function listInvitationRows(db: Db, meetingId: MeetingId): Promise<InvitationRow[]> {
  return db
    .selectFrom('invitations')
    .selectAll()
    .where('meeting_id', '=', meetingId)
    .orderBy('made_at')
    .orderBy('name')
    .orderBy('id')
    .execute();
}

export async function findInvitationRow(
  db: Db,
  meetingId: MeetingId,
  id: InvitationId,
): Promise<InvitationRow | null> {
  const row = await db
    .selectFrom('invitations')
    .selectAll()
    .where('meeting_id', '=', meetingId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** One that is good. Found by its hash: how long that takes says nothing about the secret. */
export async function findGoodInvitation(
  db: Db,
  meetingId: MeetingId,
  tokenHash: Uint8Array,
): Promise<InvitationRow | null> {
  const row = await db
    .selectFrom('invitations')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('meeting_id', '=', meetingId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}

/** Those that are good, of each of these meetings. */
export async function countGoodInvitations(
  db: Db,
  meetingIds: readonly MeetingId[],
): Promise<ReadonlyMap<MeetingId, number>> {
  if (meetingIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('invitations')
    .select((select) => ['meeting_id', select.fn.countAll<string | number>().as('count')])
    .where('meeting_id', 'in', [...meetingIds])
    .where('revoked_at', 'is', null)
    .groupBy('meeting_id')
    .execute();
  return new Map(rows.map((row) => [row.meeting_id, Number(row.count)]));
}

export async function countInvitations(db: Db, meetingId: MeetingId): Promise<number> {
  const row = await db
    .selectFrom('invitations')
    .select((select) => select.fn.countAll<string | number>().as('count'))
    .where('meeting_id', '=', meetingId)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export interface InvitationChange {
  readonly token_hash?: Uint8Array;
  readonly generation?: number;
  readonly mailed_at?: Date | null;
  readonly mailed_sequence?: number | null;
  readonly seen_at?: Date | null;
  readonly used_at?: Date | null;
  readonly revoked_at?: Date | null;
}

/** As it is after the change; null when there is none. */
export async function updateInvitation(
  db: Db,
  meetingId: MeetingId,
  id: InvitationId,
  change: InvitationChange,
): Promise<InvitationRow | null> {
  const row = await db
    .updateTable('invitations')
    .set(change)
    .where('meeting_id', '=', meetingId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Notes the first time. @returns the meeting; null when it was noted already */
export async function markInvitation(
  db: Db,
  id: InvitationId,
  what: 'seen_at' | 'used_at',
  at: Date,
): Promise<MeetingId | null> {
  const row = await db
    .updateTable('invitations')
    .set({ [what]: at })
    .where('id', '=', id)
    .where(what, 'is', null)
    .returning('meeting_id')
    .executeTakeFirst();
  return row?.meeting_id ?? null;
}

export async function deleteInvitationRow(db: Db, meetingId: MeetingId, id: InvitationId): Promise<boolean> {
  const result = await db
    .deleteFrom('invitations')
    .where('meeting_id', '=', meetingId)
    .where('id', '=', id)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** Those that were made for an address, whoever made them. */
export async function invitationsTo(db: Db, email: string): Promise<InvitationRow[]> {
  return db.selectFrom('invitations').selectAll().where('email', '=', email).orderBy('made_at').execute();
}

/** @returns which ones went */
export async function deleteInvitationsTo(
  db: Db,
  email: string,
): Promise<{ id: InvitationId; meeting_id: MeetingId }[]> {
  return db.deleteFrom('invitations').where('email', '=', email).returning(['id', 'meeting_id']).execute();
}
