import { describe, expect, it } from 'vitest';
import { whenText } from './whenText.ts';

const next = { start: '2026-11-30T08:00:00.000Z', end: '2026-11-30T09:00:00.000Z' };
const now = Date.parse('2026-11-26T12:00:00Z');
const stockholm = { zone: 'Europe/Stockholm' };

describe('whenText', () => {
  it('says the time as the reader’s clock has it', () => {
    const { here, there } = whenText(next, stockholm, now, 'Europe/Stockholm');
    expect(here).toMatch(/^Mon,? 30 Nov,? 09:00\s?–\s?10:00$/);
    expect(there).toBeNull();
  });

  it('names the zone that it was set for where clocks there show another time', () => {
    const { here, there } = whenText(next, stockholm, now, 'America/New_York');
    expect(here).toMatch(/03:00/);
    expect(there).toEqual({ time: '09:00', zone: 'Europe/Stockholm' });
    // Berlin's clocks show the same.
    expect(whenText(next, stockholm, now, 'Europe/Berlin').there).toBeNull();
  });

  it('names the year when it is another one', () => {
    expect(whenText(next, stockholm, Date.parse('2025-01-01T00:00:00Z'), 'UTC').here).toContain('2026');
  });
});
