import type { MEETING_ROUTES } from '@conclave/protocol';
import type { Context } from '../../context.ts';
import { changeMeeting } from '../../features/meetings/changeMeeting.ts';
import { createMeeting } from '../../features/meetings/createMeeting.ts';
import { deleteMeeting } from '../../features/meetings/deleteMeeting.ts';
import { listMeetings } from '../../features/meetings/listMeetings.ts';
import type { HandlersOf } from './types.ts';

export function createMeetingHandlers({
  meetingsPorts: meetings,
}: Context): HandlersOf<typeof MEETING_ROUTES> {
  return {
    listMeetings: async ({ caller }) => ({ meetings: await listMeetings(meetings, caller) }),
    createMeeting: ({ caller, body }) => createMeeting(meetings, caller, body),
    changeMeeting: ({ caller, params, body }) => changeMeeting(meetings, caller, params.id, body),
    async deleteMeeting({ caller, params }) {
      await deleteMeeting(meetings, caller, params.id);
      return undefined;
    },
  };
}
