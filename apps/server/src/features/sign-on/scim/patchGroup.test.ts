import { expect, test } from 'vitest';
import { readGroupChanges } from './patchGroup.ts';
import { ScimError } from './ScimError.ts';
import { PatchInput } from './schemas.ts';

const a = '00000000-0000-4000-8000-00000000000a';
const b = '00000000-0000-4000-8000-00000000000b';

function changes(...operations: object[]) {
  return readGroupChanges(PatchInput.parse({ schemas: ['x'], Operations: operations }).Operations);
}

test('members as Entra sends them', () => {
  expect(changes({ op: 'Add', path: 'members', value: [{ value: a }, { value: b.toUpperCase() }] })).toEqual([
    { do: 'add', members: [a, b] },
  ]);
  expect(changes({ op: 'Remove', path: 'members', value: [{ value: a }] })).toEqual([
    { do: 'remove', members: [a] },
  ]);
  expect(changes({ op: 'Add', path: 'members', value: { value: a } })).toEqual([{ do: 'add', members: [a] }]);
});

test('members as Okta sends them', () => {
  expect(changes({ op: 'remove', path: `members[value eq "${a}"]` })).toEqual([
    { do: 'remove', members: [a] },
  ]);
  expect(
    changes({ op: 'replace', path: 'members', value: [{ value: b, display: 'b@example.org' }] }),
  ).toEqual([{ do: 'replace', members: [b] }]);
  expect(changes({ op: 'replace', value: { id: 'x', displayName: 'Staff' } })).toEqual([
    { do: 'rename', displayName: 'Staff' },
  ]);
  expect(changes({ op: 'remove', path: 'members' })).toEqual([{ do: 'replace', members: [] }]);
});

test.each([
  { op: 'add', path: `members[value eq "${a}"]`, value: 'x' },
  { op: 'add', path: 'members', value: [{ value: 'somebody' }] },
  { op: 'add', path: 'members' },
  { op: 'replace', path: 'displayName', value: '' },
  { op: 'remove', path: 'displayName' },
  { op: 'replace', path: 'owner', value: 'x' },
  { op: 'remove' },
])('%j is refused', (operation) => {
  expect(() => changes(operation)).toThrow(ScimError);
});
