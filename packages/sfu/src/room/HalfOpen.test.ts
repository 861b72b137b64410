import { expect, it } from 'vitest';
import { SfuError } from '../control/SfuError.ts';
import { HalfOpen } from './HalfOpen.ts';

it('refuses one transport too many, and gives each place back once', () => {
  const halfOpen = new HalfOpen(2);
  const [first, second, third] = [{}, {}, {}];
  halfOpen.enter(first);
  halfOpen.enter(second);
  expect(() => halfOpen.enter(third)).toThrow(SfuError);
  halfOpen.leave(first);
  halfOpen.leave(first);
  halfOpen.enter(third);
  expect(halfOpen.size).toBe(2);
});
