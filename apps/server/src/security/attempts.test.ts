import { ConclaveError } from '@conclave/protocol';
import { describe, expect, test } from 'vitest';
import { addressKey } from './addressKey.ts';
import { AttemptLimiter } from './attempts.ts';
import { KnownPlaces } from './KnownPlaces.ts';

const rules = {
  address: { wrong: 3, windowSeconds: 60 },
  account: { wrong: 2, windowSeconds: 60 },
};

async function tries(limiter: AttemptLimiter<'address' | 'account'>, address: string, account: string) {
  try {
    return await limiter.begin({ address, account });
  } catch (refusal) {
    if (!(refusal instanceof ConclaveError)) throw refusal;
    expect(refusal.code).toBe('auth.too_many_attempts');
    expect(refusal.retryAfterMs).toBeGreaterThan(0);
    return null;
  }
}

describe('attempts', () => {
  test('count until they have succeeded', async () => {
    const limiter = new AttemptLimiter(rules);
    for (let round = 0; round < 10; round++) await (await tries(limiter, 'a', 'x'))?.succeeded();
    expect(await tries(limiter, 'a', 'x')).not.toBeNull();
    expect(await tries(limiter, 'a', 'x')).not.toBeNull();
    expect(await tries(limiter, 'a', 'x')).toBeNull();
  });

  test('are counted when they begin, so that many at once gain nothing', async () => {
    const limiter = new AttemptLimiter(rules);
    const all = await Promise.all(Array.from({ length: 20 }, () => tries(limiter, 'a', 'x')));
    expect(all.filter((attempt) => attempt !== null)).toHaveLength(2);
  });

  test('one that one limit refuses does not use up the other', async () => {
    const limiter = new AttemptLimiter(rules);
    for (let round = 0; round < 10; round++) await tries(limiter, 'a', 'x');
    expect(await tries(limiter, 'a', 'y')).not.toBeNull();
    expect(await tries(limiter, 'a', 'z')).toBeNull();
    expect(await tries(limiter, 'b', 'z')).not.toBeNull();
  });

  test('from one IPv6 network are counted together', async () => {
    const limiter = new AttemptLimiter({ address: rules.account });
    await limiter.begin({ address: '2001:db8:1:2::1' });
    await limiter.begin({ address: '2001:db8:1:2:ffff::9' });
    await expect(limiter.begin({ address: '2001:db8:1:2:3:4:5:6' })).rejects.toThrow(ConclaveError);
    await limiter.begin({ address: '2001:db8:1:3::1' });
  });
});

test('places are known by account and network, and the longest unused are forgotten', () => {
  const places = new KnownPlaces(2);
  places.remember('ada', '192.0.2.1');
  places.remember('bob', '2001:db8::1');
  const known = (account: string, address: string) => places.counterOf(account, address).startsWith('known ');
  expect(known('ada', '192.0.2.1')).toBe(true);
  expect(known('ada', '192.0.2.2')).toBe(false);
  expect(known('bob', '192.0.2.1')).toBe(false);
  expect(known('bob', '2001:db8::ffff')).toBe(true);
  places.remember('ada', '192.0.2.1');
  places.remember('eve', '192.0.2.9');
  expect(known('ada', '192.0.2.1')).toBe(true);
  expect(known('bob', '2001:db8::1')).toBe(false);
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:192.0.2.1', '192.0.2.1'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:0db8:0000:0000:ffff::', '2001:db8:0:0::/64'],
  ['2001:db8:a:b:c:d:e:f', '2001:db8:a:b::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ['', ''],
])('%s is counted as %s', (address, key) => {
  expect(addressKey(address)).toBe(key);
});
