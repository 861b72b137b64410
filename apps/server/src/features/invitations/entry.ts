import type { CalendarEvent } from '../../calendar/event.ts';
import type { MeetingRow } from '../../storage/repositories/meetings.ts';
import type { MailTexts } from '../mail/texts.ts';
import { readSchedule } from '../meetings/readSchedule.ts';

/** Whose meeting it is, as calendars and mails name them. */
export interface Organizer {
  readonly name: string;
  readonly email: string;
}

/** What a calendar is told of a meeting: the link without the passcode. Null when it has no time. @param texts in its reader's language */
export function entryOf(
  meeting: MeetingRow,
  given: Pick<CalendarEvent, 'method' | 'uid' | 'sequence' | 'link' | 'organizer' | 'attendee' | 'now'>,
  { meeting: texts }: MailTexts,
): CalendarEvent | null {
  const schedule = readSchedule(meeting.schedule);
  if (schedule === null) return null;
  return {
    ...given,
    schedule,
    title: meeting.title ?? texts.untitled,
    description: [
      texts.entry({ inviter: given.organizer.name }),
      ...(given.method === 'CANCEL'
        ? []
        : [given.link, texts.passcodeApart({ inviter: given.organizer.name })]),
    ].join('\n\n'),
  };
}

/** Stable, and unique in the world (RFC 5545 section 3.8.4.7). @param id of the invitation or of the meeting */
export function uidOf(id: string, origin: string): string {
  return `${id}@${new URL(origin).hostname}`;
}
