import { type Recurrence, Schedule, type Weekday, weekdayOf } from '@conclave/protocol';

/** What the fields of a schedule hold: text as it is typed, and all that was chosen once, shown or not. */
export interface ScheduleDraft {
  /** `2026-11-30` */
  readonly day: string;
  /** `09:00` */
  readonly time: string;
  readonly zone: string;
  readonly minutes: number;
  readonly every: 'none' | Recurrence['every'];
  readonly interval: string;
  /** Besides that of the first day. */
  readonly days: readonly Weekday[];
  readonly end: 'never' | 'until' | 'count';
  readonly until: string;
  readonly count: string;
}

export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The next full hour. @param now local time */
export function newDraft(now: Date): ScheduleDraft {
  const at = new Date(now);
  at.setHours(at.getHours() + 1, 0, 0, 0);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return {
    day,
    time: `${two(at.getHours())}:00`,
    zone: ownZone(),
    minutes: 60,
    every: 'none',
    interval: '1',
    days: [],
    end: 'never',
    until: day,
    count: '10',
  };
}

export function draftOf({ start, zone, minutes, recurrence }: Schedule): ScheduleDraft {
  const [day = '', time = ''] = start.split('T');
  const end = recurrence?.end;
  return {
    day,
    time,
    zone,
    minutes,
    every: recurrence?.every ?? 'none',
    interval: String(recurrence?.interval ?? 1),
    days: recurrence?.every === 'week' ? recurrence.days : [],
    end: end?.kind ?? 'never',
    until: end?.kind === 'until' ? end.day : day,
    count: String(end?.kind === 'count' ? end.count : 10),
  };
}

/** Null when it is none yet. */
export function scheduleOf(draft: ScheduleDraft): Schedule | null {
  const start = `${draft.day}T${draft.time}`;
  const ends = {
    never: { kind: 'never' },
    until: { kind: 'until', day: draft.until },
    count: { kind: 'count', count: Number(draft.count) },
  };
  const rule = { every: draft.every, interval: Number(draft.interval), end: ends[draft.end] };
  const recurrence =
    draft.every === 'none' ? null : draft.every === 'week' ? { ...rule, days: daysOf(draft) } : rule;
  const read = Schedule.safeParse({ start, zone: draft.zone, minutes: draft.minutes, recurrence });
  return read.success ? read.data : null;
}

/** The first day's own weekday is always one of them. */
export function daysOf({ day, days }: Pick<ScheduleDraft, 'day' | 'days'>): Weekday[] {
  return day === '' ? [...days] : [...new Set([...days, weekdayOf(day)])];
}

/** Whether a meeting that takes place once would have begun before. @param now ms since 1970 */
export function isPast({ day, time, zone, every }: ScheduleDraft, now: number): boolean {
  if (every !== 'none' || day === '' || time === '') return false;
  // As the clock of that zone shows it, written as the draft is.
  const there = new Date(now).toLocaleString('sv-SE', { timeZone: zone });
  return `${day} ${time}:00` < there;
}
