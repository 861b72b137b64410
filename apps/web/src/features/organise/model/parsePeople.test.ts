import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePeople } from './parsePeople.ts';

describe('parsePeople', () => {
  it.each([
    ['Ann Lee <Ann@Example.org>', [{ name: 'Ann Lee', email: 'ann@example.org' }]],
    ['"Lee, Ann" <ann@example.org>', [{ name: 'Lee, Ann', email: 'ann@example.org' }]],
    ['ann.lee@example.org', [{ name: 'Ann Lee', email: 'ann.lee@example.org' }]],
    ['<ann@example.org>', [{ name: 'Ann', email: 'ann@example.org' }]],
    ['Ann Lee', [{ name: 'Ann Lee', email: null }]],
    [
      'Ann <a@example.org>, Bob;\nעדה\n\n',
      [
        { name: 'Ann', email: 'a@example.org' },
        { name: 'Bob', email: null },
        { name: 'עדה', email: null },
      ],
    ],
    // One address is one person; one name may be two.
    ['Ann <a@example.org>, Annie <A@example.org>', [{ name: 'Ann', email: 'a@example.org' }]],
    [
      'Ann, Ann',
      [
        { name: 'Ann', email: null },
        { name: 'Ann', email: null },
      ],
    ],
    ['', []],
  ])('%j', (text, people) => expect(parsePeople(text)).toEqual({ people, wrong: [] }));

  it.each(['Ann <not an address>', 'ann@', 'Ann <a@example.org', '!!!'])('does not guess at %s', (text) =>
    expect(parsePeople(text)).toEqual({ people: [], wrong: [text] }),
  );

  it('reads back what it would write', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcdéあא'), minLength: 1, maxLength: 8 });
    const person = fc.record({
      name: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ').normalize('NFC')),
      email: fc.option(fc.integer({ min: 0, max: 1e6 }).map((n) => `p${n}@example.org`)),
    });
    const people = fc.uniqueArray(person, { selector: ({ email, name }) => email ?? name });
    const line = ({ name, email }: { name: string; email: string | null }) =>
      email === null ? name : `"${name}" <${email}>`;
    fc.assert(
      fc.property(people, fc.constantFrom('\n', ', ', ';'), (some, between) => {
        expect(parsePeople(some.map(line).join(between))).toEqual({ people: some, wrong: [] });
      }),
    );
  });

  it('takes anything', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parsePeople(text)));
  });
});
