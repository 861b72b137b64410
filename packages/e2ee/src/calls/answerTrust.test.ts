import { expect, test } from 'vitest';
import { toBase64Url } from '../base64url.ts';
import { MemoryPins } from '../worker/verification/PinStore.ts';
import { withSeen, withVerified } from '../worker/verification/pins.ts';
import { isStrangeDevice } from './answerTrust.ts';

const grace = { accountId: '7d0f1a52-6f0e-4a3b-9c61-0f8b1f0a0002', name: 'Grace' };
const device = (byte: number) => new Uint8Array(32).fill(byte);
const key = (byte: number) => toBase64Url(device(byte));

test('whoever was never met, and the device that was, are taken; another one of a known account is asked about', async () => {
  const pins = new MemoryPins();
  expect(await isStrangeDevice(grace, device(1), pins)).toBe(false);
  // Nothing was remembered of the answer alone.
  expect(await pins.update(grace.accountId, (known) => known)).toEqual([]);
  await pins.update(grace.accountId, (known) => withSeen(known, key(1), 0));
  expect(await isStrangeDevice(grace, device(1), pins)).toBe(false);
  expect(await isStrangeDevice(grace, device(2), pins)).toBe(true);
});

test('with several devices that were only seen a further one is not asked about; with a verified one it is', async () => {
  const pins = new MemoryPins();
  await pins.update(grace.accountId, (known) => withSeen(withSeen(known, key(1), 0), key(2), 0));
  expect(await isStrangeDevice(grace, device(3), pins)).toBe(false);
  await pins.update(grace.accountId, (known) =>
    withVerified(known, key(1), { by: 'qr', at: 0, name: 'Grace' }, 0),
  );
  expect(await isStrangeDevice(grace, device(3), pins)).toBe(true);
  expect(await isStrangeDevice(grace, device(1), pins)).toBe(false);
});
