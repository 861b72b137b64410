import type { Invitation, InvitationList } from '@conclave/protocol';
import type { InvitationRow } from '../../storage/repositories/invitations.ts';
import type { SeenMeeting } from '../meetings/seenMeeting.ts';
import type { InvitationsPorts } from './ports.ts';

/** What calendars have to be told grows with the meeting's time or title, and with another link. */
export function sequenceOf(meeting: { sequence: number }, invitation: { generation: number }): number {
  return meeting.sequence + invitation.generation - 1;
}

export function presentInvitation(
  { secrets }: Pick<InvitationsPorts, 'secrets'>,
  { row: meeting, isOwner }: SeenMeeting,
  row: InvitationRow,
): Invitation {
  const good = row.revoked_at === null;
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    secret: isOwner && good ? secrets.of(row.id, row.generation) : null,
    madeAt: row.made_at.toISOString(),
    mailedAt: row.mailed_at?.toISOString() ?? null,
    mailCurrent: row.mailed_sequence === null ? null : row.mailed_sequence === sequenceOf(meeting, row),
    seenAt: row.seen_at?.toISOString() ?? null,
    usedAt: row.used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}

export function presentList(
  ports: InvitationsPorts,
  seen: SeenMeeting,
  rows: readonly InvitationRow[],
): InvitationList {
  return {
    invitations: rows.map((row) => presentInvitation(ports, seen, row)),
    mail: ports.mail.server !== null,
    mayChange: seen.isOwner,
  };
}
