import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TransportFeedback } from '../rtcp/transportFeedback.ts';
import { FeedbackMatcher } from './FeedbackMatcher.ts';
import { SentPackets } from './SentPackets.ts';

/** One packet every 10 ms, and feedback on any of them. */
class Scene {
  readonly sent = new SentPackets();
  readonly matcher = new FeedbackMatcher(this.sent);
  received = 0;
  lost = 0;

  send(packets: number): void {
    for (let index = 0; index < packets; index++) this.sent.add(100, this.sent.next * 10, 0);
  }

  /** @param arrivals ticks of 250 µs; null: not received */
  report(first: number, arrivals: readonly (number | null)[], now = 0): void {
    const feedback: TransportFeedback = {
      ...{ type: 'transport-feedback', senderSsrc: 1, mediaSsrc: 2, feedbackCount: 0 },
      ...{ baseSequence: first & 0xffff, arrivals },
    };
    this.matcher.match(feedback, now);
    this.received += this.matcher.verdicts.received;
    this.lost += this.matcher.verdicts.lost;
  }

  get arrivals(): { number: number; arrival: number }[] {
    return Array.from({ length: this.matcher.count }, (_, index) => ({
      number: this.matcher.number(index),
      arrival: this.matcher.arrival(index),
    }));
  }
}

describe('FeedbackMatcher', () => {
  it('finds packets by 16 bits of their number, in the order of arrival, across every wrap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 200_000 }),
        fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
        fc.array(fc.nat(400), { minLength: 2, maxLength: 100 }),
        (before, start, delays) => {
          const scene = new Scene();
          scene.send(before + delays.length);
          // The receiver's ticks wrap at 32 bits.
          scene.report(
            before,
            delays.map((delay, index) => (start + index * 40 + delay) | 0),
          );
          const expected = delays
            .map((delay, index) => ({ number: before + index, place: index * 40 + delay }))
            .sort((a, b) => a.place - b.place || a.number - b.number);
          expect(scene.arrivals.map(({ number }) => number)).toEqual(expected.map(({ number }) => number));
          const [first] = scene.arrivals;
          expect(scene.arrivals.map(({ arrival }) => (arrival - (first?.arrival ?? 0)) * 4)).toEqual(
            expected.map(({ place }) => place - (expected[0]?.place ?? 0)),
          );
        },
      ),
    );
  });

  it('takes a packet for lost only when those sent long after it have come', () => {
    const scene = new Scene();
    scene.send(100);
    scene.report(0, [0, null, 80, 120]);
    expect([scene.received, scene.lost]).toEqual([0, 0]);
    // 300 ms later it comes after all.
    scene.report(1, [1_280]);
    scene.report(4, [null, ...new Array<null>(95).fill(null).map((_, index) => 200 + index * 40)]);
    expect(scene.lost).toBe(1);
    expect(scene.received).toBeGreaterThan(50);
  });

  it('counts neither way what no feedback has spoken of, and everything else once', () => {
    const scene = new Scene();
    scene.send(200);
    const half = new Array<null>(50).fill(null).map((_, index) => index * 40);
    scene.report(0, half);
    scene.report(0, half);
    // That on 50 to 99 was lost on its way.
    scene.report(
      100,
      new Array<null>(100).fill(null).map((_, index) => 4_000 + index * 40),
    );
    expect(scene.lost).toBe(0);
    expect(scene.received).toBe(50 + 100 - 40);
  });

  it('knows nothing of what was never sent, or long ago', () => {
    const scene = new Scene();
    scene.report(0, [1, 2, 3]);
    expect(scene.arrivals).toEqual([]);
    scene.send(10_000);
    scene.report(0, [1, 2, 3]);
    scene.report(10_000, [1, 2, 3]);
    expect(scene.arrivals).toEqual([]);
  });
});
