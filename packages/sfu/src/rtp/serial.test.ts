import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isSequenceNewer,
  SequenceUnwrapper,
  sequenceDistance,
  TimestampUnwrapper,
  timestampDistance,
} from './serial.ts';

const sequence = fc.integer({ min: 0, max: 0xffff });
const timestamp = fc.integer({ min: 0, max: 0xffffffff });

describe('serial arithmetic', () => {
  it('is the inverse of adding on the 16-bit circle', () => {
    fc.assert(
      fc.property(sequence, fc.integer({ min: -32768, max: 32767 }), (from, step) => {
        expect(sequenceDistance(from, (from + step) & 0xffff)).toBe(step);
        expect(isSequenceNewer((from + step) & 0xffff, from)).toBe(step > 0);
      }),
    );
  });

  it('is the inverse of adding on the 32-bit circle', () => {
    fc.assert(
      fc.property(timestamp, fc.integer({ min: -0x80000000, max: 0x7fffffff }), (from, step) => {
        expect(timestampDistance(from, (from + step) >>> 0)).toBe(step);
      }),
    );
  });
});

describe('unwrapping', () => {
  it('follows a walk of any steps below half the circle, wraps and reordering included', () => {
    fc.assert(
      fc.property(
        sequence,
        fc.array(fc.integer({ min: -8000, max: 16000 }), { maxLength: 60 }),
        (start, steps) => {
          const unwrapper = new SequenceUnwrapper();
          let value = start;
          let newest = start;
          expect(unwrapper.unwrap(start)).toBe(start);
          for (const step of steps) {
            value = Math.max(value + step, newest - 30_000);
            newest = Math.max(newest, value);
            expect(unwrapper.unwrap(value & 0xffff)).toBe(value);
          }
        },
      ),
    );
  });

  it('counts timestamp cycles', () => {
    const unwrapper = new TimestampUnwrapper();
    expect(unwrapper.unwrap(0xfffffff0)).toBe(0xfffffff0);
    expect(unwrapper.unwrap(0x10)).toBe(0x100000010);
    expect(unwrapper.unwrap(0xfffffff8)).toBe(0xfffffff8);
    expect(unwrapper.unwrap(0x80000000)).toBe(0x180000000);
    expect(unwrapper.unwrap(0xffffff00)).toBe(0x1ffffff00);
    expect(unwrapper.unwrap(0x10)).toBe(0x200000010);
  });
});
