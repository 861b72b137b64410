import {
  AddCohost,
  CalendarFile,
  ChangeCohost,
  ChangeMeeting,
  CohostParams,
  CreateMeeting,
  Meeting,
  MeetingCheck,
  MeetingList,
  MeetingParams,
} from './meetings.ts';
import type { RouteTable } from './route.ts';

/** One's own meetings, and those that one is a co-host of. */
export const MEETING_ROUTES = {
  listMeetings: { method: 'GET', path: '/meetings', access: 'account', response: MeetingList },
  createMeeting: {
    method: 'POST',
    path: '/meetings',
    access: 'meetings.create',
    body: CreateMeeting,
    response: Meeting,
  },
  readMeeting: {
    method: 'GET',
    path: '/meetings/:id',
    access: 'account',
    params: MeetingParams,
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
  /** An entry for the organiser's own calendar. */
  meetingCalendar: {
    method: 'GET',
    path: '/meetings/:id/calendar',
    access: 'account',
    params: MeetingParams,
    response: CalendarFile,
  },
  /** What those who are not invited would get now. */
  checkMeeting: {
    method: 'GET',
    path: '/meetings/:id/check',
    access: 'account',
    params: MeetingParams,
    response: MeetingCheck,
  },
  addCohost: {
    method: 'POST',
    path: '/meetings/:id/cohosts',
    access: 'account',
    params: MeetingParams,
    body: AddCohost,
    response: Meeting,
  },
  changeCohost: {
    method: 'PATCH',
    path: '/meetings/:id/cohosts/:account',
    access: 'account',
    params: CohostParams,
    body: ChangeCohost,
    response: Meeting,
  },
  removeCohost: {
    method: 'DELETE',
    path: '/meetings/:id/cohosts/:account',
    access: 'account',
    params: CohostParams,
    response: Meeting,
  },
} as const satisfies RouteTable;
