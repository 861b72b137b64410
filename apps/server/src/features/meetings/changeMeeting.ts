import { type ChangeMeeting, ConclaveError, type Meeting, type MeetingId } from '@conclave/protocol';
import type * as z from 'zod/mini';
import { type MeetingChange, updateMeeting } from '../../storage/repositories/meetings.ts';
import type { Caller } from '../accounts/authenticate.ts';
import { ownMeeting } from './ownMeeting.ts';
import type { MeetingsPorts } from './ports.ts';
import { presentMeeting } from './presentMeeting.ts';
import { readChoices } from './readChoices.ts';
import { refuseEnforced } from './refuseEnforced.ts';

/**
 * A new title, a new passcode, other choices, another time, or several of them. With a new passcode nobody joins by an old link
 * any more.
 * @throws ConclaveError meeting.not_found, meeting.enforced; request.invalid when nothing is to be changed.
 */
export async function changeMeeting(
  ports: MeetingsPorts,
  caller: Caller,
  id: MeetingId,
  input: z.output<typeof ChangeMeeting>,
): Promise<Meeting> {
  const change: MeetingChange = {
    ...(input.title !== undefined && { title: input.title }),
    ...(input.verifier !== undefined && { verifier: Buffer.from(input.verifier, 'base64url') }),
    ...(input.choices !== undefined && { choices: input.choices }),
    ...(input.schedule !== undefined && { schedule: input.schedule }),
  };
  const what = whatChanges(change);
  if (what.length === 0) throw new ConclaveError('request.invalid');
  const before = await ownMeeting(ports, caller, id);
  if (change.choices !== undefined) refuseEnforced(ports, readChoices(before.choices), change.choices);
  const row = await updateMeeting(ports.db, id, change);
  if (row === null) throw new ConclaveError('meeting.not_found');
  ports.emit({ event: 'meeting.changed', accountId: caller.accountId, meetingId: id, what });
  if (change.title !== undefined) {
    ports.meetingNews.tell({ meetingId: id, news: 'renamed', title: change.title });
  }
  if (change.verifier !== undefined) ports.meetingNews.tell({ meetingId: id, news: 'new-passcode' });
  if (change.choices !== undefined) {
    ports.meetingNews.tell({ meetingId: id, news: 'other-choices', choices: change.choices });
  }
  if (change.title !== undefined || change.schedule !== undefined)
    await ports.tellInvited(caller, before, row);
  return presentMeeting(ports, caller, row);
}

function whatChanges(change: MeetingChange): ('title' | 'passcode' | 'choices' | 'schedule')[] {
  return [
    ...(change.title !== undefined ? (['title'] as const) : []),
    ...(change.verifier !== undefined ? (['passcode'] as const) : []),
    ...(change.choices !== undefined ? (['choices'] as const) : []),
    ...(change.schedule !== undefined ? (['schedule'] as const) : []),
  ];
}
