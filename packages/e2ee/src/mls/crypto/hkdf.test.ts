import { expand } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { describe, expect, it } from 'vitest';
import { hkdfExpand, hkdfExtract } from './hkdf.ts';

describe('HKDF-SHA-256', () => {
  it('gives what RFC 5869 appendix A lists', () => {
    const first = hkdfExtract(fromHex('000102030405060708090a0b0c'), fromHex('0b'.repeat(22)));
    expect(toHex(first)).toBe('077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5');
    expect(toHex(hkdfExpand(first, fromHex('f0f1f2f3f4f5f6f7f8f9'), 42))).toBe(
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    );
    const third = hkdfExtract(new Uint8Array(), fromHex('0b'.repeat(22)));
    expect(toHex(third)).toBe('19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04');
    expect(toHex(hkdfExpand(third, new Uint8Array(), 42))).toBe(
      '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
    );
  });

  it('expands as another implementation does, around the ends of blocks', () => {
    const prk = crypto.getRandomValues(new Uint8Array(32));
    const info = crypto.getRandomValues(new Uint8Array(50));
    for (const length of [1, 12, 31, 32, 33, 64, 65, 255 * 32])
      expect(hkdfExpand(prk, info, length)).toEqual(expand(sha256, prk, info, length));
    expect(() => hkdfExpand(prk, info, 255 * 32 + 1)).toThrow(RangeError);
  });
});

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
