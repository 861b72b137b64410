import { expect, it } from 'vitest';
import { fileSize } from './fileSize.ts';

it.each([
  [0, '0', 'bytes'],
  [999, '999', 'bytes'],
  [1_000, '1', 'kB'],
  [1_449, '1.4', 'kB'],
  [9_960, '10', 'kB'],
  [999_600, '1', 'MB'],
  [5_000_000, '5', 'MB'],
  [104_857_600, '105', 'MB'],
  [2_500_000_000, '2.5', 'GB'],
])('%i is %s %s', (bytes, value, unit) => {
  expect(fileSize(bytes)).toEqual({ value, unit });
});
