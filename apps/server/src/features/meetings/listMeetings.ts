import type { Meeting } from '@conclave/protocol';
import { listMeetingsOf } from '../../storage/repositories/meetings.ts';
import type { Caller } from '../accounts/authenticate.ts';
import type { MeetingsPorts } from './ports.ts';
import { presentMeeting } from './presentMeeting.ts';

/** The caller's own meetings, the newest first. */
export async function listMeetings(ports: MeetingsPorts, caller: Caller): Promise<Meeting[]> {
  const rows = await listMeetingsOf(ports.db, caller.accountId);
  return rows.map((row) => presentMeeting(ports, row));
}
