import { describe, expect, test } from 'vitest';
import { patchUser } from './patchUser.ts';
import { ScimError } from './ScimError.ts';
import { PatchInput, type ScimUserInput } from './schemas.ts';

const user: ScimUserInput = {
  userName: 'ada@example.org',
  externalId: 'e1',
  displayName: 'Ada',
  name: { givenName: 'Ada', familyName: 'Lovelace' },
  active: true,
};

function patched(...operations: object[]): ScimUserInput {
  const { Operations } = PatchInput.parse({ schemas: ['x'], Operations: operations });
  return patchUser(user, Operations);
}

describe('somebody is switched off', () => {
  test.each([
    ['with a path', { op: 'replace', path: 'active', value: false }],
    ['as Entra writes it', { op: 'Replace', path: 'active', value: 'False' }],
    ['without a path, as Okta writes it', { op: 'replace', value: { active: false } }],
    ['without a path, as Entra writes it', { op: 'Replace', value: { active: 'False' } }],
    ['by an Add', { op: 'Add', path: 'active', value: 'false' }],
    [
      'with the schema before the name',
      { op: 'replace', path: 'urn:ietf:params:scim:schemas:core:2.0:User:active', value: false },
    ],
    ['by taking it away', { op: 'remove', path: 'active' }],
  ])('%s', (_how, operation) => {
    expect(patched(operation)).toEqual({ ...user, active: false });
  });
});

test('names change one by one, in dotted keys, and as a whole', () => {
  expect(patched({ op: 'Replace', path: 'name.familyName', value: 'King' }).name).toEqual({
    givenName: 'Ada',
    familyName: 'King',
  });
  expect(
    patched({ op: 'replace', value: { 'name.familyName': 'King', displayName: 'Ada King' } }),
  ).toMatchObject({
    displayName: 'Ada King',
    name: { givenName: 'Ada', familyName: 'King' },
  });
  expect(patched({ op: 'replace', path: 'name', value: { familyName: 'King' } }).name).toEqual({
    givenName: 'Ada',
    familyName: 'King',
  });
});

test('what is not kept changes nothing', () => {
  expect(
    patched(
      { op: 'add', path: 'emails[type eq "work"].value', value: 'x@example.org' },
      {
        op: 'Add',
        path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
        value: 'R&D',
      },
      { op: 'replace', value: { title: 'Countess', 'addresses[type eq "work"].country': 'UK' } },
    ),
  ).toEqual(user);
});

test.each([
  ['the id', { op: 'replace', path: 'id', value: 'x' }],
  ['a user name that is none', { op: 'replace', path: 'userName', value: 7 }],
  ['no user name', { op: 'remove', path: 'userName' }],
  ['a boolean that is none', { op: 'replace', path: 'active', value: 'perhaps' }],
  ['a removal without a path', { op: 'remove' }],
  ['a list without a path', { op: 'replace', value: [true] }],
  ['a path that is none', { op: 'replace', path: '!', value: 1 }],
])('%s is refused', (_what, operation) => {
  expect(() => patched(operation)).toThrow(ScimError);
});

test('keys of the language are no attributes', () => {
  const operation = JSON.parse('{"op":"replace","value":{"constructor":"x","toString":"y"}}') as object;
  expect(patched(operation)).toEqual(user);
});
