import * as z from 'zod/mini';
import { LIMITS } from './limits.ts';

/** Whether this engine knows a time zone by that name (IANA). */
function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** By its name in the IANA database, such as "Europe/Stockholm"; never a bare offset, which knows no summer time. */
export const TimeZone = z
  .string()
  .check(
    z.maxLength(64),
    z.regex(/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/),
    z.refine(isTimeZone, { error: 'is no time zone' }),
  );

const localPattern = /^(20[0-9]{2}-[0-9]{2}-[0-9]{2})T([01][0-9]|2[0-3]):[0-5][0-9]$/;

/** False for 30 February. */
function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** As clocks in the zone show it: `2026-11-30T09:00`. */
export const LocalTime = z.string().check(
  z.regex(localPattern),
  z.refine((text) => isDay(text.slice(0, 10)), { error: 'is no day of the calendar' }),
);
export const LocalDay = z
  .string()
  .check(z.regex(/^20[0-9]{2}-[0-9]{2}-[0-9]{2}$/), z.refine(isDay, { error: 'is no day of the calendar' }));

/** Monday first, as RFC 5545 section 3.3.10 counts weeks (WKST=MO). */
export const WEEKDAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;
export const Weekday = z.enum(WEEKDAYS);
export type Weekday = z.infer<typeof Weekday>;

/** `until` is the last day on which it may begin, as counted in the schedule's zone. */
export const RecurrenceEnd = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('never') }),
  z.strictObject({ kind: z.literal('until'), day: LocalDay }),
  z.strictObject({
    kind: z.literal('count'),
    count: z.int().check(z.minimum(1), z.maximum(LIMITS.repetitions)),
  }),
]);

const every = { interval: z.int().check(z.minimum(1), z.maximum(99)), end: RecurrenceEnd };

/**
 * The part of the recurrence rules of RFC 5545 that people use. A month that has no such day is left out, as section 3.3.10
 * says. The days of a week include that of the start.
 */
export const Recurrence = z.discriminatedUnion('every', [
  z.strictObject({ every: z.literal('day'), ...every }),
  z.strictObject({
    every: z.literal('week'),
    ...every,
    days: z.array(Weekday).check(
      z.minLength(1),
      z.maxLength(7),
      z.refine((days) => new Set(days).size === days.length, { error: 'names one twice' }),
    ),
  }),
  z.strictObject({ every: z.literal('month'), ...every }),
]);
export type Recurrence = z.infer<typeof Recurrence>;

/** When a meeting takes place. */
export const Schedule = z
  .strictObject({
    start: LocalTime,
    zone: TimeZone,
    minutes: z.int().check(z.minimum(5), z.maximum(LIMITS.meetingMinutes)),
    recurrence: z.nullable(Recurrence),
  })
  .check(
    z.refine(
      ({ start, recurrence }) => recurrence?.every !== 'week' || recurrence.days.includes(weekdayOf(start)),
      {
        error: 'does not begin on one of its days',
        path: ['recurrence'],
      },
    ),
    z.refine(
      ({ start, recurrence }) => recurrence?.end.kind !== 'until' || recurrence.end.day >= start.slice(0, 10),
      { error: 'ends before it begins', path: ['recurrence'] },
    ),
  );
export type Schedule = z.infer<typeof Schedule>;

/** @param local a `LocalTime` or a `LocalDay` */
export function weekdayOf(local: string): Weekday {
  const sundayFirst = new Date(`${local.slice(0, 10)}T00:00:00Z`).getUTCDay();
  return WEEKDAYS[(sundayFirst + 6) % 7] ?? 'mo';
}
