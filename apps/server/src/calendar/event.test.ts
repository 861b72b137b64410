import { Schedule } from '@conclave/protocol';
import { expect, test } from 'vitest';
import { Zone } from '../schedule/zone.ts';
import { type CalendarEvent, calendarOf, ruleOf } from './event.ts';

const weekly: Schedule = Schedule.parse({
  start: '2026-11-30T09:00',
  zone: 'Europe/Stockholm',
  minutes: 45,
  recurrence: { every: 'week', interval: 2, days: ['mo', 'th'], end: { kind: 'until', day: '2027-06-30' } },
});
const event: CalendarEvent = {
  method: 'REQUEST',
  uid: 'some-id@meet.example',
  sequence: 3,
  schedule: weekly,
  title: 'Plans; part 1, of 2',
  description: 'One\nTwo',
  link: 'https://meet.example/m/abcde#i=secret',
  organizer: { name: 'Ada "A" Lovelace', email: 'ada@example.org' },
  attendee: { name: 'עדה', email: 'grace@example.org' },
  now: Date.parse('2026-11-26T12:00:00Z'),
};

function linesOf(calendar: string): string[] {
  return calendar.replaceAll('\r\n ', '').split('\r\n');
}

test('an invitation says what RFC 5546 asks of a REQUEST', () => {
  const calendar = calendarOf(event);
  expect(calendar.endsWith('\r\n')).toBe(true);
  expect(calendar.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  const lines = linesOf(calendar);
  for (const line of [
    'VERSION:2.0',
    'METHOD:REQUEST',
    'UID:some-id@meet.example',
    'SEQUENCE:3',
    'DTSTAMP:20261126T120000Z',
    'DTSTART;TZID="Europe/Stockholm":20261130T090000',
    'DTEND;TZID="Europe/Stockholm":20261130T094500',
    'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;WKST=MO;UNTIL=20270630T070000Z',
    'SUMMARY:Plans\\; part 1\\, of 2',
    'DESCRIPTION:One\\nTwo',
    'URL:https://meet.example/m/abcde#i=secret',
    `ORGANIZER;CN="Ada ^'A^' Lovelace":mailto:ada@example.org`,
    'ATTENDEE;CN="עדה";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:grace@example.org',
    'STATUS:CONFIRMED',
    'CLASS:PRIVATE',
  ])
    expect(lines).toContain(line);
  expect(lines[0]).toBe('BEGIN:VCALENDAR');
  expect(lines.slice(-2)).toEqual(['END:VCALENDAR', '']);
});

test('the zone tells when its clocks change', () => {
  const lines = linesOf(calendarOf(event));
  const zone = lines.slice(lines.indexOf('BEGIN:VTIMEZONE'), lines.indexOf('END:VTIMEZONE'));
  expect(zone).toContain('TZID:Europe/Stockholm');
  expect(zone).toContain('BEGIN:DAYLIGHT');
  const dates = zone.filter((line) => /^(DTSTART|RDATE)/.test(line)).join(',');
  // The last Sunday of March at 02:00, the last one of October at 03:00, each in the reading of before.
  for (const change of ['20270328T020000', '20261025T030000', '20271031T030000', '20360330T020000'])
    expect(dates).toContain(change);
  expect(zone.filter((line) => line === 'TZOFFSETTO:+0200')).toHaveLength(1);
});

test('a zone without summer time has one offset', () => {
  const lines = linesOf(calendarOf({ ...event, schedule: { ...weekly, zone: 'Asia/Kathmandu' } }));
  expect(lines.filter((line) => line.startsWith('TZOFFSETTO'))).toEqual(['TZOFFSETTO:+0545']);
  expect(lines).not.toContain('BEGIN:DAYLIGHT');
});

test('a cancellation has no link', () => {
  const lines = linesOf(calendarOf({ ...event, method: 'CANCEL', link: '' }));
  expect(lines).toContain('METHOD:CANCEL');
  expect(lines).toContain('STATUS:CANCELLED');
  expect(lines.join('\n')).not.toMatch(/URL|LOCATION/);
});

test('what nobody has to answer names nobody', () => {
  const lines = linesOf(calendarOf({ ...event, method: 'PUBLISH', attendee: null }));
  expect(lines.some((line) => line.startsWith('ATTENDEE'))).toBe(false);
});

test('one that goes over midnight and over the change of clocks ends when it should', () => {
  const schedule = { ...weekly, start: '2027-03-27T23:30', minutes: 240, recurrence: null };
  expect(linesOf(calendarOf({ ...event, schedule }))).toContain(
    'DTEND;TZID="Europe/Stockholm":20270328T043000',
  );
});

test.each([
  [{ every: 'day', interval: 1, end: { kind: 'count', count: 5 } }, 'FREQ=DAILY;COUNT=5'],
  [{ every: 'month', interval: 3, end: { kind: 'never' } }, 'FREQ=MONTHLY;INTERVAL=3'],
] as const)('%j is the rule %s', (recurrence, rule) => {
  expect(ruleOf(recurrence, '2026-11-30T09:00', new Zone('UTC'))).toBe(rule);
});
