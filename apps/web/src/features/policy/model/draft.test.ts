import { FIRST_POLICY, type PolicyView, PRESETS } from '@conclave/protocol';
import { expect, it } from 'vitest';
import {
  changedIn,
  changesIn,
  conflictOf,
  draftOf,
  edit,
  presetChanges,
  presetOf,
  rebase,
  switchesPasswordsOff,
} from './draft.ts';

const base: PolicyView = { version: 3, policy: FIRST_POLICY, pinned: [], changedAt: null };

it('knows what is to be changed, and nothing when it was changed back', () => {
  const draft = edit(draftOf(base), {
    secondFactor: 'everybody',
    factors: ['sms', 'email', 'passkey', 'totp'],
  });
  expect(changesIn(draft)).toEqual({ secondFactor: 'everybody' });
  expect(changedIn(edit(draft, { secondFactor: FIRST_POLICY.secondFactor }))).toEqual([]);
});

it('leaves alone what the operator has set, whatever a preset says', () => {
  const pinned = draftOf({ ...base, pinned: ['guests'] });
  expect(changedIn(edit(pinned, { guests: { mode: 'off' } }))).toEqual([]);
  expect(Object.keys(presetChanges(pinned, 'strict'))).not.toContain('guests');
});

it('knows when saving would switch passwords off', () => {
  const wanted = edit(draftOf(base), { signOn: 'sso-only' });
  expect(switchesPasswordsOff(wanted)).toBe(true);
  expect(switchesPasswordsOff(draftOf(base))).toBe(false);
  const off = { ...base, policy: wanted.policy };
  expect(switchesPasswordsOff(edit(draftOf(off), { keepMailsDays: 1 }))).toBe(false);
  expect(switchesPasswordsOff(edit(draftOf(off), { signOn: 'password-and-sso' }))).toBe(false);
});

it('never changes the ways to sign in by a preset: that takes a provider, and an owner', () => {
  const off = draftOf({ ...base, policy: { ...FIRST_POLICY, signOn: 'sso-only' } });
  for (const name of ['open', 'standard', 'strict'] as const)
    expect(Object.keys(presetChanges(off, name))).not.toContain('signOn');
});

it('takes a preset whole, but for what only the organisation knows', () => {
  const told = { ...base, policy: { ...FIRST_POLICY, storageLocation: 'Uppsala' } };
  const strict = edit(draftOf(told), presetChanges(draftOf(told), 'strict'));
  expect(strict.policy).toMatchObject({ ...PRESETS.strict, storageLocation: 'Uppsala' });
  expect(presetOf(draftOf(told))).toBe('standard');
  expect(presetOf(strict)).toBe('strict');
  expect(presetOf(edit(strict, { keepMailsDays: 1 }))).toBeNull();
});

it('is laid over what somebody else has changed', () => {
  const draft = edit(draftOf(base), { keepMailsDays: 3 });
  const theirs = { ...base, version: 4, policy: { ...FIRST_POLICY, sessionIdleDays: 7 } };
  const again = rebase(draft, theirs);
  expect(again.base.version).toBe(4);
  expect(again.policy).toMatchObject({ keepMailsDays: 3, sessionIdleDays: 7 });
  expect(changedIn(again)).toEqual(['keepMailsDays']);
});

it('says what does not go together', () => {
  expect(conflictOf(edit(draftOf(base), { passwordLength: 8 }))).toBe('passwordLength');
});
