import { Schedule } from '@conclave/protocol';
import { describe, expect, it } from 'vitest';
import { daysOf, draftOf, isPast, newDraft, scheduleOf } from './scheduleDraft.ts';

const base = { start: '2026-11-30T09:00', zone: 'Europe/Stockholm', minutes: 60 };

describe('a schedule as its fields have it', () => {
  it.each([
    null,
    { every: 'day', interval: 2, end: { kind: 'count', count: 5 } },
    { every: 'week', interval: 1, days: ['mo', 'fr'], end: { kind: 'until', day: '2027-01-31' } },
    { every: 'month', interval: 1, end: { kind: 'never' } },
  ])('comes back as it was: %j', (recurrence) => {
    const schedule = Schedule.parse({ ...base, recurrence });
    expect(scheduleOf(draftOf(schedule))).toEqual(schedule);
  });

  it('begins with the next full hour, once', () => {
    const draft = newDraft(new Date(2026, 10, 30, 23, 20));
    expect(draft).toMatchObject({ day: '2026-12-01', time: '00:00', minutes: 60, every: 'none' });
    expect(scheduleOf(draft)).not.toBeNull();
  });

  it('repeats on the weekday of its first day, whatever else was ticked', () => {
    const draft = { ...newDraft(new Date(2026, 10, 30, 8)), every: 'week' as const, days: ['fr' as const] };
    expect(daysOf(draft)).toEqual(['fr', 'mo']);
    expect(scheduleOf(draft)?.recurrence).toMatchObject({ days: ['fr', 'mo'] });
  });

  it.each([
    { day: '' },
    { time: '' },
    { every: 'day', interval: '0' },
    { every: 'day', end: 'count', count: '' },
  ])('is none with %j', (wrong) =>
    expect(scheduleOf({ ...newDraft(new Date(2026, 10, 30, 8)), ...(wrong as object) })).toBeNull(),
  );

  it('is past by the clock of its zone', () => {
    const now = Date.parse('2026-11-28T12:30:00Z');
    const draft = { ...newDraft(new Date(now)), day: '2026-11-28', time: '13:00', every: 'none' } as const;
    expect(isPast({ ...draft, zone: 'UTC' }, now)).toBe(false);
    expect(isPast({ ...draft, zone: 'Europe/Berlin' }, now)).toBe(true);
    expect(isPast({ ...draft, zone: 'America/New_York' }, now)).toBe(false);
    expect(isPast({ ...draft, day: '2020-01-01', zone: 'UTC', every: 'week' }, now)).toBe(false);
  });
});
