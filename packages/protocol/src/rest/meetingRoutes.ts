import { ChangeMeeting, CreateMeeting, Meeting, MeetingList, MeetingParams } from './meetings.ts';
import type { RouteTable } from './route.ts';

/** One's own meetings. */
export const MEETING_ROUTES = {
  listMeetings: { method: 'GET', path: '/meetings', access: 'account', response: MeetingList },
  createMeeting: {
    method: 'POST',
    path: '/meetings',
    access: 'meetings.create',
    body: CreateMeeting,
    response: Meeting,
  },
  changeMeeting: {
    method: 'PATCH',
    path: '/meetings/:id',
    access: 'account',
    params: MeetingParams,
    body: ChangeMeeting,
    response: Meeting,
  },
  deleteMeeting: {
    method: 'DELETE',
    path: '/meetings/:id',
    access: 'account',
    params: MeetingParams,
    response: null,
  },
} as const satisfies RouteTable;
