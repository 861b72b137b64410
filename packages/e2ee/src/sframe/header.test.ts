import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeHeader, encodeHeader } from './header.ts';

const uint64 = fc
  .tuple(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), fc.integer({ min: 0, max: 63 }))
  .map(([value, shift]) => value >> BigInt(shift));

test('a header says what was put in, and is not read past its end', () => {
  fc.assert(
    fc.property(uint64, uint64, (kid, counter) => {
      const header = encodeHeader(kid, counter);
      expect(decodeHeader(header)).toEqual({ kid, counter, length: header.length });
      for (let length = 0; length < header.length; length++)
        expect(() => decodeHeader(header.subarray(0, length))).toThrow(
          expect.objectContaining({ code: 'truncated' }),
        );
    }),
  );
});

test('whatever is read as a header is the one way to write it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 20 }), (bytes) => {
      try {
        const { kid, counter, length } = decodeHeader(bytes);
        expect([...encodeHeader(kid, counter)]).toEqual([...bytes.subarray(0, length)]);
      } catch (error) {
        expect(error).toMatchObject({ name: 'SframeError' });
      }
    }),
  );
});

test.each([
  ['a key id below 8 in a byte of its own', [0x80, 7]],
  ['a key id with a leading zero', [0x90, 0, 200]],
  ['a counter below 8 in a byte of its own', [0x08, 0]],
  ['a counter with a leading zero', [0x0f, 0, 1, 1, 1, 1, 1, 1, 1]],
])('%s is refused', (_what, bytes) => {
  expect(() => decodeHeader(Uint8Array.from(bytes))).toThrow(
    expect.objectContaining({ code: 'malformed-header' }),
  );
});

test('numbers of more than 64 bits are refused', () => {
  expect(() => encodeHeader(1n << 64n, 0n)).toThrow();
  expect(() => encodeHeader(0n, -1n)).toThrow();
});
