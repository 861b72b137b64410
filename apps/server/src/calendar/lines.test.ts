import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold, mailto, object, parameter, text } from './lines.ts';

/** RFC 5545 section 3.1: a line end and one blank after it are nothing. */
function unfold(folded: string): string {
  return folded.replaceAll('\r\n ', '');
}

function unescaped(value: string): string {
  return value.replace(/\\([\\;,nN])/g, (_, one: string) => (one.toLowerCase() === 'n' ? '\n' : one));
}

const anything = fc.string({ unit: 'binary', maxLength: 400 }).map((some) => some.toWellFormed());

test('what is folded and unfolded is as it was, and no line is longer than 75 octets', () => {
  fc.assert(
    fc.property(
      anything.map((some) => some.replace(/[\r\n]/g, '')),
      (line) => {
        const folded = fold(line);
        expect(unfold(folded)).toBe(line);
        for (const piece of folded.split('\r\n'))
          expect(Buffer.byteLength(piece, 'utf8')).toBeLessThanOrEqual(75);
      },
    ),
  );
});

test('no text makes a line of its own, whatever is in it', () => {
  fc.assert(
    fc.property(anything, anything, (one, other) => {
      const lines = object([`SUMMARY:${text(one)}`, `ATTENDEE;CN=${parameter(other)}:x`]);
      expect(unfold(lines).split(/\r\n|\r|\n|\u2028|\u2029|\u0085/)).toHaveLength(3);
      // A parameter ends where it should.
      expect(unfold(lines).split('\r\n')[1]).toMatch(/^ATTENDEE;CN="[^"]*":x$/);
    }),
  );
});

test('a text comes back as it was, but for characters that no calendar shows', () => {
  fc.assert(
    fc.property(
      anything.map((some) => some.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '')),
      (value) => {
        expect(unescaped(text(value))).toBe(value);
      },
    ),
  );
});

test.each([
  ['a;b,c\\d', 'a\\;b\\,c\\\\d'],
  ['two\nlines', 'two\\nlines'],
  ['END:VEVENT\r\nATTACH:http://evil.example', 'END:VEVENT\\nATTACH:http://evil.example'],
  ['bell\u0007', 'bell '],
])('%j is written %j', (value, written) => expect(text(value)).toBe(written));

test.each([
  ['Ada "the Countess" Lovelace', `"Ada ^'the Countess^' Lovelace"`],
  ['a;b:c,d^', '"a;b:c,d^^"'],
  ['one\r\nATTENDEE:x', '"one ATTENDEE:x"'],
])('the parameter %j is written %s', (value, written) => expect(parameter(value)).toBe(written));

test('an address cannot end its value', () => {
  expect(mailto('ann+x@example.org')).toBe('mailto:ann%2Bx@example.org');
  expect(mailto('a?cc=b&x@example.org')).toBe('mailto:a%3Fcc%3Db%26x@example.org');
});
