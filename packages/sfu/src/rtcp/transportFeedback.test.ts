import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRtcp } from './parseRtcp.ts';
import { writeTransportFeedback } from './transportFeedback.ts';

describe('transport-wide feedback', () => {
  it('reads back as written: runs, vectors, large and negative deltas', () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 40 }) },
      { weight: 2, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.integer({ min: -3000, max: 3000 }) },
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 0xffff }),
        fc.integer({ min: 100_000, max: 0x7fffff * 256 - 1_000_000 }),
        fc.array(step, { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 0, max: 30 }),
        (baseSequence, start, steps, run) => {
          let time = start;
          const arrivals = [...steps, ...new Array<null>(run).fill(null), 1].map((move) => {
            if (move === null) return null;
            time += move;
            return time;
          });
          const feedback = { senderSsrc: 1, mediaSsrc: 2, baseSequence, feedbackCount: 7, arrivals };
          const bytes = writeTransportFeedback(feedback);
          expect(bytes).not.toBeNull();
          if (bytes === null) return;
          expect(bytes.length % 4).toBe(0);
          expect(parseRtcp(bytes)).toEqual([{ type: 'transport-feedback', ...feedback }]);
        },
      ),
    );
  });

  it('has the layout of the draft', () => {
    const bytes = writeTransportFeedback({
      senderSsrc: 1,
      mediaSsrc: 2,
      baseSequence: 0x0102,
      feedbackCount: 3,
      arrivals: [256, 260, null, 1000],
    });
    // Padding bit; reference 1 (64 ms); one vector 01 01 00 10; deltas 0, 4, 740 (two bytes); two bytes of padding.
    expect(bytes).toEqual(
      Uint8Array.of(
        ...[0xaf, 205, 0, 6, 0, 0, 0, 1, 0, 0, 0, 2],
        ...[1, 2, 0, 4, 0, 0, 1, 3],
        ...[0xd4, 0x80, 0, 4, 0x02, 0xe4, 0, 2],
      ),
    );
  });

  it('says so when arrivals are too far apart for one packet', () => {
    const feedback = { senderSsrc: 1, mediaSsrc: 2, baseSequence: 0, feedbackCount: 0 };
    expect(writeTransportFeedback({ ...feedback, arrivals: [0, 40_000] })).toBeNull();
    expect(writeTransportFeedback({ ...feedback, arrivals: [null] })).toBeNull();
  });
});
