import { ConclaveError, LIMITS } from '@conclave/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseStrictJson } from './strictJson.ts';

const room = 100_000;

function codeOf(input: string | Uint8Array, maxBytes = room): string {
  try {
    parseStrictJson(input, maxBytes);
    return 'taken';
  } catch (refusal) {
    return refusal instanceof ConclaveError ? refusal.code : String(refusal);
  }
}

test('reads what JSON.parse reads, from text and from bytes', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: LIMITS.jsonDepth - 1, stringUnit: 'grapheme' }), (value) => {
      const text = JSON.stringify(value, null, 1);
      fc.pre(!/"(__proto__|constructor|prototype)":/.test(text));
      expect(parseStrictJson(text, room)).toEqual(JSON.parse(text));
      expect(parseStrictJson(Buffer.from(text), room)).toEqual(JSON.parse(text));
    }),
  );
});

test('takes nothing that JSON.parse refuses', () => {
  const near = fc.string({
    unit: fc.constantFrom(...'{}[]:,"\\0123.eE+-truefalsn \n\t\u0000'),
    maxLength: 12,
  });
  fc.assert(
    fc.property(near, (text) => {
      let valid = true;
      try {
        JSON.parse(text);
      } catch {
        valid = false;
      }
      if (!valid) expect(codeOf(text)).toBe('request.malformed');
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['a duplicate key', '{"a":1,"a":2}'],
  ['a duplicate key, spelled with an escape', '{"a":1,"\\u0061":2}'],
  ['a duplicate key further in', '{"b":[{"a":1,"b":2,"a":3}]}'],
  ['__proto__', '{"__proto__":{"admin":true}}'],
  ['__proto__, spelled with an escape', '{"\\u005f_proto__":1}'],
  ['constructor', '{"a":{"constructor":1}}'],
  ['prototype', '{"prototype":1}'],
  ['a trailing comma', '[1,]'],
  ['two values', '1 2'],
  ['nothing', ''],
  ['half a surrogate pair', '"\\ud800"'],
  ['a number beyond all numbers', '1e999'],
  ['a byte order mark', '\ufeff1'],
])('refuses %s', (_what, text) => {
  expect(codeOf(text)).toBe('request.malformed');
});

test('nests as deep as the limit and no deeper, however deep the text goes', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  expect(codeOf(nested(LIMITS.jsonDepth))).toBe('taken');
  expect(codeOf(nested(LIMITS.jsonDepth + 1))).toBe('request.malformed');
  expect(codeOf('[{"a":'.repeat(15_000))).toBe('request.malformed');
});

test('refuses bytes that are not UTF-8', () => {
  expect(codeOf(Uint8Array.of(0x22, 0xc3, 0x28, 0x22))).toBe('request.malformed');
});

test('a text of nothing but escapes is read in time linear in its length', () => {
  expect(parseStrictJson(`"${'\\u0041'.repeat(150_000)}"`, 1_000_000)).toBe('A'.repeat(150_000));
  expect(codeOf(`"${'\\'.repeat(90_001)}`)).toBe('request.malformed');
});

test('counts bytes, not characters, and before reading', () => {
  expect(codeOf('"€€"', 8)).toBe('taken');
  expect(codeOf('"€€"', 7)).toBe('request.too_large');
  expect(codeOf('['.repeat(room + 1))).toBe('request.too_large');
});

test('no key reaches the prototype of anything', () => {
  expect(codeOf('{"toString":1}')).toBe('taken');
  expect(codeOf('{"hasOwnProperty":1,"hasOwnProperty":1}')).toBe('request.malformed');
});
