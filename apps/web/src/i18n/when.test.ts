import { describe, expect, it } from 'vitest';
import { timeAgo } from './when.ts';

const now = Date.parse('2026-03-10T12:00:00Z');

describe('timeAgo', () => {
  it.each([
    ['2026-03-10T11:59:40Z', 'now'],
    ['2026-03-10T11:58:00Z', '2 minutes ago'],
    ['2026-03-10T09:00:00Z', '3 hours ago'],
    ['2026-03-09T12:00:00Z', 'yesterday'],
    ['2026-02-24T12:00:00Z', '2 weeks ago'],
    ['2025-03-10T12:00:00Z', 'last year'],
    // Clocks differ a little: the future is no surprise.
    ['2026-03-10T12:00:20Z', 'now'],
  ])('%s is %s', (instant, text) => expect(timeAgo(instant, now)).toBe(text));
});
