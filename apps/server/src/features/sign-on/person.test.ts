import type { RoleRule } from '@conclave/protocol';
import { expect, test } from 'vitest';
import { nameFor, readClaims, roleByRules, roleFor } from './person.ts';

const rules: RoleRule[] = [
  { claim: 'groups', value: 'admins', role: 'administrator' },
  { claim: 'groups', value: 'staff', role: 'organiser' },
];
const provider = { roleRules: rules, defaultRole: 'member' as const };

test('the first rule that fits wins, and values are compared whole', () => {
  expect(roleByRules(rules, [['groups', ['staff', 'admins']]])).toBe('administrator');
  expect(roleByRules(rules, [['groups', ['not-admins', 'admins2']]])).toBeNull();
  expect(roleByRules(rules, [['group', ['admins']]])).toBeNull();
});

test('roles follow the provider, but for owners and what was given by hand', () => {
  expect(roleFor(provider, [], null)).toBe('member');
  expect(roleFor(provider, [['groups', ['staff']]], 'member')).toBe('organiser');
  expect(roleFor(provider, [], 'organiser')).toBe('member');
  expect(roleFor(provider, [], 'auditor')).toBe('auditor');
  expect(roleFor(provider, [['groups', ['staff']]], 'owner')).toBe('owner');
});

test('claims become texts of a bounded size', () => {
  expect(readClaims({ a: 'x', b: true, c: ['y', 7, { deep: 1 }], d: { deep: 1 }, e: null })).toEqual([
    ['a', ['x']],
    ['b', ['true']],
    ['c', ['y', '7']],
  ]);
  const [[name = '', values = []] = []] = readClaims({ ['k'.repeat(9_000)]: 'v'.repeat(9_000) });
  expect(name.length).toBe(400);
  expect(values[0]?.length).toBe(400);
});

test('somebody has a name that can be shown, whatever the provider sent', () => {
  const person = { issuer: 'i', subject: 's', sid: null, emailVerified: true, claims: [] };
  expect(nameFor({ ...person, email: 'ada@example.org', name: ' Ada  Lovelace ' })).toBe('Ada Lovelace');
  expect(nameFor({ ...person, email: 'ada@example.org', name: '\u202e' })).toBe('ada');
  expect(nameFor({ ...person, email: null, name: null })).toBe('Member');
});
