import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Vp8Descriptor } from '../codec/vp8.ts';
import { SenderClock, StreamClock } from '../receive/StreamClock.ts';
import { RtpPacket } from '../rtp/RtpPacket.ts';
import { timestampDistance } from '../rtp/serial.ts';
import { SlotRewriter } from './SlotRewriter.ts';

interface Numbers {
  sequence: number;
  timestamp: number;
  pictureId: number;
  tl0PicIdx: number;
}

function video(numbers: Numbers, arrival: number): RtpPacket {
  const packet = new RtpPacket(new Uint8Array(20));
  packet.sequenceNumber = numbers.sequence & 0xffff;
  packet.timestamp = numbers.timestamp >>> 0;
  packet.arrival = arrival;
  packet.payloadEnd = 20;
  packet.vp8 = new Vp8Descriptor();
  packet.vp8.pictureId = numbers.pictureId & 0x7fff;
  packet.vp8.pictureIdBits = 15;
  packet.vp8.tl0PicIdx = numbers.tl0PicIdx & 0xff;
  return packet;
}

const options = {
  clockRate: 90_000,
  minimumStep: 90,
  firstSequenceNumber: 65_500,
  firstTimestamp: 0xfffff000,
  firstPictureId: 0x7ff0,
  firstTl0PicIdx: 250,
};
const source = fc.record({
  sequence: fc.integer({ min: 0, max: 0xffff }),
  timestamp: fc.integer({ min: 0, max: 0xffffffff }),
  pictureId: fc.integer({ min: 0, max: 0x7fff }),
  tl0PicIdx: fc.integer({ min: 0, max: 0xff }),
});

describe('SlotRewriter', () => {
  it('is one continuous stream over random switches, with loss and reordering kept inside each source', () => {
    const frame = fc.record({ packets: fc.integer({ min: 1, max: 4 }), lost: fc.nat(9), swap: fc.nat(5) });
    const run = fc.record({ source: fc.nat(3), frames: fc.array(frame, { minLength: 1, maxLength: 12 }) });
    fc.assert(
      fc.property(
        fc.array(source, { minLength: 4, maxLength: 4 }),
        fc.array(run, { minLength: 1, maxLength: 8 }),
        (sources, runs) => {
          const rewriter = new SlotRewriter(options);
          let now = 1000;
          let nextSequence = options.firstSequenceNumber;
          let nextPicture = options.firstPictureId;
          let nextTl0 = options.firstTl0PicIdx;
          let newestTimestamp: number | null = null;
          const used = new Set<number>();
          for (const { source: index, frames } of runs) {
            const state = sources[index];
            if (!state) continue;
            const begins = { ...state };
            const [sequenceBase, pictureBase, tl0Base] = [nextSequence, nextPicture, nextTl0];
            let timestampOffset: number | null = null;
            let arrived: RtpPacket[] = [];
            for (const { packets, lost, swap } of frames) {
              now += 33;
              for (let packet = 0; packet < packets; packet++) {
                if (arrived.length === 0 || lost !== packet) arrived.push(video(state, now));
                state.sequence += 1;
              }
              if (swap > 0 && arrived.length > swap + 1) {
                const late = arrived.splice(arrived.length - 1 - swap, 1);
                arrived = [...arrived, ...late];
              }
              state.timestamp += 2970;
              state.pictureId += 1;
              state.tl0PicIdx += 1;
            }
            for (const [place, packet] of arrived.entries()) {
              if (place === 0) {
                rewriter.start(packet, null);
                timestampOffset = (rewriter.timestamp - packet.timestamp) | 0;
                if (newestTimestamp !== null)
                  expect(timestampDistance(newestTimestamp, rewriter.timestamp)).toBeGreaterThan(0);
              } else expect(rewriter.rewrite(packet)).toBe(true);
              const ahead = (packet.sequenceNumber - begins.sequence) & 0xffff;
              expect(rewriter.sequenceNumber).toBe((sequenceBase + ahead) & 0xffff);
              expect(used.has(rewriter.sequenceNumber)).toBe(false);
              used.add(rewriter.sequenceNumber);
              nextSequence = Math.max(nextSequence, sequenceBase + ahead + 1);
              expect(rewriter.timestamp).toBe((packet.timestamp + (timestampOffset ?? 0)) >>> 0);
              const frameAhead = ((packet.vp8?.pictureId ?? 0) - begins.pictureId) & 0x7fff;
              expect(rewriter.pictureId).toBe((pictureBase + frameAhead) & 0x7fff);
              expect(rewriter.tl0PicIdx).toBe((tl0Base + frameAhead) & 0xff);
              nextPicture = Math.max(nextPicture, pictureBase + frameAhead + 1);
              nextTl0 = Math.max(nextTl0, tl0Base + frameAhead + 1);
              if (newestTimestamp === null || timestampDistance(newestTimestamp, rewriter.timestamp) > 0)
                newestTimestamp = rewriter.timestamp;
            }
          }
        },
      ),
    );
  });

  it('aligns timestamps by sender reports when both sources have them', () => {
    const sender = new SenderClock();
    const [low, high] = [new StreamClock(90_000, sender), new StreamClock(90_000, sender)];
    low.onSenderReport(50_000, 111_000, 1000);
    high.onSenderReport(50_000, 999_000, 1000);
    const rewriter = new SlotRewriter(options);
    rewriter.start(video({ sequence: 1, timestamp: 111_000, pictureId: 1, tl0PicIdx: 1 }, 1010), low);
    const before = rewriter.timestamp;
    // Captured 100 ms later, but held up by 70 ms on the way.
    rewriter.start(video({ sequence: 9, timestamp: 1_008_000, pictureId: 7, tl0PicIdx: 3 }, 1180), high);
    expect(timestampDistance(before, rewriter.timestamp)).toBe(9000);
  });

  it('falls back to arrival times without reports or with ones that lie', () => {
    const lying = new StreamClock(90_000, new SenderClock());
    const honest = new StreamClock(90_000, new SenderClock());
    honest.onSenderReport(50_000, 0, 1000);
    lying.onSenderReport(50_000, 0x70000000, 1000);
    for (const clock of [null, lying]) {
      const rewriter = new SlotRewriter(options);
      rewriter.start(video({ sequence: 1, timestamp: 0, pictureId: 1, tl0PicIdx: 1 }, 1000), honest);
      const before = rewriter.timestamp;
      rewriter.start(video({ sequence: 9, timestamp: 5, pictureId: 7, tl0PicIdx: 3 }, 1200), clock);
      expect(timestampDistance(before, rewriter.timestamp)).toBe(18_000);
    }
  });

  it('goes on from the newest frame, not from a late one', () => {
    const rewriter = new SlotRewriter(options);
    rewriter.start(video({ sequence: 1, timestamp: 0, pictureId: 1, tl0PicIdx: 1 }, 1000), null);
    rewriter.rewrite(video({ sequence: 3, timestamp: 6000, pictureId: 3, tl0PicIdx: 3 }, 1066));
    const newest = rewriter.timestamp;
    rewriter.rewrite(video({ sequence: 2, timestamp: 3000, pictureId: 2, tl0PicIdx: 2 }, 1070));
    rewriter.start(video({ sequence: 9, timestamp: 5, pictureId: 7, tl0PicIdx: 3 }, 1166), null);
    expect(timestampDistance(newest, rewriter.timestamp)).toBe(9000);
  });

  it('never steps back when the other layer is behind', () => {
    const rewriter = new SlotRewriter(options);
    rewriter.start(video({ sequence: 1, timestamp: 0, pictureId: 1, tl0PicIdx: 1 }, 1000), null);
    const before = rewriter.timestamp;
    rewriter.start(video({ sequence: 9, timestamp: 5, pictureId: 7, tl0PicIdx: 3 }, 1000), null);
    expect(timestampDistance(before, rewriter.timestamp)).toBe(options.minimumStep);
  });

  it('knows the outgoing timestamp of any instant', () => {
    const clock = new StreamClock(90_000, new SenderClock());
    const rewriter = new SlotRewriter(options);
    expect(rewriter.timestampAt(0)).toBeNull();
    rewriter.start(video({ sequence: 1, timestamp: 500, pictureId: 1, tl0PicIdx: 1 }, 1000), clock);
    expect(rewriter.timestampAt(1100)).toBe((options.firstTimestamp + 9000) >>> 0);
    clock.onSenderReport(70_000, 500 + 900, 1020);
    expect(rewriter.timestampAt(1120)).toBe((options.firstTimestamp + 900 + 9000) >>> 0);
  });

  it('is moved by half a second at most when somebody lies about the time and another one follows', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 20_000 }), fc.nat(3_000), (lie, pause) => {
        const [liar, honest] = [
          new StreamClock(90_000, new SenderClock()),
          new StreamClock(90_000, new SenderClock()),
        ];
        liar.onSenderReport(70_000 + lie, 500, 1_000);
        honest.onSenderReport(5_000, 800, 1_000);
        const rewriter = new SlotRewriter(options);
        rewriter.start(video({ sequence: 1, timestamp: 500, pictureId: 1, tl0PicIdx: 1 }, 1_000), liar);
        // The liar says meanwhile that the same instant was another one.
        liar.onSenderReport(70_000, 500, 1_000);
        const before = rewriter.timestamp;
        const arrival = 1_100 + pause;
        rewriter.start(video({ sequence: 9, timestamp: 800, pictureId: 7, tl0PicIdx: 3 }, arrival), honest);
        const elapsed = timestampDistance(before, rewriter.timestamp) / 90;
        expect(Math.abs(elapsed - (arrival - 1_000))).toBeLessThanOrEqual(500 + 1);
      }),
    );
  });
});
