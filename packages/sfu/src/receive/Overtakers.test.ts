import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RtpPacket } from '../rtp/RtpPacket.ts';
import { Overtakers } from './Overtakers.ts';

function packet(sequenceNumber: number, arrival = 0): RtpPacket {
  const made = new RtpPacket(new Uint8Array(1));
  made.sequenceNumber = sequenceNumber & 0xffff;
  made.arrival = arrival;
  return made;
}

describe('Overtakers', () => {
  it('gives back what belongs behind the start of the key frame, in order, whatever the order of arrival', () => {
    fc.assert(
      fc.property(
        fc.nat(0xffff),
        fc.uniqueArray(fc.integer({ min: -60, max: 60 }), { maxLength: 100 }),
        (start, places) => {
          const overtakers = new Overtakers();
          for (const place of places) overtakers.add(packet(start + place), true);
          const expected = places.filter((place) => place > 0).sort((a, b) => a - b);
          const behind = overtakers.behind(packet(start));
          expect(behind.map(({ sequenceNumber }) => sequenceNumber)).toEqual(
            expected.map((place) => (start + place) & 0xffff),
          );
        },
      ),
    );
  });

  it('keeps nothing while nobody waits, few packets, and none for long', () => {
    const overtakers = new Overtakers();
    for (let number = 1; number <= 500; number++) overtakers.add(packet(number), true);
    expect(overtakers.behind(packet(0)).length).toBe(128);
    expect(overtakers.behind(packet(0, 600))).toEqual([]);
    overtakers.add(packet(501), false);
    expect(overtakers.behind(packet(0))).toEqual([]);
  });
});
