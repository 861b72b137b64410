import type { Meeting, MeetingId } from '@conclave/protocol';
import type { Caller } from '../accounts/authenticate.ts';
import type { MeetingsPorts } from './ports.ts';
import { presentMeeting } from './presentMeeting.ts';
import { seenMeeting } from './seenMeeting.ts';

/** @throws ConclaveError meeting.not_found */
export async function readMeeting(ports: MeetingsPorts, caller: Caller, id: MeetingId): Promise<Meeting> {
  const { row } = await seenMeeting(ports, caller, id);
  return presentMeeting(ports, caller, row);
}
