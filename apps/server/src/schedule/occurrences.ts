import { type Recurrence, type Schedule, WEEKDAYS } from '@conclave/protocol';
import { type LocalMs, localMs, Zone } from './zone.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Nothing is looked for after this. */
const endOfTime = Date.UTC(2150, 0, 1);

/** The readings of the clock at which it begins, in order, without end where it has none. */
export function* localStarts({ start, recurrence }: Schedule): Generator<LocalMs> {
  const first = localMs(start);
  if (recurrence === null) {
    yield first;
    return;
  }
  const { end } = recurrence;
  const last = end.kind === 'until' ? localMs(`${end.day}T23:59`) : endOfTime;
  let left = end.kind === 'count' ? end.count : Number.POSITIVE_INFINITY;
  for (const at of candidates(first, recurrence)) {
    if (at > last || left === 0) return;
    left -= 1;
    yield at;
  }
}

function candidates(first: LocalMs, recurrence: Recurrence): Generator<LocalMs> {
  switch (recurrence.every) {
    case 'day':
      return daily(first, recurrence.interval);
    case 'week':
      return weekly(first, recurrence.interval, recurrence.days);
    case 'month':
      return monthly(first, recurrence.interval);
  }
}

function* daily(first: LocalMs, interval: number): Generator<LocalMs> {
  for (let at = first; ; at += interval * dayMs) yield at;
}

/** Weeks begin on Monday. */
function* weekly(first: LocalMs, interval: number, days: readonly string[]): Generator<LocalMs> {
  const monday = first - ((new Date(first).getUTCDay() + 6) % 7) * dayMs;
  const offsets = WEEKDAYS.flatMap((day, index) => (days.includes(day) ? [index * dayMs] : []));
  for (let week = monday; ; week += 7 * interval * dayMs) {
    for (const offset of offsets) if (week + offset >= first) yield week + offset;
  }
}

/** A month that has no such day is left out. */
function* monthly(first: LocalMs, interval: number): Generator<LocalMs> {
  const start = new Date(first);
  const timeOfDay = first % dayMs;
  for (let month = start.getUTCMonth(); ; month += interval) {
    const day = Date.UTC(start.getUTCFullYear(), month, start.getUTCDate());
    if (new Date(day).getUTCDate() === start.getUTCDate()) yield day + timeOfDay;
    // Nobody asks for what is so far away, and a rule without a fitting month would never end.
    if (day > endOfTime) return;
  }
}

/** The time that is on at `now`, or the next one; null when all are past. Instants in ms since the epoch. */
export function nextOccurrence(
  schedule: Schedule,
  now: number,
): { readonly start: number; readonly end: number } | null {
  const zone = new Zone(schedule.zone);
  const length = schedule.minutes * minuteMs;
  // No clock is further from UTC than this: what is older cannot be on, whatever the zone says.
  const certainlyPast = now - length - 2 * dayMs;
  for (const local of localStarts(schedule)) {
    if (local < certainlyPast) continue;
    const start = zone.toInstant(local);
    if (start + length > now) return { start, end: start + length };
  }
  return null;
}
