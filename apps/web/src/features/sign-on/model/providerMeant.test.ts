import { type ProviderChoice, ProviderId } from '@conclave/protocol';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { providerMeant } from './providerMeant.ts';

const choice = (name: string): ProviderChoice => ({
  id: z.parse(ProviderId, crypto.randomUUID()),
  name,
  preset: 'generic',
});
const one = choice('One');
const other = choice('Other');

test('the one that belongs to the address comes before all others', () => {
  expect(providerMeant([one, other], other)).toBe(other);
});

test('without such an address only one that has no other beside it is meant', () => {
  expect(providerMeant([one], null)).toBe(one);
  expect(providerMeant([one, other], null)).toBeNull();
  expect(providerMeant([], null)).toBeNull();
});
