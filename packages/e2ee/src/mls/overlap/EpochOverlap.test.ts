import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EpochOverlap, OVERLAP } from './EpochOverlap.ts';

const join = (epoch: number) => ({ epoch, removedLeaves: [] });

test('after a join one sends in the old epoch until all have the new one, or for a second', () => {
  const patient = new EpochOverlap(3);
  patient.entered(join(4), 100);
  expect(patient.sendingEpoch(1_099)).toBe(3);
  expect(patient.nextChangeAt(500)).toBe(1_100);
  expect(patient.sendingEpoch(1_100)).toBe(4);
  const told = new EpochOverlap(3);
  told.entered(join(4), 100);
  told.settled(4, 150);
  expect(told.sendingEpoch(150)).toBe(4);
});

test('after a removal one sends in the new epoch at once, past joins that were waited for', () => {
  const overlap = new EpochOverlap(0);
  overlap.entered(join(1), 0);
  overlap.entered({ epoch: 2, removedLeaves: [4] }, 10);
  expect(overlap.sendingEpoch(10)).toBe(2);
});

test('frames of an epoch are opened for 5 s after a join and 2 s after a removal', () => {
  const overlap = new EpochOverlap(0);
  overlap.entered(join(1), 0);
  expect(overlap.receivingEpochs(4_999)).toEqual([0, 1]);
  expect(overlap.receivingEpochs(5_000)).toEqual([1]);
  overlap.entered(join(2), 6_000);
  overlap.entered({ epoch: 3, removedLeaves: [1] }, 6_500);
  expect(overlap.receivingEpochs(8_499)).toEqual([1, 2, 3]);
  expect(overlap.receivingEpochs(8_500)).toEqual([3]);
  expect(overlap.nextChangeAt(8_500)).toBeNull();
});

test('frames of who was removed are refused at once; who has the leaf next is heard', () => {
  const overlap = new EpochOverlap(0);
  expect(overlap.accepts(0, 1, 0)).toBe(true);
  overlap.entered({ epoch: 1, removedLeaves: [1] }, 10);
  expect(overlap.accepts(0, 1, 11)).toBe(false);
  expect(overlap.accepts(0, 2, 11)).toBe(true);
  expect(overlap.accepts(1, 1, 11)).toBe(true);
  expect(overlap.accepts(2, 1, 11)).toBe(false);
});

test('epochs come one after the other', () => {
  const overlap = new EpochOverlap(5);
  expect(() => overlap.entered(join(7), 0)).toThrow(RangeError);
  overlap.settled(9, 0);
  expect(overlap.sendingEpoch(0)).toBe(5);
});

test('whatever happens: the epoch sent in is kept, never falls, and is at most a second behind', () => {
  const steps = fc.array(fc.record({ wait: fc.nat(3_000), removal: fc.boolean(), settle: fc.boolean() }), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(steps, (all) => {
      const overlap = new EpochOverlap(0);
      let now = 0;
      let epoch = 0;
      let last = 0;
      for (const step of all) {
        now += step.wait;
        epoch++;
        overlap.entered({ epoch, removedLeaves: step.removal ? [1] : [] }, now);
        if (step.settle) overlap.settled(epoch, now);
        const sending = overlap.sendingEpoch(now);
        expect(sending).toBeGreaterThanOrEqual(last);
        expect(overlap.receivingEpochs(now)).toContain(sending);
        if (step.removal || step.settle) expect(sending).toBe(epoch);
        last = sending;
      }
      expect(overlap.sendingEpoch(now + OVERLAP.joinSwitchMs)).toBe(epoch);
      expect(overlap.receivingEpochs(now + OVERLAP.joinReceiveMs)).toEqual([epoch]);
    }),
  );
});
