import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keepUnchanged } from './keepUnchanged.ts';

const json = fc.jsonValue({ maxDepth: 4 });
const copy = <T>(value: T): T => structuredClone(value);

test('a copy is not a change', () => {
  fc.assert(fc.property(json, (value) => Object.is(keepUnchanged(value, copy(value)), value)));
});

test('whatever came before, what comes out is what came after', () => {
  fc.assert(
    fc.property(json, json, (before, after) => {
      expect(keepUnchanged(before, copy(after))).toEqual(after);
    }),
  );
});

test('only who has changed is another one', () => {
  const before = {
    people: [
      { id: 'a', on: true },
      { id: 'b', on: true },
    ],
    speakers: ['a'],
  };
  const after = keepUnchanged(before, {
    ...copy(before),
    people: [
      { id: 'a', on: true },
      { id: 'b', on: false },
    ],
  });
  expect(after.people[0]).toBe(before.people[0]);
  expect(after.people[1]).toEqual({ id: 'b', on: false });
  expect(after.speakers).toBe(before.speakers);
  expect(after).not.toBe(before);
});

test('a field that has gone, or has come, is a change', () => {
  const before: { a: number; b?: undefined } = { a: 1, b: undefined };
  expect(keepUnchanged<object>(before, { a: 1 })).toEqual({ a: 1 });
  expect(Object.keys(keepUnchanged<object>(before, { a: 1 }))).toEqual(['a']);
  expect(Object.keys(keepUnchanged<object>({ a: 1 }, before))).toEqual(['a', 'b']);
});

test('what is no plain data is compared by identity', () => {
  class Track {
    readonly kind = 'video';
  }
  const before = { track: new Track() };
  const after = { track: new Track() };
  expect(keepUnchanged(before, after).track).toBe(after.track);
  expect(keepUnchanged(before, { track: before.track })).toBe(before);
});
