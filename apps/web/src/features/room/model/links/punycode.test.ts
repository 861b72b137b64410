import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePunycode, toUnicodeHost } from './punycode.ts';

describe('Punycode', () => {
  // RFC 3492, section 7.1 (A), (D), (L), and names that are in use.
  it.each([
    ['egbpdaj6bu4bxfgehfvwxn', 'ليهمابتكلموشعربي؟'],
    ['Proprostnemluvesky-uyb24dma41a', 'Pročprostěnemluvíčesky'],
    ['3B-ww4c5e180e575a65lsy2b', '3年B組金八先生'],
    ['mller-kva', 'müller'],
    ['pple-43d', 'аpple'],
  ])('%s is %s', (encoded, decoded) => expect(decodePunycode(encoded)).toBe(decoded));

  it('is what the platform makes of it again', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'abzäöüßжлωש東京한'), minLength: 1, maxLength: 12 }),
        (label) => {
          const host = URL.parse(`https://${label}.example/`)?.hostname;
          if (host === undefined) return;
          expect(toUnicodeHost(host)).not.toContain('xn--');
          expect(URL.parse(`https://${toUnicodeHost(host)}/`)?.hostname).toBe(host);
        },
      ),
    );
  });

  it('that stands for nothing is left as it is', () => {
    fc.assert(fc.property(fc.string(), (text) => void toUnicodeHost(`xn--${text}.example`)));
    expect(decodePunycode('!')).toBeNull();
    expect(decodePunycode('99999999999999999999')).toBeNull();
  });
});
