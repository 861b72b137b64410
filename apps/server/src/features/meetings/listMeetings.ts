import type { Meeting } from '@conclave/protocol';
import { listMeetingsHelped, listMeetingsOf } from '../../storage/repositories/meetings.ts';
import type { Caller } from '../accounts/authenticate.ts';
import type { MeetingsPorts } from './ports.ts';
import { presentMeetings } from './presentMeeting.ts';

/** The caller's own meetings, the newest first, then those that they are a co-host of. Those of calls are in no list. */
export async function listMeetings(ports: MeetingsPorts, caller: Caller): Promise<Meeting[]> {
  const own = await listMeetingsOf(ports.db, caller.accountId);
  const helped = await listMeetingsHelped(ports.db, caller.accountId);
  return presentMeetings(
    ports,
    caller,
    [...own, ...helped].filter(({ is_call }) => !is_call),
  );
}
