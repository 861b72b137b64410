import { type Recurrence, type Schedule, WEEKDAYS, type Weekday } from '@conclave/protocol';
import { localMs, Zone } from '../../schedule/zone.ts';
import type { MailTexts } from './texts.ts';

type Words = Pick<MailTexts, 'locale' | 'schedule'>;

/** "Monday, 30 November 2026, 09:00 to 10:00 (Europe/Stockholm), every 2 weeks on Monday and Friday, 10 times" */
export function whenInWords(schedule: Schedule, words: Words): string {
  const zone = new Zone(schedule.zone);
  const begin = localMs(schedule.start);
  const end = zone.toLocal(zone.toInstant(begin) + schedule.minutes * 60_000);
  const [day, lastDay] = [dayOf(begin, words), dayOf(end, words)];
  const given = { day, from: timeOf(begin), to: timeOf(end), zone: zone.name };
  const once =
    day === lastDay ? words.schedule.sameDay(given) : words.schedule.overnight({ ...given, lastDay });
  return schedule.recurrence === null ? once : `${once}, ${repeated(schedule.recurrence, words)}`;
}

function repeated(recurrence: Recurrence, words: Words): string {
  const { every, interval, end } = recurrence;
  const texts = words.schedule;
  const list = new Intl.ListFormat(words.locale, { type: 'conjunction' });
  const unit = texts.every({ every, interval });
  const days =
    recurrence.every === 'week'
      ? ` ${texts.onDays({
          days: recurrence.days.map((day) => nameOf(day, words)),
          and: (items) => list.format(items),
        })}`
      : '';
  switch (end.kind) {
    case 'never':
      return unit + days;
    case 'count':
      return `${unit}${days}, ${texts.times({ count: end.count })}`;
    case 'until':
      return `${unit}${days}, ${texts.until({ day: dayOf(localMs(`${end.day}T00:00`), words) })}`;
  }
}

/** "Monday" */
function nameOf(day: Weekday, { locale }: Words): string {
  // 1 January 2024 was a Monday.
  const at = Date.UTC(2024, 0, 1 + WEEKDAYS.indexOf(day));
  return new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(at);
}

function dayOf(ms: number, { locale }: Words): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' }).format(ms);
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString().slice(11, 16);
}
