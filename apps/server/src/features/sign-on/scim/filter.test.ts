import { expect, test } from 'vitest';
import { parseFilter } from './filter.ts';
import { ScimError } from './ScimError.ts';

const known = ['username', 'externalid', 'id'];

test.each([
  ['userName eq "ada@example.org"', 'username', 'ada@example.org'],
  ['USERNAME EQ "Ada@Example.org"', 'username', 'Ada@Example.org'],
  ['externalId eq "a\\"b\\\\c"', 'externalid', 'a"b\\c'],
  ['urn:ietf:params:scim:schemas:core:2.0:User:userName eq "x"', 'username', 'x'],
  ['id eq "\\u0041"', 'id', 'A'],
])('%s', (text, attribute, value) => {
  expect(parseFilter(text, known)).toEqual({ attribute, value });
});

test.each([
  '',
  'userName',
  'userName eq ada',
  'userName eq "a" or userName eq "b"',
  'userName sw "a"',
  'password eq "a"',
  'userName eq "a"b"',
  'userName eq "a\n"',
  'not (userName eq "a")',
  `userName eq "${'a'.repeat(301)}"`,
  '__proto__ eq "a"',
])('%s is refused', (text) => {
  expect(() => parseFilter(text, known)).toThrow(ScimError);
});
