import { describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from './base64url.ts';

describe('base64url', () => {
  it('comes back as it was, of every length and with every byte', () => {
    const all = Uint8Array.from({ length: 600 }, (_, index) => index);
    for (const length of [0, 1, 2, 3, 4, 255, 256, 600]) {
      const text = toBase64Url(all.subarray(0, length));
      expect(text).toMatch(/^[A-Za-z0-9_-]*$/);
      expect(text).toBe(Buffer.from(all.subarray(0, length)).toString('base64url'));
      expect(fromBase64Url(text)).toEqual(all.slice(0, length));
    }
  });

  it('refuses what is no base64url', () => {
    for (const text of ['a', 'ab=c', '!!!!', 'äöüß']) expect(() => fromBase64Url(text)).toThrow();
  });
});
