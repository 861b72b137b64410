import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RtpPacket } from '../rtp/RtpPacket.ts';
import { RetransmissionCache } from './RetransmissionCache.ts';

function packetAt(arrival: number): RtpPacket {
  const packet = new RtpPacket(new Uint8Array(1));
  packet.arrival = arrival;
  return packet;
}

const numbers = (sequenceNumber: number, timestamp: number, pictureId: number, tl0PicIdx: number) => ({
  ...{ sequenceNumber, timestamp, pictureId, tl0PicIdx },
  frameNumber: pictureId & 0xffff,
  topLayer: -1,
});

describe('RetransmissionCache', () => {
  it('returns exactly the newest packets of its capacity, with their numbers', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 0xffff }),
        fc.integer({ min: 1, max: 600 }),
        fc.integer({ min: 0, max: 9 }),
        (first, count, power) => {
          const capacity = 2 ** power;
          const cache = new RetransmissionCache(capacity, 1000);
          const packets = Array.from({ length: count }, () => packetAt(0));
          for (const [index, packet] of packets.entries())
            cache.store(packet, numbers((first + index) & 0xffff, 7 * index, index, index & 0xff));
          for (const [index, packet] of packets.entries()) {
            const found = cache.take((first + index) & 0xffff, 10, 5);
            if (index < count - capacity) expect(found).toBeNull();
            else {
              expect(found).toMatchObject({
                timestamp: 7 * index,
                pictureId: index,
                tl0PicIdx: index & 0xff,
                frameNumber: index,
                topLayer: -1,
              });
              expect(found?.packet).toBe(packet);
            }
          }
          expect(cache.take((first + count) & 0xffff, 10, 5)).toBeNull();
        },
      ),
    );
  });

  it('keeps minus one for packets without picture ids', () => {
    const cache = new RetransmissionCache(4, 1000);
    cache.store(packetAt(0), numbers(1, 2, -1, -1));
    expect(cache.take(1, 1, 5)).toMatchObject({ pictureId: -1, tl0PicIdx: -1 });
  });

  it('does not send the same packet twice within a round trip, nor more than ten times', () => {
    const cache = new RetransmissionCache(4, 100_000);
    cache.store(packetAt(0), numbers(1, 0, -1, -1));
    expect(cache.take(1, 10, 50)).not.toBeNull();
    expect(cache.take(1, 59, 50)).toBeNull();
    let sent = 1;
    for (let now = 60; now < 5000; now += 50) if (cache.take(1, now, 50) !== null) sent += 1;
    expect(sent).toBe(10);
    cache.store(packetAt(5000), numbers(5, 0, -1, -1));
    expect(cache.take(5, 5000, 50)).not.toBeNull();
  });

  it('lets go of old packets', () => {
    const cache = new RetransmissionCache(4, 1000);
    cache.store(packetAt(0), numbers(1, 0, -1, -1));
    cache.store(packetAt(500), numbers(2, 0, -1, -1));
    expect(cache.take(1, 1001, 5)).toBeNull();
    cache.expire(1400);
    expect(cache.take(2, 1400, 5)).not.toBeNull();
    cache.expire(1501);
    expect(cache.take(2, 1450, 5)).toBeNull();
    cache.store(packetAt(2000), numbers(3, 0, -1, -1));
    cache.clear();
    expect(cache.take(3, 2000, 5)).toBeNull();
  });
});
