import type { Control } from '@conclave/protocol';
import { expect, test } from 'vitest';
import { controlsOver, mayRule } from './mayRule.ts';

const one = (
  id: string,
  role: 'host' | 'cohost' | 'member' | 'guest',
  controls: readonly Control[] = [],
) => ({
  id,
  role,
  controls,
});
const host = one('h', 'host', ['media', 'remove', 'spotlight']);
const cohost = one('c', 'cohost', ['media', 'spotlight']);

test('nobody rules over a host or themselves, and hosts alone over co-hosts', () => {
  expect(mayRule(host, cohost)).toBe(true);
  expect(mayRule(cohost, one('d', 'cohost'))).toBe(false);
  expect(mayRule(cohost, host)).toBe(false);
  expect(mayRule(host, host)).toBe(false);
  expect(mayRule(cohost, one('g', 'guest'))).toBe(true);
});

test('one has over others what one has, and may show anybody large', () => {
  expect(controlsOver(cohost, one('g', 'guest'))).toEqual(['media', 'spotlight']);
  expect(controlsOver(cohost, host)).toEqual(['spotlight']);
  expect(controlsOver(undefined, host)).toEqual([]);
});
