import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRtcp } from '../rtcp/parseRtcp.ts';
import { TransportFeedbackRecorder } from './TransportFeedbackRecorder.ts';

function read(packets: Uint8Array[]): Map<number, number | null> {
  const times = new Map<number, number | null>();
  for (const bytes of packets) {
    expect(bytes.length).toBeLessThanOrEqual(1200);
    const [feedback] = parseRtcp(bytes) ?? [];
    if (feedback?.type !== 'transport-feedback') throw new Error('no feedback');
    for (const [index, arrival] of feedback.arrivals.entries())
      times.set((feedback.baseSequence + index) & 0xffff, arrival);
  }
  return times;
}

describe('TransportFeedbackRecorder', () => {
  it('reports every packet once with its time to a quarter millisecond, and the lost ones as lost', () => {
    const step = fc.record({
      gap: fc.integer({ min: 1, max: 12 }),
      wait: fc.oneof(fc.integer({ min: 0, max: 80 }), fc.integer({ min: 8000, max: 90_000 })),
      take: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 0xffff }),
        fc.array(step, { minLength: 1, maxLength: 150 }),
        (start, steps) => {
          const recorder = new TransportFeedbackRecorder(1);
          const [reported, sent] = [new Map<number, number | null>(), new Map<number, number>()];
          let [sequence, now] = [start, 1000];
          const merge = () => {
            for (const [key, value] of read(recorder.take(2))) {
              expect(reported.has(key)).toBe(false);
              reported.set(key, value);
            }
          };
          for (const { gap, wait, take } of steps) {
            now += wait / 4;
            recorder.record(sequence & 0xffff, now);
            sent.set(sequence & 0xffff, (now - 1000 - (steps[0]?.wait ?? 0) / 4) * 4);
            sequence += gap;
            if (take) merge();
          }
          merge();
          for (const [key, value] of sent) expect(reported.get(key)).toBe(value);
          for (const [key, value] of reported) expect(value !== null).toBe(sent.has(key));
          expect(recorder.take(2)).toEqual([]);
        },
      ),
    );
  });

  it('corrects itself when a packet comes after it was reported lost', () => {
    const recorder = new TransportFeedbackRecorder(1);
    recorder.record(10, 0);
    recorder.record(12, 5);
    expect(read(recorder.take(2)).get(11)).toBeNull();
    recorder.record(11, 8);
    expect(Array.from(read(recorder.take(2)))).toEqual([
      [11, 32],
      [12, 20],
    ]);
  });

  it('does little work for any jump', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 }), (sequences) => {
        const recorder = new TransportFeedbackRecorder(1);
        for (const [index, sequence] of sequences.entries()) {
          recorder.record(sequence, index);
          expect(recorder.take(2).length).toBeLessThanOrEqual(6);
        }
      }),
    );
  });

  it('spends nothing on the numbers that a sender jumps over', () => {
    const recorder = new TransportFeedbackRecorder(1);
    for (let jump = 0; jump < 180; jump++) recorder.record((jump * 2047) & 0xffff, 1000 + jump);
    // What one window holds, not the third of a million numbers that were claimed.
    expect(recorder.take(2).length).toBeLessThanOrEqual(6);
  });
});
