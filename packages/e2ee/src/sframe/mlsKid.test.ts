import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeHeader } from './header.ts';
import { KID_BITS, kidOf, parseKid } from './mlsKid.ts';

test('RFC 9605, figure 9', () => {
  const bits = { epoch: 4, leafIndex: 6 };
  const kid = (epoch: number, leafIndex: number, contextId = 0) =>
    kidOf({ epoch: BigInt(epoch), leafIndex, contextId }, bits);
  expect([kid(14, 3), kid(14, 7), kid(14, 20)]).toEqual([0x3en, 0x7en, 0x14en]);
  expect([kid(15, 3), kid(15, 5)]).toEqual([0x3fn, 0x5fn]);
  expect([kid(16, 2, 2), kid(16, 2, 3)]).toEqual([0x820n, 0xc20n]);
  expect([kid(17, 33), kid(17, 51)]).toEqual([0x211n, 0x331n]);
});

test('says leaf, context and the low bits of the epoch, each only once', () => {
  const part = fc.record({
    epoch: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
    leafIndex: fc.integer({ min: 0, max: 4_095 }),
    contextId: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  });
  fc.assert(
    fc.property(part, (parts) => {
      const { leafIndex, contextId } = parts;
      expect(parseKid(kidOf(parts))).toEqual({ epochBits: Number(parts.epoch % 256n), leafIndex, contextId });
    }),
  );
});

test('leaves room for 2^10 leaves and takes at most 3 bytes in our contexts', () => {
  expect(KID_BITS.leafIndex).toBeGreaterThanOrEqual(10);
  const header = encodeHeader(kidOf({ epoch: 255n, leafIndex: 4_095, contextId: 3 }), 0n);
  expect(header).toHaveLength(4);
});

test.each([
  { epoch: 0n, leafIndex: 4_096, contextId: 0 },
  { epoch: 0n, leafIndex: -1, contextId: 0 },
  { epoch: 0n, leafIndex: 1.5, contextId: 0 },
  { epoch: 0n, leafIndex: 0, contextId: 2 ** 32 },
  { epoch: -1n, leafIndex: 0, contextId: 0 },
])('refuses what does not fit: %o', (parts) => {
  expect(() => kidOf(parts)).toThrow(expect.objectContaining({ code: 'invalid-kid' }));
});

test('refuses to read a context of more than 32 bits', () => {
  expect(() => parseKid((1n << 64n) - 1n)).toThrow(expect.objectContaining({ code: 'invalid-kid' }));
});
