import type { MEETING_ROUTES } from '@conclave/protocol';
import type { Context } from '../../context.ts';
import { meetingCalendar } from '../../features/invitations/calendarFile.ts';
import { changeMeeting } from '../../features/meetings/changeMeeting.ts';
import { checkMeeting } from '../../features/meetings/checkMeeting.ts';
import { addCohost, changeCohost, removeCohost } from '../../features/meetings/cohosts.ts';
import { createMeeting } from '../../features/meetings/createMeeting.ts';
import { deleteMeeting } from '../../features/meetings/deleteMeeting.ts';
import { listMeetings } from '../../features/meetings/listMeetings.ts';
import { readMeeting } from '../../features/meetings/readMeeting.ts';
import type { HandlersOf } from './types.ts';

export function createMeetingHandlers({
  meetingsPorts: meetings,
  invitationsPorts: invitations,
}: Context): HandlersOf<typeof MEETING_ROUTES> {
  return {
    listMeetings: async ({ caller }) => ({ meetings: await listMeetings(meetings, caller) }),
    createMeeting: ({ caller, body }) => createMeeting(meetings, caller, body),
    readMeeting: ({ caller, params }) => readMeeting(meetings, caller, params.id),
    changeMeeting: ({ caller, params, body }) => changeMeeting(meetings, caller, params.id, body),
    async deleteMeeting({ caller, params }) {
      await deleteMeeting(meetings, caller, params.id);
      return undefined;
    },
    meetingCalendar: ({ caller, params }) => meetingCalendar(invitations, caller, params.id),
    checkMeeting: ({ caller, params }) => checkMeeting(meetings, caller, params.id),
    addCohost: ({ caller, params, body }) => addCohost(meetings, caller, params.id, body),
    changeCohost: ({ caller, params, body }) =>
      changeCohost(meetings, caller, params.id, params.account, body.controls),
    removeCohost: ({ caller, params }) => removeCohost(meetings, caller, params.id, params.account),
  };
}
