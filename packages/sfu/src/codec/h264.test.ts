import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startsH264KeyFrame } from './h264.ts';

const starts = (...bytes: number[]) => startsH264KeyFrame(Uint8Array.from(bytes), 0, bytes.length);

describe('startsH264KeyFrame', () => {
  it('finds a parameter set in front of the picture, however it is packed', () => {
    expect(starts(0x67, 0x42)).toBe(true);
    expect(starts(0x78, 0, 2, 0x67, 0x42, 0, 2, 0x68, 0xce)).toBe(true);
    expect(starts(0x78, 0, 2, 0x09, 0x10, 0, 2, 0x67, 0x42)).toBe(true);
    expect(starts(0x7c, 0x87, 0x42)).toBe(true);
  });

  it('takes nothing else for the start of a key frame', () => {
    expect(starts(0x68, 0xce)).toBe(false); // PPS
    expect(starts(0x65, 0x88)).toBe(false); // IDR: its parameter sets came before
    expect(starts(0x61, 0x9a)).toBe(false);
    expect(starts(0x7c, 0x85, 0x88)).toBe(false); // FU-A, IDR
    expect(starts(0x7c, 0x07, 0x42)).toBe(false); // FU-A, not its start
    expect(starts(0x78, 0, 2, 0x61, 0x9a)).toBe(false);
    expect(starts(0x78, 0, 9, 0x67, 0x42)).toBe(false); // a unit longer than the packet
    expect(starts()).toBe(false);
  });

  it('reads any bytes without fault', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(90), (bytes, end) => {
        expect(startsH264KeyFrame(bytes, 0, Math.min(end, bytes.length))).toBeTypeOf('boolean');
      }),
    );
  });
});
