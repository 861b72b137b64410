import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AccountPins, judge, parsePins, withSeen, withVerified } from './pins.ts';

const key = (letter: string) => letter.repeat(43);
const one = withSeen([], key('a'), 1);
const two = withSeen(one, key('b'), 2);

test('an account is new once, and known by its device from then on', () => {
  expect(judge([], key('a'), 'Ann')).toBe('new');
  expect(judge(one, key('a'), 'Ann')).toBe('known');
});

test('the first unknown device of a known account is a change', () => {
  expect(judge(one, key('b'), 'Ann')).toBe('changed');
});

test('a further one of an account with several is marked and no more, unless one of them was verified', () => {
  expect(judge(two, key('c'), 'Ann')).toBe('newDevice');
  expect(judge(withVerified(two, key('a'), { by: 'qr', at: 3, name: 'Ann' }, 3), key('c'), 'Ann')).toBe(
    'changed',
  );
});

test('verified is a device and not an account, and can be taken back', () => {
  const verified = withVerified(two, key('a'), { by: 'digits', at: 3, name: 'Ann' }, 3);
  expect(judge(verified, key('a'), 'Ann')).toBe('verified');
  expect(judge(verified, key('b'), 'Ann')).toBe('known');
  expect(judge(withVerified(verified, key('a'), null, 4), key('a'), 'Ann')).toBe('known');
});

test('verified is who was compared, by name', () => {
  const verified = withVerified(two, key('a'), { by: 'digits', at: 3, name: 'Ann' }, 3);
  expect(judge(verified, key('a'), 'Bob the boss')).toBe('renamed');
  expect(judge(verified, key('b'), 'Bob the boss')).toBe('known');
});

test('however many devices come, what was verified stays and what is stored is bounded', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 31 }), fc.integer({ min: 1, max: 80 }), (at, more) => {
      let pins: AccountPins = [];
      const name = (index: number) => key('k').slice(0, 40) + String(index).padStart(3, '0');
      for (let index = 0; index < 32; index++) pins = withSeen(pins, name(index), index);
      pins = withVerified(pins, name(at), { by: 'qr', at: 1, name: 'Ann' }, 1);
      for (let index = 0; index < more; index++) pins = withSeen(pins, name(100 + index), index);
      expect(judge(pins, name(at), 'Ann')).toBe('verified');
      expect(judge(pins, name(99 + more), 'Ann')).toBe('known');
      expect(pins).toHaveLength(32);
    }),
    { numRuns: 50 },
  );
});

test('what storage holds is taken as far as it makes sense, and a damaged mark verifies nobody', () => {
  const whole = withVerified(two, key('a'), { by: 'digits', at: 3, name: 'Ann' }, 3);
  expect(parsePins(structuredClone(whole))).toEqual(whole);
  for (const broken of [undefined, null, 'x', 7, {}, [null], [{}], [{ key: 'short', seenAt: 1 }]])
    expect(parsePins(broken)).toEqual([]);
  for (const verified of [
    true,
    {},
    { by: 'word', at: 1, name: 'Ann' },
    { by: 'qr', at: '1', name: 'Ann' },
    { by: 'qr', at: 1 },
  ])
    expect(judge(parsePins([{ key: key('a'), seenAt: 1, verified }]), key('a'), 'Ann')).toBe('known');
});
