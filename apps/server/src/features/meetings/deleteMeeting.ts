import { ConclaveError, type MeetingId } from '@conclave/protocol';
import { deleteMeetingRow } from '../../storage/repositories/meetings.ts';
import type { Caller } from '../accounts/authenticate.ts';
import { ownMeeting } from './ownMeeting.ts';
import type { MeetingsPorts } from './ports.ts';

/** The meeting and its links are no more; whoever is in it is put out. @throws ConclaveError meeting.not_found */
export async function deleteMeeting(ports: MeetingsPorts, caller: Caller, id: MeetingId): Promise<void> {
  const row = await ownMeeting(ports, caller, id);
  // Their invitations go with it.
  const tellInvited = await ports.prepareCancellations(row);
  if (!(await deleteMeetingRow(ports.db, id))) throw new ConclaveError('meeting.not_found');
  ports.emit({ event: 'meeting.deleted', accountId: caller.accountId, meetingId: id });
  ports.meetingNews.tell({ meetingId: id, news: 'deleted' });
  await tellInvited(caller);
}
