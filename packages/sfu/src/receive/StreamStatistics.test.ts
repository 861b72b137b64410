import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RtpPacket } from '../rtp/RtpPacket.ts';
import { StreamStatistics } from './StreamStatistics.ts';

function packet(sequence: number, timestamp = 0, arrival = 0): RtpPacket {
  const made = new RtpPacket(new Uint8Array(10));
  made.sequenceNumber = sequence & 0xffff;
  made.timestamp = timestamp >>> 0;
  made.arrival = arrival;
  made.payloadEnd = 10;
  return made;
}

describe('StreamStatistics', () => {
  it('counts each number once and the rest as lost, over the wrap and with reordering', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 0xffff }),
        fc.array(fc.integer({ min: -20, max: 60 }), { maxLength: 200 }),
        (start, steps) => {
          const statistics = new StreamStatistics(90_000);
          const seen = new Set<number>();
          let at = start;
          for (const step of [0, ...steps]) {
            at += step;
            expect(statistics.receive(packet(at))).toBe(!seen.has(at));
            seen.add(at);
          }
          const [lowest, highest] = [Math.min(...seen), Math.max(...seen)];
          expect(statistics.packets).toBe(seen.size);
          expect(statistics.lost).toBe(highest - lowest + 1 - seen.size);
          const block = statistics.reportBlock(7, 0);
          expect(block).toMatchObject({ ssrc: 7, cumulativeLost: statistics.lost });
          expect((block?.highestSequence ?? 0) & 0xffff).toBe(highest & 0xffff);
        },
      ),
    );
  });

  it('reports the fraction lost since the former report', () => {
    const statistics = new StreamStatistics(90_000);
    expect(statistics.reportBlock(1, 0)).toBeNull();
    for (let sequence = 0; sequence < 100; sequence++)
      if (sequence % 4 !== 3) statistics.receive(packet(sequence));
    expect(statistics.reportBlock(1, 0)).toMatchObject({ fractionLost: Math.floor((24 * 256) / 99) });
    for (let sequence = 100; sequence < 200; sequence++) statistics.receive(packet(sequence));
    // 99 was lost too, and becomes known only now.
    expect(statistics.reportBlock(1, 0)).toMatchObject({ fractionLost: 2, cumulativeLost: 25 });
  });

  it('does not count a repaired packet as one that was not lost', () => {
    const statistics = new StreamStatistics(90_000);
    statistics.receive(packet(1));
    statistics.receive(packet(3));
    const repaired = packet(2);
    repaired.repaired = true;
    expect(statistics.receive(repaired)).toBe(true);
    expect(statistics.receive(packet(2))).toBe(false);
    expect(statistics.lost).toBe(1);
    expect(statistics.repairedPackets).toBe(1);
  });

  it('measures jitter', () => {
    const even = new StreamStatistics(90_000);
    const uneven = new StreamStatistics(90_000);
    for (let index = 0; index < 400; index++) {
      even.receive(packet(index, 0xffffff00 + index * 900, index * 10));
      uneven.receive(packet(index, 0xffffff00 + index * 900, index * 10 + (index % 2) * 8));
    }
    expect(even.jitter).toBeCloseTo(0, 3);
    expect(uneven.jitter).toBeCloseTo(8, 1);
  });

  it('ignores a lone number far off and follows a sender that restarts', () => {
    const statistics = new StreamStatistics(90_000);
    for (let sequence = 0; sequence < 10; sequence++) statistics.receive(packet(sequence));
    expect(statistics.receive(packet(30_000))).toBe(false);
    expect(statistics.receive(packet(10))).toBe(true);
    expect(statistics.receive(packet(40_000))).toBe(false);
    expect(statistics.receive(packet(40_001))).toBe(true);
    expect(statistics.receive(packet(40_002))).toBe(true);
    expect(statistics.lost).toBe(0);
  });

  it('echoes the last sender report with the time since', () => {
    const statistics = new StreamStatistics(90_000);
    statistics.receive(packet(1));
    statistics.onSenderReport(0xabcdef01, 1000);
    expect(statistics.reportBlock(1, 1500)).toMatchObject({
      lastSenderReport: 0xabcdef01,
      delaySinceLastSenderReport: 32_768,
    });
  });
});
