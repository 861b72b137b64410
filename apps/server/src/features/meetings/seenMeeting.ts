import { CONTROLS, ConclaveError, type Control, type MeetingId } from '@conclave/protocol';
import { mayManageMeeting } from '../../policy/meetings.ts';
import { listCohosts } from '../../storage/repositories/cohosts.ts';
import { findMeeting, type MeetingRow } from '../../storage/repositories/meetings.ts';
import type { Caller } from '../accounts/authenticate.ts';
import type { MeetingsPorts } from './ports.ts';
import { readControls } from './readControls.ts';

export interface SeenMeeting {
  readonly row: MeetingRow;
  readonly isOwner: boolean;
  readonly controls: readonly Control[];
}

/**
 * A meeting that the caller owns or is a co-host of, and what they have in it. @throws ConclaveError meeting.not_found
 */
export async function seenMeeting(
  { db }: Pick<MeetingsPorts, 'db'>,
  caller: Caller,
  id: MeetingId,
): Promise<SeenMeeting> {
  const row = await findMeeting(db, id);
  if (row === null) throw new ConclaveError('meeting.not_found');
  if (mayManageMeeting(caller.accountId, { ownerId: row.owner_id }))
    return { row, isOwner: true, controls: CONTROLS };
  const self = (await listCohosts(db, [id])).find(({ account_id }) => account_id === caller.accountId);
  if (self === undefined) throw new ConclaveError('meeting.not_found');
  return { row, isOwner: false, controls: readControls(self.controls) };
}
