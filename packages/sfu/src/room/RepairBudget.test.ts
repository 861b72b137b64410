import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RepairBudget } from './RepairBudget.ts';

describe('RepairBudget', () => {
  it('never sends more again than the path has left beside the media, whatever is asked for', () => {
    const second = fc.record({
      capacity: fc.integer({ min: 30_000, max: 5_000_000 }),
      media: fc.integer({ min: 0, max: 5_000_000 }),
      asked: fc.array(fc.integer({ min: 0, max: 400_000 }), { minLength: 1, maxLength: 50 }),
    });
    fc.assert(
      fc.property(fc.array(second, { minLength: 2, maxLength: 30 }), (seconds) => {
        const repairs = new RepairBudget();
        let saved = 15_000;
        for (const [index, { capacity, media, asked }] of seconds.entries()) {
          const start = index * 1_000;
          repairs.update(capacity, media, start);
          const rate = Math.max(30_000, capacity * 0.15, capacity - media);
          let sent = 0;
          for (const [place, bytes] of asked.entries()) {
            const time = start + (place * 1_000) / asked.length;
            const given = Math.min(bytes, repairs.available(time));
            repairs.spend(given);
            sent += given * 8;
          }
          expect(sent).toBeLessThanOrEqual(rate + Math.min(saved, rate / 2) + 1);
          saved = rate / 2;
        }
      }),
    );
  });

  it('never sends more again than is sent for the first time, however wide the path is said to be', () => {
    const repairs = new RepairBudget();
    let sent = 0;
    for (let time = 0; time < 10_000; time += 20) {
      if (time % 1_000 === 0) repairs.update(50_000_000, 1_000_000, time);
      const given = repairs.available(time);
      repairs.spend(given);
      sent += given * 8;
    }
    expect(sent).toBeLessThanOrEqual(10_500_001);
  });

  it('repairs a third of the packets where the path has room for it', () => {
    const repairs = new RepairBudget();
    let wanted = 0;
    let sent = 0;
    for (let time = 0; time < 10_000; time += 20) {
      if (time % 1_000 === 0) repairs.update(1_000_000, 600_000, time);
      const bytes = (600_000 * 0.3 * 20) / 8_000;
      const given = Math.min(bytes, repairs.available(time));
      repairs.spend(given);
      wanted += bytes;
      sent += given;
    }
    expect(sent / wanted).toBeGreaterThan(0.98);
  });
});
