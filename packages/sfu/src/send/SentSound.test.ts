import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SentSound } from './SentSound.ts';
import { SoundRepeats } from './SoundRepeats.ts';

const packet = (length: number, fill: number): Uint8Array => new Uint8Array(length).fill(fill);

test('what is sent again is what was sent, to the last bit', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ minLength: 12, maxLength: 400 }), { maxLength: 200 }), (packets) => {
      const sound = new SentSound();
      const first = 65_500;
      for (const [index, bytes] of packets.entries())
        sound.store((first + index) & 0xffff, bytes, index * 20);
      const now = packets.length * 20;
      for (const [index, bytes] of packets.entries()) {
        const again = sound.repeat((first + index) & 0xffff, now);
        const kept = now - index * 20 <= 1_000;
        expect(again === null ? null : [...again]).toEqual(kept ? [...bytes] : null);
      }
    }),
  );
});

test('a packet is sent again once for each round trip, five times at most, for a second', () => {
  const sound = new SentSound();
  sound.store(7, packet(50, 1), 0);
  expect(sound.take(8, 0, 50)).toBeNull();
  expect(sound.take(7, 0, 50)?.length).toBe(50);
  expect(sound.take(7, 40, 50)).toBeNull();
  for (const time of [50, 100, 150, 200]) expect(sound.take(7, time, 50)).not.toBeNull();
  expect(sound.take(7, 250, 50)).toBeNull();
  sound.store(9, packet(50, 1), 0);
  expect(sound.take(9, 1_001, 50)).toBeNull();
  sound.store(9, packet(20, 2), 2_000);
  expect([...(sound.take(9, 2_000, 50) ?? [])]).toEqual([...packet(20, 2)]);
  sound.clear();
  expect(sound.repeat(9, 2_000)).toBeNull();
});

test('nothing is repeated on a clean path; more on a worse one; and it stops when the path is clean again', () => {
  const repeats = new SoundRepeats();
  repeats.onLoss(0.01, false, 0);
  expect(repeats.distances()).toEqual([]);
  repeats.onLoss(0.05, false, 1_000);
  expect(repeats.distances()).toEqual([1]);
  repeats.onLoss(0.2, false, 2_000);
  expect(repeats.distances()).toEqual([1, 3]);
  repeats.onLoss(0, false, 11_000);
  expect(repeats.distances()).toEqual([1, 3]);
  repeats.onLoss(0, false, 12_001);
  expect(repeats.distances()).toEqual([]);
});

test('a report that has counted repeats tells less than the path loses', () => {
  const repeats = new SoundRepeats();
  repeats.onLoss(0.1, true, 0);
  expect(repeats.distances()).toEqual([1]);
  // Of a tenth that is lost, a hundredth is left.
  for (let time = 5_000; time < 60_000; time += 5_000) repeats.onLoss(0.01, true, time);
  expect(repeats.distances()).toEqual([1]);
  repeats.onLoss(0.04, true, 60_000);
  expect(repeats.distances()).toEqual([1, 3]);
});

test('to a receiver that asks by itself nothing is repeated unless that does not help', () => {
  const repeats = new SoundRepeats();
  repeats.onLoss(0.2, false, 0);
  expect(repeats.distances()).toEqual([1, 3]);
  repeats.onRequest();
  expect(repeats.distances()).toEqual([]);
  repeats.onLoss(0.2, false, 1_000);
  expect(repeats.distances()).toEqual([]);
  repeats.onLoss(0.1, true, 2_000);
  expect(repeats.distances()).toEqual([1]);
});
