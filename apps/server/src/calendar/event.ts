import type { Recurrence, Schedule } from '@conclave/protocol';
import { localMs, Zone } from '../schedule/zone.ts';
import { dateTime, mailto, object, parameter, text } from './lines.ts';
import { timeZone } from './timeZone.ts';

export interface CalendarPerson {
  readonly name: string;
  readonly email: string;
}

/** What a calendar is told of a meeting. */
export interface CalendarEvent {
  /**
   * `REQUEST`: an invitation, or what is new about it. `CANCEL`: it does not take place (RFC 5546). `PUBLISH`: an entry that
   * nobody has to answer.
   */
  readonly method: 'REQUEST' | 'CANCEL' | 'PUBLISH';
  /** The same for all that is ever said of this entry. */
  readonly uid: string;
  /** Higher with each change. */
  readonly sequence: number;
  readonly schedule: Schedule;
  readonly title: string;
  readonly description: string;
  readonly link: string;
  readonly organizer: CalendarPerson;
  /** Who is invited; null where it is not for one person. */
  readonly attendee: CalendarPerson | null;
  /** ms since the epoch */
  readonly now: number;
}

const yearMs = 366 * 24 * 60 * 60_000;
/** A calendar that does not know the zone by its name is told of its changes for so long. */
const knownAhead = 10 * yearMs;

/** An iCalendar object (RFC 5545) with one event in it. */
export function calendarOf(event: CalendarEvent): string {
  const { schedule, method } = event;
  const zone = new Zone(schedule.zone);
  const begin = localMs(schedule.start);
  const start = zone.toInstant(begin);
  const end = zone.toLocal(start + schedule.minutes * 60_000);
  const tzid = `TZID=${parameter(zone.name)}`;
  const { organizer, attendee } = event;
  return object([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Conclave//Meetings//EN',
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    ...timeZone(zone, start - yearMs, start + (schedule.recurrence === null ? yearMs : knownAhead)),
    'BEGIN:VEVENT',
    `UID:${text(event.uid)}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${dateTime(event.now, 'utc')}`,
    `DTSTART;${tzid}:${dateTime(begin, 'local')}`,
    `DTEND;${tzid}:${dateTime(end, 'local')}`,
    ...(schedule.recurrence === null ? [] : [`RRULE:${ruleOf(schedule.recurrence, schedule.start, zone)}`]),
    `SUMMARY:${text(event.title)}`,
    `DESCRIPTION:${text(event.description)}`,
    ...(method === 'CANCEL' ? [] : [`LOCATION:${text(event.link)}`, `URL:${event.link}`]),
    `STATUS:${method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED'}`,
    // What is in it, the link above all, is not for everybody who may see somebody's calendar.
    'CLASS:PRIVATE',
    `ORGANIZER;CN=${parameter(organizer.name)}:${mailto(organizer.email)}`,
    ...(attendee === null
      ? []
      : [
          `ATTENDEE;CN=${parameter(attendee.name)};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:${mailto(attendee.email)}`,
        ]),
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
}

/** Section 3.3.10. `UNTIL` is in UTC, because the start names a zone; it is the time of day of the start on the last day. */
export function ruleOf(recurrence: Recurrence, start: string, zone: Zone): string {
  const { every, interval, end } = recurrence;
  const frequency = { day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY' }[every];
  const until = (day: string) => dateTime(zone.toInstant(localMs(`${day}${start.slice(10)}`)), 'utc');
  return [
    `FREQ=${frequency}`,
    ...(interval === 1 ? [] : [`INTERVAL=${interval}`]),
    ...(recurrence.every === 'week'
      ? [`BYDAY=${recurrence.days.map((day) => day.toUpperCase()).join(',')}`, 'WKST=MO']
      : []),
    ...(end.kind === 'count' ? [`COUNT=${end.count}`] : []),
    ...(end.kind === 'until' ? [`UNTIL=${until(end.day)}`] : []),
  ].join(';');
}
