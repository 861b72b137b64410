import { ConclaveError, type MeetingId } from '@conclave/protocol';
import { mayManageMeeting } from '../../policy/meetings.ts';
import { findMeeting, type MeetingRow } from '../../storage/repositories/meetings.ts';
import type { Caller } from '../accounts/authenticate.ts';
import type { MeetingsPorts } from './ports.ts';

/** A meeting that the caller manages. Those of others are answered like those that do not exist. */
export async function ownMeeting(ports: MeetingsPorts, caller: Caller, id: MeetingId): Promise<MeetingRow> {
  const row = await findMeeting(ports.db, id);
  if (row === null || !mayManageMeeting(caller.accountId, { ownerId: row.owner_id })) {
    throw new ConclaveError('meeting.not_found');
  }
  return row;
}
