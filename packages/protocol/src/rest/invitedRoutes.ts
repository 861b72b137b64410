import * as z from 'zod/mini';
import { MeetingId, Token256 } from '../ids.ts';
import { DisplayName } from '../text.ts';
import type { RouteTable } from './route.ts';

/** For whoever has opened the link of an invitation. In a table of its own: it is among what joining loads. */
export const INVITED_ROUTES = {
  /**
   * The name that the organiser has given, whether they will be in the audience of a webinar, and nothing else.
   * `invitation.invalid` whatever is wrong with it.
   */
  openInvitation: {
    method: 'POST',
    path: '/invitations/open',
    access: 'anyone',
    body: z.strictObject({ meetingId: MeetingId, secret: Token256 }),
    response: z.strictObject({ name: DisplayName, watches: z.boolean() }),
  },
} as const satisfies RouteTable;
