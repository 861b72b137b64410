import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseVp8, rewriteVp8 } from './vp8.ts';

const parse = (...bytes: number[]) => parseVp8(Uint8Array.from(bytes), 0, bytes.length);

describe('parseVp8', () => {
  it('reads what Chromium sends: 15-bit picture id, TL0PICIDX, TID, Y, KEYIDX', () => {
    expect(parse(0x90, 0xf0, 0x92, 0x34, 0x56, 0x67, 0x00)).toEqual({
      length: 6,
      frameStart: true,
      keyFrame: true,
      nonReference: false,
      pictureId: 0x1234,
      pictureIdBits: 15,
      pictureIdOffset: 2,
      tl0PicIdx: 0x56,
      tl0PicIdxOffset: 4,
      temporalLayer: 1,
      layerSync: true,
      keyIndex: 7,
    });
  });

  it('reads a 7-bit picture id and a bare descriptor', () => {
    expect(parse(0x90, 0x80, 0x05, 0x01)).toMatchObject({
      pictureId: 5,
      pictureIdBits: 7,
      length: 3,
      keyFrame: false,
      tl0PicIdx: -1,
      temporalLayer: -1,
    });
    expect(parse(0x10, 0x00)).toMatchObject({ length: 1, keyFrame: true, pictureId: -1 });
  });

  it('takes for a key frame only the start of partition 0 with the P bit clear', () => {
    expect(parse(0x10, 0x00)?.keyFrame).toBe(true);
    expect(parse(0x10, 0x01)?.keyFrame).toBe(false);
    expect(parse(0x00, 0x00)?.keyFrame).toBe(false);
    expect(parse(0x11, 0x00)?.keyFrame).toBe(false);
  });

  it('returns null for a descriptor that is cut short at any place', () => {
    const whole = [0x90, 0xf0, 0x92, 0x34, 0x56, 0x67, 0x00];
    for (let length = 0; length < whole.length; length++) expect(parse(...whole.slice(0, length))).toBeNull();
  });

  it('never throws nor reads outside', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), fc.nat(12), fc.nat(12), (bytes, from, to) => {
        const end = Math.min(to, bytes.length);
        const descriptor = parseVp8(bytes, from, end);
        if (descriptor !== null) expect(from + descriptor.length).toBeLessThan(end);
      }),
    );
  });
});

describe('rewriteVp8', () => {
  it('changes the two numbers and nothing else', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 7, maxLength: 20 }),
        fc.integer({ min: 0, max: 0x7fff }),
        fc.integer({ min: 0, max: 255 }),
        (bytes, pictureId, tl0PicIdx) => {
          const before = parseVp8(bytes, 0, bytes.length);
          fc.pre(before !== null);
          const copy = new Uint8Array(bytes.length + 3);
          copy.set(bytes, 3);
          rewriteVp8(copy, 3, before, pictureId, tl0PicIdx);
          const mask = before.pictureIdBits === 15 ? 0x7fff : 0x7f;
          expect(parseVp8(copy, 3, copy.length)).toEqual({
            ...before,
            pictureId: before.pictureIdBits === 0 ? -1 : pictureId & mask,
            tl0PicIdx: before.tl0PicIdx < 0 ? -1 : tl0PicIdx,
          });
          rewriteVp8(copy, 3, before, before.pictureId, before.tl0PicIdx);
          expect(copy.subarray(3)).toEqual(bytes);
        },
      ),
    );
  });
});
