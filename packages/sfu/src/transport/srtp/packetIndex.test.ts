import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packetIndex } from './packetIndex.ts';

const TURN = 2 ** 16;
const HALF = 2 ** 15;
const MOST = 2 ** 48 - 1;

const index = fc.oneof(
  fc.integer({ min: 0, max: 3 * TURN }),
  fc.integer({ min: 0, max: MOST }),
  fc.integer({ min: MOST - 3 * TURN, max: MOST }),
);

/** From the highest index to the number: half a turn is where opinions part. */
const anySequence = fc.oneof(
  fc.integer({ min: 0, max: TURN - 1 }),
  fc.integer({ min: HALF - 2, max: HALF + 2 }),
  fc.constantFrom(0, 1, TURN - 1),
);

test('an index less than half a turn from the highest is told by its sequence number alone', () => {
  fc.assert(
    fc.property(index, fc.integer({ min: 1 - HALF, max: HALF - 1 }), (highest, distance) => {
      const actual = highest + distance;
      fc.pre(actual >= 0);
      expect(packetIndex(highest, actual % TURN)).toBe(actual);
    }),
    { numRuns: 2_000 },
  );
});

test('it is what appendix A of RFC 3711 computes, below zero aside', () => {
  fc.assert(
    fc.property(index, anySequence, (highest, ahead) => {
      const sequence = (highest + ahead) % TURN;
      const last = highest % TURN;
      const turns = Math.floor(highest / TURN);
      let turn = turns;
      if (last < HALF) {
        if (sequence - last > HALF) turn = turns - 1;
      } else if (last - HALF > sequence) turn = turns + 1;
      expect(packetIndex(highest, sequence)).toBe(Math.max(0, turn) * TURN + sequence);
    }),
    { numRuns: 2_000 },
  );
});

test('the first packet begins with a rollover counter of zero, whatever its number', () => {
  for (const sequence of [0, 1, HALF - 1, HALF, TURN - 1]) expect(packetIndex(-1, sequence)).toBe(sequence);
});

test('the number wraps forwards and back', () => {
  expect(packetIndex(TURN - 1, 0)).toBe(TURN);
  expect(packetIndex(TURN - 1, HALF - 2)).toBe(TURN + HALF - 2);
  expect(packetIndex(TURN, TURN - 1)).toBe(TURN - 1);
  expect(packetIndex(2 * TURN + 3, TURN - 5)).toBe(2 * TURN - 5);
  expect(packetIndex(MOST, 0)).toBe(MOST + 1);
});

test('nothing comes before the beginning', () => {
  expect(packetIndex(0, TURN - 1)).toBe(TURN - 1);
  expect(packetIndex(5, 5 + HALF + 1)).toBe(5 + HALF + 1);
});
