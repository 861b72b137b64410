import { randomBytes, randomUUID } from 'node:crypto';
import { AccountId, FactorId } from '@conclave/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../../apps/server/src/storage/database.ts';
import { migrate } from '../../../apps/server/src/storage/migrate.ts';
import { insertAccount } from '../../../apps/server/src/storage/repositories/accounts.ts';
import {
  activateFactor,
  advanceCounter,
  findPasskeyRow,
  insertFactor,
  listFactorRows,
  type NewFactor,
  replacePending,
  takeStep,
} from '../../../apps/server/src/storage/repositories/factors.ts';
import {
  putSentCode,
  takeSentCode,
  trySentCode,
} from '../../../apps/server/src/storage/repositories/sentCodes.ts';
import {
  insertChallenge,
  takeChallenge,
  tryChallenge,
} from '../../../apps/server/src/storage/repositories/signInChallenges.ts';
import {
  deleteExpiredFactorData,
  spendChallenge,
} from '../../../apps/server/src/storage/repositories/spentChallenges.ts';

const noon = new Date('2026-01-01T12:00:00Z');
const before = new Date('2026-01-01T11:00:00Z');
const later = new Date('2026-01-01T13:00:00Z');

/** What every adapter of the database port does with second factors: each thing counts once, whatever comes at once. */
export function specifyFactors(name: string, open: () => Promise<Database>): void {
  describe(`second factors on ${name}`, () => {
    let database: Database;
    let accountId: AccountId;
    beforeAll(async () => {
      database = await open();
      await migrate(database);
      accountId = AccountId.parse(randomUUID());
      await insertAccount(database.db, {
        id: accountId,
        email: `${accountId}@example.org`,
        name: 'Ada',
        role_id: 'member',
        password_hash: null,
        created_at: noon,
      });
    });
    afterAll(() => database?.[Symbol.asyncDispose]());

    function aFactor(given: Partial<NewFactor> = {}): NewFactor {
      const id = FactorId.parse(randomUUID());
      const base = { id, account_id: accountId, kind: 'totp', name: 'App', created_at: noon } as const;
      return { ...base, sealed: randomBytes(48), ...given };
    }

    test('of an app’s steps each is taken once, and none before the last one, in any order and at once', async () => {
      const rounds = fc.array(fc.array(fc.integer({ min: 58_000_000, max: 58_000_006 }), { minLength: 1 }), {
        maxLength: 8,
      });
      await fc.assert(
        fc.asyncProperty(rounds, async (attempts) => {
          const factor = aFactor();
          await insertFactor(database.db, factor);
          let last = 0;
          for (const steps of attempts) {
            const taken = await Promise.all(
              steps.map(async (step) => ((await takeStep(database.db, factor.id, step, noon)) ? step : null)),
            );
            const won = taken.filter((step) => step !== null);
            expect(new Set(won).size).toBe(won.length);
            for (const step of won) expect(step).toBeGreaterThan(last);
            const highest = Math.max(...steps);
            if (highest > last) expect(won).toContain(highest);
            last = Math.max(last, highest);
          }
        }),
        { numRuns: 25 },
      );
    });

    test('a passkey’s counter only grows, and stays where an authenticator does not count', async () => {
      const passkey = (counter: string) =>
        aFactor({
          kind: 'passkey',
          sealed: null,
          credential_id: randomBytes(16).toString('base64url'),
          public_key: randomBytes(77),
          counter,
          transports: ['internal', 'hybrid'],
        });
      const one = passkey('5');
      await insertFactor(database.db, one);
      const found = await findPasskeyRow(database.db, one.credential_id ?? '');
      expect(found).toMatchObject({ id: one.id, transports: ['internal', 'hybrid'] });
      expect(Buffer.from(found?.public_key ?? []).equals(Buffer.from(one.public_key ?? []))).toBe(true);
      const results = await Promise.all([6, 6, 6].map((to) => advanceCounter(database.db, one.id, to, noon)));
      expect(results.filter(Boolean)).toHaveLength(1);
      for (const to of [6, 5, 0]) expect(await advanceCounter(database.db, one.id, to, noon)).toBe(false);
      expect(await advanceCounter(database.db, one.id, 2 ** 32 - 1, noon)).toBe(true);
      const still = passkey('0');
      await insertFactor(database.db, still);
      expect(await advanceCounter(database.db, still.id, 0, noon)).toBe(true);
      expect(await insertFactor(database.db, { ...passkey('0'), credential_id: one.credential_id })).toBe(
        false,
      );
    });

    test('what waits is not in use, is replaced by the next, and is put to use once', async () => {
      const held = async () => (await listFactorRows(database.db, accountId)).map(({ id }) => id);
      const first = aFactor({ pending_until: later });
      const second = aFactor({ pending_until: later });
      await replacePending(database.db, first);
      await replacePending(database.db, second);
      expect(await held()).not.toContain(second.id);
      expect(await activateFactor(database.db, first.id)).toBe(false);
      const activated = await Promise.all([1, 2, 3].map(() => activateFactor(database.db, second.id)));
      expect(activated.filter(Boolean)).toHaveLength(1);
      expect(await held()).toContain(second.id);
    });

    test('of one challenge and one code, tries are counted and one use counts', async () => {
      const token_hash = randomBytes(32);
      await insertChallenge(database.db, {
        token_hash,
        account_id: accountId,
        method: 'password',
        tries_left: 3,
        expires_at: later,
      });
      const tries = await Promise.all([1, 2, 3, 4, 5].map(() => tryChallenge(database.db, token_hash, noon)));
      expect(tries.filter(Boolean)).toHaveLength(3);
      const taken = await Promise.all([1, 2, 3].map(() => takeChallenge(database.db, token_hash)));
      expect(taken.filter(Boolean)).toHaveLength(1);
      const purpose = randomBytes(32);
      const code_hash = randomBytes(32);
      const code = { purpose, account_id: accountId, code_hash, tries_left: 2, expires_at: later };
      await putSentCode(database.db, { ...code, code_hash: randomBytes(32) });
      await putSentCode(database.db, code);
      expect(await trySentCode(database.db, accountId, purpose, later)).toBeNull();
      const hashes = await Promise.all(
        [1, 2, 3].map(() => trySentCode(database.db, accountId, purpose, noon)),
      );
      expect(hashes.filter((hash) => hash !== null)).toHaveLength(2);
      const used = await Promise.all([1, 2, 3].map(() => takeSentCode(database.db, purpose, code_hash)));
      expect(used.filter(Boolean)).toHaveLength(1);
      const spent = await Promise.all([1, 2, 3].map(() => spendChallenge(database.db, purpose, later)));
      expect(spent.filter(Boolean)).toHaveLength(1);
    });

    test('what has ended is taken away, and nothing else', async () => {
      const kept = randomBytes(32);
      await spendChallenge(database.db, kept, later);
      await spendChallenge(database.db, randomBytes(32), before);
      await replacePending(database.db, aFactor({ pending_until: before }));
      const inUse = (await listFactorRows(database.db, accountId)).length;
      await deleteExpiredFactorData(database.db, noon);
      expect(await spendChallenge(database.db, kept, later)).toBe(false);
      expect((await listFactorRows(database.db, accountId)).length).toBe(inUse);
      const rows = await database.db
        .selectFrom('factors')
        .select('id')
        .where('pending_until', '<', noon)
        .execute();
      expect(rows).toEqual([]);
    });
  });
}
