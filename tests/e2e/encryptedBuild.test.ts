import { expect, test } from 'vitest';
import { buildForms, hasMark } from './bench/encryption/builds.ts';

test('the form that encrypts no media is the benchmark’s alone: nothing of it is in the product', async () => {
  const { encrypted, unencrypted } = await buildForms();
  expect(await hasMark(unencrypted.web)).toBe(true);
  expect(await hasMark(encrypted.web)).toBe(false);
}, 120_000);
