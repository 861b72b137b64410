import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockOf, distribute, labelOf, roomNames } from './breakouts.ts';

test('everybody is put into one room, and rooms differ by one person at most', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 60 }),
      fc.integer({ min: 2, max: 50 }),
      (ids, rooms) => {
        const parts = distribute(ids, rooms, Math.random);
        expect(new Set(parts.keys())).toEqual(new Set(ids));
        const sizes = Array.from(
          { length: rooms },
          (_, room) => [...parts.values()].filter((other) => other === room).length,
        );
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      },
    ),
  );
});

test('rooms go by the names that were typed, and by their number without one', () => {
  expect(roomNames(' Red, ,Blue', 4)).toEqual(['Red', null, 'Blue', null]);
  const rooms = [
    { id: 'a', name: 'Red' },
    { id: 'b', name: null },
  ] as never;
  expect(['a', 'b'].map((id) => labelOf({ rooms }, id, (number) => `Room ${number}`))).toEqual([
    'Red',
    'Room 2',
  ]);
});

test.each([
  [0, '0:00'],
  [-5, '0:00'],
  [59_001, '1:00'],
  [61_000, '1:01'],
  [600_000, '10:00'],
])('%s ms are %s', (ms, text) => {
  expect(clockOf(ms)).toBe(text);
});
