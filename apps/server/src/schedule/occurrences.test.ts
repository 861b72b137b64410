import { LIMITS, Schedule, WEEKDAYS, type Weekday, weekdayOf } from '@conclave/protocol';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { localStarts, nextOccurrence } from './occurrences.ts';
import { localMs, Zone } from './zone.ts';

const hour = 60 * 60_000;

function schedule(given: object): Schedule {
  return Schedule.parse({
    start: '2026-11-30T09:00',
    zone: 'Europe/Stockholm',
    minutes: 60,
    recurrence: null,
    ...given,
  });
}

function starts(of: Schedule, count: number): string[] {
  const found: string[] = [];
  for (const at of localStarts(of)) {
    found.push(new Date(at).toISOString().slice(0, 16));
    if (found.length === count) break;
  }
  return found;
}

describe('when it begins', () => {
  const never = { kind: 'never' };

  it('once', () => expect(starts(schedule({}), 5)).toEqual(['2026-11-30T09:00']));

  it('every other day, three times', () => {
    const recurrence = { every: 'day', interval: 2, end: { kind: 'count', count: 3 } };
    expect(starts(schedule({ recurrence }), 9)).toEqual([
      '2026-11-30T09:00',
      '2026-12-02T09:00',
      '2026-12-04T09:00',
    ]);
  });

  it('every second week on Monday and Thursday, until a day that counts', () => {
    const end = { kind: 'until', day: '2026-12-17' };
    const recurrence = { every: 'week', interval: 2, days: ['th', 'mo'], end };
    expect(starts(schedule({ recurrence }), 9)).toEqual([
      '2026-11-30T09:00',
      '2026-12-03T09:00',
      '2026-12-14T09:00',
      '2026-12-17T09:00',
    ]);
  });

  it('on the 31st: months without one are left out', () => {
    const recurrence = { every: 'month', interval: 1, end: never };
    const of = schedule({ start: '2026-12-31T09:00', recurrence });
    expect(starts(of, 4)).toEqual([
      '2026-12-31T09:00',
      '2027-01-31T09:00',
      '2027-03-31T09:00',
      '2027-05-31T09:00',
    ]);
  });

  it('on 29 February: in leap years', () => {
    const recurrence = { every: 'month', interval: 12, end: never };
    const of = schedule({ start: '2028-02-29T09:00', recurrence });
    expect(starts(of, 2)).toEqual(['2028-02-29T09:00', '2032-02-29T09:00']);
  });
});

describe('clocks that go forward and back', () => {
  const zone = new Zone('Europe/Stockholm');

  it.each([
    ['2027-03-27T09:00', '2027-03-27T08:00:00.000Z'],
    ['2027-03-28T09:00', '2027-03-28T07:00:00.000Z'],
    // There is no 02:30 on that night: read with the offset from before.
    ['2027-03-28T02:30', '2027-03-28T01:30:00.000Z'],
    // There are two: the first counts.
    ['2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
  ])('%s there is %s', (local, instant) => {
    expect(new Date(zone.toInstant(localMs(local))).toISOString()).toBe(instant);
  });

  it('a meeting stays at its time of day', () => {
    const recurrence = { every: 'day', interval: 1, end: { kind: 'never' } };
    const of = schedule({ start: '2027-03-26T09:00', recurrence });
    const at = (now: string) => new Date(nextOccurrence(of, Date.parse(now))?.start ?? 0).toISOString();
    expect(at('2027-03-27T00:00:00Z')).toBe('2027-03-27T08:00:00.000Z');
    expect(at('2027-03-28T00:00:00Z')).toBe('2027-03-28T07:00:00.000Z');
  });
});

describe('the next one', () => {
  it('is the one that is on, until it is over', () => {
    const start = Date.parse('2026-11-30T08:00:00Z');
    expect(nextOccurrence(schedule({}), start + hour - 1)).toEqual({ start, end: start + hour });
    expect(nextOccurrence(schedule({}), start + hour)).toBeNull();
  });

  it('is found at once, years after the first', () => {
    const recurrence = { every: 'day', interval: 1, end: { kind: 'never' } };
    const of = schedule({ start: '2001-01-01T09:00', recurrence });
    const now = Date.parse('2099-06-01T12:00:00Z');
    expect(nextOccurrence(of, now)?.start).toBe(Date.parse('2099-06-02T07:00:00Z'));
  });
});

const zones = ['UTC', 'Europe/Stockholm', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
const days = fc
  .date({ min: new Date('2001-01-01'), max: new Date('2080-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 16));
const ends = fc.oneof(
  fc.constant({ kind: 'never' as const }),
  fc.record({ kind: fc.constant('count' as const), count: fc.integer({ min: 1, max: 60 }) }),
  fc.constant({ kind: 'until' as const, day: '2089-12-31' }),
);
const interval = fc.integer({ min: 1, max: 99 });
const schedules = fc
  .record({
    start: days,
    zone: fc.constantFrom(...zones),
    minutes: fc.integer({ min: 5, max: LIMITS.meetingMinutes }),
    recurrence: fc.option(
      fc.oneof(
        fc.record({ every: fc.constant('day' as const), interval, end: ends }),
        fc.record({ every: fc.constant('month' as const), interval, end: ends }),
        fc.record({
          every: fc.constant('week' as const),
          interval,
          end: ends,
          days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
        }),
      ),
    ),
  })
  .map((raw) => {
    const { recurrence } = raw;
    if (recurrence?.every !== 'week') return Schedule.parse(raw);
    const all = new Set<Weekday>([...recurrence.days, weekdayOf(raw.start)]);
    return Schedule.parse({ ...raw, recurrence: { ...recurrence, days: [...all] } });
  });

test('begins with its start, goes only forward, and no more often than it says', () => {
  fc.assert(
    fc.property(schedules, (of) => {
      const found = starts(of, 40);
      expect(found[0]).toBe(of.start);
      for (const [index, at] of found.entries())
        if (index > 0) expect(at > (found[index - 1] ?? '')).toBe(true);
      if (of.recurrence?.end.kind === 'count')
        expect(found.length).toBeLessThanOrEqual(of.recurrence.end.count);
      for (const at of found) expect(at.slice(10)).toBe(of.start.slice(10));
    }),
  );
});

test('the next one is never over, and lasts as long as it should', () => {
  const now = fc.date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(schedules, now, (of, date) => {
      const next = nextOccurrence(of, date.getTime());
      if (next === null) return;
      expect(next.end).toBeGreaterThan(date.getTime());
      expect(next.end - next.start).toBe(of.minutes * 60_000);
    }),
  );
});

test.each([
  { start: '2026-02-30T09:00' },
  { start: '2026-11-30T24:00' },
  { start: '2026-11-30T09:00:00' },
  { zone: 'Europe/Atlantis' },
  { zone: '+01:00' },
  { zone: 'Europe/Stockholm\r\nX:1' },
  { minutes: 0 },
  { minutes: LIMITS.meetingMinutes + 1 },
  { recurrence: { every: 'week', interval: 1, days: ['tu'], end: { kind: 'never' } } },
  { recurrence: { every: 'week', interval: 1, days: [], end: { kind: 'never' } } },
  { recurrence: { every: 'day', interval: 0, end: { kind: 'never' } } },
  { recurrence: { every: 'day', interval: 1, end: { kind: 'until', day: '2026-11-29' } } },
  { recurrence: { every: 'year', interval: 1, end: { kind: 'never' } } },
])('%j is no schedule', (wrong) => {
  const good = { start: '2026-11-30T09:00', zone: 'Europe/Stockholm', minutes: 60, recurrence: null };
  expect(Schedule.safeParse(good).success).toBe(true);
  expect(Schedule.safeParse({ ...good, ...wrong }).success).toBe(false);
});
