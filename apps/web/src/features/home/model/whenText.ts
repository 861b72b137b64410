import type { Occurrence, Schedule } from '@conclave/protocol';

const day = { weekday: 'short', day: 'numeric', month: 'short' } as const;
const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

export interface WhenText {
  /** As the clocks of whoever reads it have it: "Mon, 30 Nov, 09:00 – 10:00". */
  readonly here: string;
  /** The time in the zone that it was set for, where that is another one; null: it is the reader's. */
  readonly there: { readonly time: string; readonly zone: string } | null;
}

/** @param now ms since the epoch: the year is named when it is another one */
export function whenText(
  next: Occurrence,
  { zone }: Pick<Schedule, 'zone'>,
  now: number,
  reader = Intl.DateTimeFormat().resolvedOptions().timeZone,
): WhenText {
  const [start, end] = [new Date(next.start), new Date(next.end)];
  const thisYear = new Date(now).getFullYear() === start.getFullYear();
  const format = new Intl.DateTimeFormat('en-GB', {
    ...day,
    ...time,
    ...(thisYear ? {} : { year: 'numeric' }),
    timeZone: reader,
  });
  const at = (timeZone: string) =>
    new Intl.DateTimeFormat('en-GB', { ...day, ...time, timeZone }).format(start);
  const elsewhere = new Intl.DateTimeFormat('en-GB', { ...time, timeZone: zone }).format(start);
  return {
    here: format.formatRange(start, end),
    there: at(zone) === at(reader) ? null : { time: elsewhere, zone: zone.replaceAll('_', ' ') },
  };
}
