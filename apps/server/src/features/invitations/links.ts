import type { MeetingId } from '@conclave/protocol';

/** Without the passcode, which the server does not know. The fragment is in no request and no log. */
export function invitationLink(origin: string, meetingId: MeetingId, secret: string): string {
  return `${origin}/m/${meetingId}#i=${secret}`;
}

export function meetingLink(origin: string, meetingId: MeetingId): string {
  return `${origin}/m/${meetingId}`;
}
