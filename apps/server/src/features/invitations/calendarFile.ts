import { ConclaveError, type InvitationId, type MeetingId } from '@conclave/protocol';
import { type CalendarEvent, calendarOf } from '../../calendar/event.ts';
import { findAccount } from '../../storage/repositories/accounts.ts';
import { findInvitationRow } from '../../storage/repositories/invitations.ts';
import type { MeetingRow } from '../../storage/repositories/meetings.ts';
import type { Caller } from '../accounts/authenticate.ts';
import { senderOf, textsFor } from '../mail/letter.ts';
import { seenMeeting } from '../meetings/seenMeeting.ts';
import { entryOf, uidOf } from './entry.ts';
import { invitingMeeting } from './invitingMeeting.ts';
import { invitationLink, meetingLink } from './links.ts';
import type { InvitationsPorts } from './ports.ts';
import { sequenceOf } from './presentInvitation.ts';

type Given = Pick<CalendarEvent, 'uid' | 'sequence' | 'link'>;

/** For the calendar of the caller, with the bare link. @throws ConclaveError meeting.not_found; request.invalid when it has no time */
export async function meetingCalendar(
  ports: InvitationsPorts,
  caller: Caller,
  id: MeetingId,
): Promise<{ calendar: string }> {
  const { row } = await seenMeeting(ports, caller, id);
  const origin = ports.origin();
  return file(ports, caller, row, {
    uid: uidOf(id, origin),
    sequence: row.sequence,
    link: meetingLink(origin, id),
  });
}

/**
 * For the calendar of somebody who is invited, with their own link, to be handed over another way than by this service's mail.
 * @throws ConclaveError meeting.not_found, meeting.not_allowed, invitation.not_found, invitation.revoked; request.invalid when
 * it has no time
 */
export async function invitationCalendar(
  ports: InvitationsPorts,
  caller: Caller,
  id: MeetingId,
  invitationId: InvitationId,
): Promise<{ calendar: string }> {
  const { row } = await invitingMeeting(ports, caller, id);
  const invitation = await findInvitationRow(ports.db, id, invitationId);
  if (invitation === null) throw new ConclaveError('invitation.not_found');
  if (invitation.revoked_at !== null) throw new ConclaveError('invitation.revoked');
  const origin = ports.origin();
  return file(ports, caller, row, {
    uid: uidOf(invitationId, origin),
    sequence: sequenceOf(row, invitation),
    link: invitationLink(origin, id, ports.secrets.of(invitationId, invitation.generation)),
  });
}

/**
 * `PUBLISH`: nobody has to answer an entry that came by itself. In the language of whoever fetches it, for theirs alone is known
 * to them.
 */
async function file(
  ports: InvitationsPorts,
  caller: Caller,
  meeting: MeetingRow,
  given: Given,
): Promise<{ calendar: string }> {
  const { db, clock } = ports;
  const organizer = await findAccount(db, meeting.owner_id);
  const reader = await findAccount(db, caller.accountId);
  if (organizer === null || reader === null) throw new ConclaveError('request.invalid');
  const how = { method: 'PUBLISH', organizer, attendee: null, now: clock() } as const;
  const event = entryOf(meeting, { ...given, ...how }, textsFor(reader, senderOf(ports)));
  if (event === null) throw new ConclaveError('request.invalid');
  return { calendar: calendarOf(event) };
}
