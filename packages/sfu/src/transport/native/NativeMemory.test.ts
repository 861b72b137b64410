import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NativeMemory } from './NativeMemory.ts';
import { PACKET_BYTES, PacketMemory } from './PacketMemory.ts';

test('gives addresses of what lies within, and of nothing else', () => {
  const size = 1_000;
  const memory = new NativeMemory(size);
  fc.assert(
    fc.property(
      fc.integer({ min: -size, max: 2 * size }),
      fc.integer({ min: -size, max: 2 * size }),
      (offset, length) => {
        const within = offset >= 0 && length >= 0 && offset + length <= size;
        if (within) expect(memory.at(offset, length) - memory.at(0, 0)).toBe(offset);
        else expect(() => memory.at(offset, length)).toThrow(RangeError);
      },
    ),
  );
});

test('what is no number is nowhere', () => {
  const memory = new PacketMemory();
  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    expect(() => memory.at(wrong, 1)).toThrow(RangeError);
    expect(() => memory.at(1, wrong)).toThrow(RangeError);
  }
});

test('is as long as a packet may be, and zero', () => {
  const { bytes } = new PacketMemory();
  expect(bytes.equals(Buffer.alloc(PACKET_BYTES))).toBe(true);
});
