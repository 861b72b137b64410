import { DisplayName } from '@conclave/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMemberName } from './memberName.ts';

const good = [
  ...['Ann', 'Zoë', '李雷', 'Анна', '7', 'José Nguyễn', 'ก็', 'می\u200cخواهم', 'അവന്\u200d', 'x'.repeat(64)],
  ...['👩\u200d💻 Ann', '❤\ufe0f Ada', '1\ufe0f\u20e3', '👋🏽 Ben', 'O’Neil (she/her)'],
  '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} Eve',
];
const blank = [
  '\u200b',
  '\u3164',
  '\uffa0',
  '\u2800',
  '\u{e0041}',
  '\u00ad',
  '\u200d',
  '\ufe0f',
  '…',
  '👩\u200d💻',
];
const twins = [
  ...[
    'Ann\u200b',
    'Ann\u3164',
    'Ann\u2800',
    'Ann\u{e0041}',
    'A\u00adnn',
    'An\u200dn',
    'An\u034fn',
    'Ann\ufe0f',
  ],
  ...['A\u0000', 'A\u202eB', 'A\u200fB', '\ud800A', '\ue000A', `A${'\u0316'.repeat(40)}`],
];
/** What the service takes in another form, and so hands on to nobody in this one. */
const untidy = [' Ann', 'Ann\u00a0Lee', 'Ann  Lee', 'Ann\u3000Lee', 'e\u0301', '\ufeffAnn', 'A\u2028B'];

const service = (name: string): string | null => {
  const parsed = DisplayName.safeParse(name);
  return parsed.success ? parsed.data : null;
};

test('names of every script are taken, by members and service', () => {
  for (const name of good) expect([name, isMemberName(name), service(name)]).toEqual([name, true, name]);
});

test('names that cannot be seen, or hide how they differ from another, are refused by both', () => {
  for (const name of ['', ...blank, ...twins, 'x'.repeat(65)])
    expect([name, isMemberName(name), service(name)]).toEqual([name, false, null]);
  for (const name of untidy)
    expect([name, isMemberName(name), service(name) === name]).toEqual([name, false, false]);
});

test('whatever the service makes of a name, members take', () => {
  const odd = fc.constantFrom(...good, ...blank, ...twins, ...untidy, ' ', '#', '👩', '\u200c');
  const piece = fc.oneof(odd, fc.string({ unit: 'binary', maxLength: 4 }));
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
      const name = service(pieces.join(''));
      if (name !== null) expect(isMemberName(name)).toBe(true);
      expect(isMemberName(pieces.join(''))).toBe(name === pieces.join(''));
    }),
    { numRuns: 500 },
  );
});
