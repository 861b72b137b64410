import { expect, test } from 'vitest';
import { loudness } from './LevelMeter.ts';

test('silence is 0, full scale is 1, half the decibels is the middle', () => {
  expect(loudness(new Float32Array(256))).toBe(0);
  expect(loudness(new Float32Array(256).fill(1))).toBeCloseTo(1);
  expect(loudness(new Float32Array(256).fill(10 ** (-30 / 20)))).toBeCloseTo(0.5);
});
