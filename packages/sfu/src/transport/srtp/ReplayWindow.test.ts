import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ReplayWindow } from './ReplayWindow.ts';

const SIZE = 1_024;
const MOST = 2 ** 48 - 1;

/** What the window promises, with a memory that never ends. */
class Model {
  readonly #seen = new Set<number>();
  #highest = -1;

  isNew(index: number): boolean {
    return index > this.#highest - SIZE && !this.#seen.has(index);
  }

  add(index: number): void {
    this.#seen.add(index);
    this.#highest = Math.max(this.#highest, index);
  }
}

/** From the highest index so far to the next one: mostly close, around the edge of the window, or far away. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -40, max: 40 }) },
  { weight: 3, arbitrary: fc.integer({ min: -SIZE - 3, max: -SIZE + 3 }) },
  { weight: 3, arbitrary: fc.integer({ min: SIZE - 3, max: SIZE + 3 }) },
  { weight: 2, arbitrary: fc.integer({ min: -SIZE, max: SIZE }) },
  { weight: 1, arbitrary: fc.integer({ min: 2 * SIZE, max: 2 ** 32 }) },
);
const start = fc.oneof(
  fc.integer({ min: 0, max: 3 * SIZE }),
  fc.integer({ min: 2 ** 31 - SIZE, max: 2 ** 31 + SIZE }),
  fc.integer({ min: 2 ** 32 - SIZE, max: 2 ** 32 + SIZE }),
  fc.integer({ min: MOST - 100 * SIZE, max: MOST }),
);

test('it tells new from old as a memory without an end would, inside the window', () => {
  fc.assert(
    fc.property(start, fc.array(step, { minLength: 1, maxLength: 200 }), (first, steps) => {
      const window = new ReplayWindow();
      const model = new Model();
      let highest = first;
      for (const distance of [0, ...steps]) {
        const index = highest + distance;
        if (index < 0 || index > MOST) continue;
        expect(window.isNew(index)).toBe(model.isNew(index));
        if (!model.isNew(index)) continue;
        window.add(index);
        model.add(index);
        expect(window.isNew(index)).toBe(false);
        highest = Math.max(highest, index);
      }
      const oldest = Math.max(0, highest - SIZE - 2);
      for (let index = oldest; index <= highest + 2; index++)
        if (window.isNew(index) !== model.isNew(index)) expect(`${index} of ${highest}`).toBe('as the model');
    }),
    { numRuns: 500 },
  );
});

test('asking changes nothing', () => {
  const window = new ReplayWindow();
  window.add(10);
  expect(window.isNew(5_000)).toBe(true);
  expect(window.isNew(9)).toBe(true);
  expect(window.isNew(10)).toBe(false);
});

test('the first index may be any, and what is before it within the window is still new', () => {
  const window = new ReplayWindow();
  expect(window.isNew(0)).toBe(true);
  window.add(MOST);
  expect(window.isNew(MOST)).toBe(false);
  expect(window.isNew(MOST - SIZE + 1)).toBe(true);
  expect(window.isNew(MOST - SIZE)).toBe(false);
  expect(window.isNew(0)).toBe(false);
});
