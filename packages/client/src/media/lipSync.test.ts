import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextTargets, noTargets, type Playout, readPlayout } from './lipSync.ts';

/** A receiver whose buffers are as long as the network asks for, or as they are told to be if that is longer. */
function play(natural: { sound: number; picture: number }, rounds: number, tellsCapture: boolean) {
  let targets = noTargets;
  const totals = { sound: 0, picture: 0 };
  const read = (round: number, kind: 'sound' | 'picture'): Playout => {
    const wait = Math.max(natural[kind], targets[kind]);
    totals[kind] += wait / 1_000;
    return {
      capturedAt: tellsCapture ? round * 2_000 - wait : null,
      waited: totals[kind],
      played: round,
    };
  };
  const pair = (round: number) => ({ sound: read(round, 'sound'), picture: read(round, 'picture') });
  let before = pair(1);
  for (let round = 2; round < rounds + 2; round++) {
    const now = pair(round);
    targets = nextTargets(before, now, targets);
    before = now;
  }
  const lateness = Math.max(natural.sound, targets.sound) - Math.max(natural.picture, targets.picture);
  return { targets, lateness };
}

const wait = fc.integer({ min: 10, max: 280 });

describe('sound and picture', () => {
  test('are together within a few readings, whichever is late, and stay so', () => {
    fc.assert(
      fc.property(
        wait,
        wait,
        fc.boolean(),
        fc.integer({ min: 6, max: 30 }),
        (sound, picture, tells, rounds) => {
          const { lateness } = play({ sound, picture }, rounds, tells);
          expect(lateness).toBeLessThanOrEqual(41);
          expect(lateness).toBeGreaterThanOrEqual(-21);
        },
      ),
    );
  });

  test('never both wait, and nobody waits when they are together anyway', () => {
    fc.assert(
      fc.property(wait, wait, fc.integer({ min: 1, max: 30 }), (sound, picture, rounds) => {
        const { targets } = play({ sound, picture }, rounds, true);
        expect(Math.min(targets.sound, targets.picture)).toBe(0);
        if (Math.abs(sound - picture) < 20) expect(targets).toEqual(noTargets);
      }),
    );
  });

  test('wait for each other no longer when the reason is gone', () => {
    const before = { capturedAt: 1_000, waited: 10, played: 100 };
    const after = { capturedAt: 3_000, waited: 20, played: 200 };
    const early = { ...after, capturedAt: 2_900 };
    // The picture waits 100 ms, and is 100 ms late by now.
    const targets = nextTargets(
      { sound: before, picture: before },
      { sound: after, picture: early },
      { sound: 0, picture: 100 },
    );
    expect(targets.sound).toBe(0);
    expect(targets.picture).toBeLessThan(30);
  });

  test('are left alone as long as nothing is played', () => {
    const still = { capturedAt: null, waited: 5, played: 50 };
    const pair = { sound: still, picture: still };
    expect(nextTargets(pair, pair, { sound: 0, picture: 80 })).toEqual({ sound: 0, picture: 80 });
  });
});

test('what a browser does not tell is not made up', () => {
  expect(readPlayout({})).toEqual({ capturedAt: null, waited: 0, played: 0 });
  expect(
    readPlayout({ estimatedPlayoutTimestamp: 5, jitterBufferDelay: 2, jitterBufferEmittedCount: 3 }),
  ).toEqual({ capturedAt: 5, waited: 2, played: 3 });
});
