import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findSecret } from './findSecret.ts';

// Work is counted, not timed: the characters that patterns go over. Within a pattern that is tried everywhere, every
// repetition has an end, so a character costs a bounded number of steps (no catastrophic backtracking).
const exec = RegExp.prototype.exec;
let characters = 0;
let onLongTexts = new Set<string>();

beforeEach(() => {
  characters = 0;
  onLongTexts = new Set();
  vi.spyOn(RegExp.prototype, 'exec').mockImplementation(function (this: RegExp, text: string) {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const found = exec.call(this, text);
    const failed = this.sticky ? 1 : text.length - from;
    characters += found === null ? failed : found.index + found[0].length - from + 1;
    if (text.length > 300) onLongTexts.add(this.source);
    return found;
  });
});

afterEach(() => vi.restoreAllMocks());

const size = 1_500;
/** What the patterns begin with, to lead them as far as they go before they fail. */
const starts = fc.constantFrom(
  ...[
    'password for ',
    'pw = ',
    'api_key',
    '4111 ',
    '4',
    'DE89 ',
    '-----BEGIN ',
    'RSA PRIVATE KEY',
    'eyJ',
    'sk-',
    'ghp_',
  ],
  ...[
    'aws secret ',
    'Bearer ',
    'a://',
    'a://b:',
    '?sig=',
    '/m/',
    '#',
    'privatekey = ',
    '"kty" "d" : ',
    '123456789:',
    ' ',
    '\n',
  ],
);
const unit = fc.array(fc.oneof(starts, fc.string({ maxLength: 4 })), { minLength: 1, maxLength: 3 });

describe('the work of looking for secrets', () => {
  it('grows with the length of the text and no faster', () => {
    fc.assert(
      fc.property(unit, (parts) => {
        const piece = parts.join('') || 'a';
        const once = work(piece.repeat(Math.ceil(size / piece.length)).slice(0, size));
        const twice = work(piece.repeat(Math.ceil((2 * size) / piece.length)).slice(0, 2 * size));
        expect(twice).toBeLessThanOrEqual(2.2 * once + 4_000);
        expect(twice).toBeLessThanOrEqual(150 * 2 * size);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('stops at a hundred thousand characters', () => {
    expect(work('a '.repeat(100_000))).toBe(work('a '.repeat(50_000)));
  }, 60_000);

  it('is done by patterns in which every repetition ends', () => {
    work(['word '.repeat(200), 'x'.repeat(400), '"kty" aws ?sig= eyJ ghp_ -----begin '].join(''));
    const endless = [...onLongTexts].filter(
      (source) =>
        !source.startsWith('^') && !isOneClass(source) && /[*+]|\{\d+,\}/.test(withoutClasses(source)),
    );
    expect(onLongTexts.size).toBeGreaterThan(10);
    expect(endless).toEqual([]);
  });
});

function work(text: string): number {
  characters = 0;
  findSecret(text, 'h7kq2m9xw4bn8vte');
  return characters;
}

/** A run of characters of one kind, whose end ends the pattern: it is found or not without going back. */
function isOneClass(source: string): boolean {
  return /^(?:\\s|\[(?:[^\]\\]|\\.)*\])\+$/.test(source);
}

function withoutClasses(source: string): string {
  return source.replaceAll(/\[(?:[^\]\\]|\\.)*\]|\\./g, '.');
}
