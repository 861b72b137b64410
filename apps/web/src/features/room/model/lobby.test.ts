import type { LobbyKnock } from '@conclave/client';
import { expect, test } from 'vitest';
import { admissible, findKnocks, idsOf, isKnown } from './lobby.ts';

const knock = (name: string, change: Partial<LobbyKnock> = {}): LobbyKnock => ({
  participantId: name,
  name,
  identity: 'self-declared',
  waitsFor: 'host',
  since: '2026-01-01T00:00:00.000Z',
  proof: 'valid',
  deviceCode: null,
  ...change,
});

test('known is whom an account or an invitation vouches for, if what they came with holds', () => {
  expect(isKnown(knock('a'))).toBe(false);
  expect(isKnown(knock('a', { identity: 'account' }))).toBe(true);
  expect(isKnown(knock('a', { identity: 'invited' }))).toBe(true);
  expect(isKnown(knock('a', { identity: 'account', proof: 'invalid' }))).toBe(false);
});

test('all are those that can be let in', () => {
  const all = [knock('a'), knock('b', { proof: 'invalid' }), knock('c', { proof: 'checking' })];
  expect(idsOf(admissible(all))).toEqual(['a']);
});

test('somebody is found by a part of the name', () => {
  const all = [knock('Ada Lovelace'), knock('Grace')];
  expect(idsOf(findKnocks(all, ' LOVE'))).toEqual(['Ada Lovelace']);
  expect(findKnocks(all, '')).toBe(all);
});
