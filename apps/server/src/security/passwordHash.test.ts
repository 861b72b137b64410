import { createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Secret } from '../secret.ts';
import { PASSWORD_COSTS, PasswordHasher } from './passwordHash.ts';

const pepper = new Secret(randomBytes(32));
const hasher = new PasswordHasher(pepper);
const password = 'violet kettle orbits slowly';

test('Argon2id with at least 19 MiB, two passes and a salt of its own each time', async () => {
  const [one, other] = await Promise.all([hasher.hash(password), hasher.hash(password)]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(other);
  expect(await hasher.verify(one, password)).toBe(true);
  expect(await hasher.verify(one, `${password}!`)).toBe(false);
});

test('a stolen hash is of no use without the pepper', async () => {
  const stolen = await hasher.hash(password);
  expect(await new PasswordHasher(new Secret(randomBytes(32))).verify(stolen, password)).toBe(false);
});

test('the same password typed on another keyboard is the same', async () => {
  const hash = await hasher.hash('caf\u00e9 au lait, s\u2019il vous pla\u00eet');
  expect(await hasher.verify(hash, 'cafe\u0301 au lait, s\u2019il vous plai\u0302t')).toBe(true);
});

test('an account that does not exist is refused after the same work', async () => {
  const hash = await hasher.hash(password);
  await hasher.verify(null, password);
  const time = async (passwordHash: string | null) => {
    const started = performance.now();
    expect(await hasher.verify(passwordHash, 'another')).toBe(false);
    return performance.now() - started;
  };
  const [known, unknown] = [await least(() => time(hash)), await least(() => time(null))];
  expect(unknown).toBeGreaterThan(known / 2);
  expect(unknown).toBeLessThan(known * 2);
});

test('a hash is outdated when any cost has risen since', async () => {
  const hash = await hasher.hash(password);
  expect(hasher.isOutdated(hash)).toBe(false);
  for (const raised of [{ memoryCost: 32_768 }, { timeCost: 3 }, { parallelism: 2 }]) {
    const stronger = new PasswordHasher(pepper, 'argon2id', { ...PASSWORD_COSTS, ...raised });
    expect(stronger.isOutdated(hash)).toBe(true);
    const renewed = await stronger.hash(password);
    expect(stronger.isOutdated(renewed)).toBe(false);
    expect(hasher.isOutdated(renewed)).toBe(false);
    expect(await hasher.verify(renewed, password)).toBe(true);
  }
});

/** The quickest of several: other work on the machine only ever adds. */
async function least(measure: () => Promise<number>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 7; round++) best = Math.min(best, await measure());
  return best;
}

describe('the FIPS profile', () => {
  const fips = new PasswordHasher(pepper, 'fips');

  test('makes PBKDF2-HMAC-SHA-512 with 210,000 iterations and a salt of its own each time', async () => {
    const [one, other] = [await fips.hash('copper lantern drifts'), await fips.hash('copper lantern drifts')];
    expect(one).toMatch(/^\$pbkdf2-sha512\$i=210000\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{86}$/);
    expect(one).not.toBe(other);
    expect(await fips.verify(one, 'copper lantern drifts')).toBe(true);
    expect(await fips.verify(one, 'copper lantern drift')).toBe(false);
  });

  test('is the algorithm of RFC 8018, over the password keyed with the pepper', async () => {
    const text = await fips.hash('copper lantern drifts');
    const [, , , salt, hash] = text.split('$');
    const key = createHmac('sha512', pepper.reveal()).update('copper lantern drifts').digest();
    const expected = pbkdf2Sync(key, Buffer.from(salt ?? '', 'base64'), 210_000, 64, 'sha512');
    expect(Buffer.from(hash ?? '', 'base64')).toEqual(expected);
  });

  test('understands what the other profile made, and takes it for outdated; and the other way round', async () => {
    const argon = new PasswordHasher(pepper);
    const [made, stored] = [
      await fips.hash('copper lantern drifts'),
      await argon.hash('copper lantern drifts'),
    ];
    expect(await fips.verify(stored, 'copper lantern drifts')).toBe(true);
    expect(await argon.verify(made, 'copper lantern drifts')).toBe(true);
    expect([fips.isOutdated(made), fips.isOutdated(stored)]).toEqual([false, true]);
    expect([argon.isOutdated(made), argon.isOutdated(stored)]).toEqual([true, false]);
    expect(fips.isOutdated(made.replace('i=210000', 'i=100000'))).toBe(true);
  });

  test('another installation’s pepper matches nothing', async () => {
    const other = new PasswordHasher(new Secret(Buffer.alloc(32, 9)), 'fips');
    expect(await other.verify(await fips.hash('copper lantern drifts'), 'copper lantern drifts')).toBe(false);
  });
});
