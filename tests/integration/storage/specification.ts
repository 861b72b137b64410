import { randomBytes, randomUUID } from 'node:crypto';
import { AccountId, MeetingId, SessionId } from '@conclave/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../../apps/server/src/storage/database.ts';
import { migrate } from '../../../apps/server/src/storage/migrate.ts';
import {
  type AccountRow,
  findAccount,
  findAccountByEmail,
  hasOwner,
  insertAccount,
  replacePasswordHash,
} from '../../../apps/server/src/storage/repositories/accounts.ts';
import {
  countMeetingsOf,
  deleteMeetingRow,
  findMeeting,
  insertMeeting,
  listMeetingsOf,
  type MeetingRow,
  markMeetingUsed,
  updateMeeting,
} from '../../../apps/server/src/storage/repositories/meetings.ts';
import {
  isOwnerLinkGood,
  replaceOwnerLink,
  takeOwnerLink,
} from '../../../apps/server/src/storage/repositories/oneTimeLinks.ts';
import {
  deleteExpiredSessions,
  deleteSession,
  findSessionByToken,
  insertSession,
  listSessionsOf,
  type SessionRow,
  touchSession,
} from '../../../apps/server/src/storage/repositories/sessions.ts';
import { makeMeetingId } from '../../dev-env/meetings.ts';

const noon = new Date('2026-01-01T12:00:00.123Z');
const later = new Date('2026-01-02T12:00:00.456Z');

/** What every adapter of the database port does. `open` gives an empty database. */
export function specifyStorage(name: string, open: () => Promise<Database>): void {
  describe(`the database on ${name}`, () => {
    let database: Database;
    beforeAll(async () => {
      database = await open();
      await migrate(database);
    });
    afterAll(() => database?.[Symbol.asyncDispose]());

    function anAccount(given: Partial<AccountRow> = {}): AccountRow {
      const id = AccountId.parse(randomUUID());
      return {
        id,
        email: `${id}@example.org`,
        name: 'Ada',
        role_id: 'member',
        password_hash: 'hash',
        status: 'active',
        suspended_at: null,
        email_verified_at: null,
        last_seen_at: null,
        mail_language: null,
        created_at: noon,
        ...given,
      };
    }

    async function storedAccount(given: Partial<AccountRow> = {}): Promise<AccountRow> {
      const account = anAccount(given);
      expect(await insertAccount(database.db, account)).toBe(true);
      return account;
    }

    function aSession(account: AccountRow, given: Partial<SessionRow> = {}): SessionRow {
      return {
        id: SessionId.parse(randomUUID()),
        account_id: account.id,
        token_hash: randomBytes(32),
        device: 'Firefox on Linux',
        name: null,
        method: 'password',
        restricted: false,
        confirmed_at: noon,
        created_at: noon,
        last_seen_at: noon,
        ...given,
      };
    }

    function aMeeting(account: AccountRow, given: Partial<MeetingRow> = {}): MeetingRow {
      return {
        id: MeetingId.parse(makeMeetingId()),
        owner_id: account.id,
        title: 'Monday — 月曜日',
        verifier: randomBytes(32),
        created_at: noon,
        last_used_at: null,
        choices: {},
        schedule: null,
        sequence: 0,
        is_call: false,
        ...given,
      };
    }

    test('answers, and migrating again changes nothing', async () => {
      await database.ping();
      await migrate(database);
      await migrate(database);
    });

    test('gives back an account as it was stored, to the millisecond', async () => {
      const account = await storedAccount({ name: 'Ādá 🐘' });
      expect(await findAccount(database.db, account.id)).toEqual(account);
      expect(await findAccountByEmail(database.db, account.email)).toEqual(account);
      expect(await findAccountByEmail(database.db, 'nobody@example.org')).toBeNull();
    });

    test('keeps one account for an email, and knows no role that cannot be', async () => {
      const { email } = await storedAccount();
      expect(await insertAccount(database.db, anAccount({ email }))).toBe(false);
      expect(await hasOwner(database.db)).toBe(false);
      expect(await insertAccount(database.db, anAccount({ role_id: 'owner' }))).toBe(true);
      expect(await hasOwner(database.db)).toBe(true);
      await expect(insertAccount(database.db, anAccount({ role_id: 'god' as never }))).rejects.toThrow();
      await expect(insertAccount(database.db, anAccount({ email: 'UPPER@example.org' }))).rejects.toThrow();
    });

    test('replaces a password hash only where it is still the one that was read', async () => {
      const account = await storedAccount();
      await replacePasswordHash(database.db, account.id, 'another', 'stale');
      expect((await findAccount(database.db, account.id))?.password_hash).toBe('hash');
      await replacePasswordHash(database.db, account.id, 'hash', 'renewed');
      expect((await findAccount(database.db, account.id))?.password_hash).toBe('renewed');
    });

    test('finds a session with its account by the hash of its secret', async () => {
      const account = await storedAccount();
      const session = aSession(account);
      await insertSession(database.db, session);
      const found = await findSessionByToken(database.db, session.token_hash);
      expect(found?.account).toEqual(account);
      expect(found?.session).toMatchObject({ id: session.id, created_at: noon, last_seen_at: noon });
      expect(await findSessionByToken(database.db, randomBytes(32))).toBeNull();
      await touchSession(database.db, session.id, later);
      const touched = await findSessionByToken(database.db, session.token_hash);
      expect(touched?.session.last_seen_at).toEqual(later);
    });

    test('lists the sessions of an account, the latest seen first, and deletes only its own', async () => {
      const account = await storedAccount();
      const other = await storedAccount();
      const first = aSession(account);
      const second = aSession(account, { last_seen_at: later });
      for (const session of [first, second, aSession(other)]) await insertSession(database.db, session);
      const listed = await listSessionsOf(database.db, account.id);
      expect(listed.map(({ id }) => id)).toEqual([second.id, first.id]);
      expect(await deleteSession(database.db, first.id, other.id)).toBe(false);
      expect(await deleteSession(database.db, first.id, account.id)).toBe(true);
      expect(await deleteSession(database.db, first.id, account.id)).toBe(false);
    });

    test('ends sessions that are idle or old, and tells which', async () => {
      const account = await storedAccount();
      const day = (number: number) => new Date(Date.UTC(2020, 0, number));
      const idle = aSession(account, { created_at: day(5), last_seen_at: day(5) });
      const old = aSession(account, { created_at: day(1), last_seen_at: day(20) });
      const good = aSession(account, { created_at: day(5), last_seen_at: day(20) });
      for (const session of [idle, old, good]) await insertSession(database.db, session);
      const ended = await deleteExpiredSessions(database.db, day(10), day(2));
      expect(ended.map(({ id }) => id).sort()).toEqual([idle.id, old.id].sort());
      expect((await listSessionsOf(database.db, account.id)).map(({ id }) => id)).toEqual([good.id]);
    });

    test('keeps meetings, one for an id, the newest first', async () => {
      const account = await storedAccount();
      const first = aMeeting(account);
      const second = aMeeting(account, { created_at: later, title: null });
      expect(await insertMeeting(database.db, first)).toBe(true);
      expect(await insertMeeting(database.db, second)).toBe(true);
      expect(await insertMeeting(database.db, aMeeting(account, { id: first.id }))).toBe(false);
      const listed = await listMeetingsOf(database.db, account.id);
      expect(listed.map(({ id }) => id)).toEqual([second.id, first.id]);
      expect(await countMeetingsOf(database.db, account.id)).toBe(2);
      const found = await findMeeting(database.db, first.id);
      expect(found).toMatchObject({ title: first.title, created_at: noon, last_used_at: null });
      expect(Buffer.from(found?.verifier ?? [])).toEqual(first.verifier);
    });

    test('changes what is named of a meeting, and nothing else', async () => {
      const meeting = aMeeting(await storedAccount());
      await insertMeeting(database.db, meeting);
      const retitled = await updateMeeting(database.db, meeting.id, { title: null });
      expect(retitled?.title).toBeNull();
      expect(Buffer.from(retitled?.verifier ?? [])).toEqual(meeting.verifier);
      const verifier = randomBytes(32);
      const renewed = await updateMeeting(database.db, meeting.id, { verifier });
      expect(Buffer.from(renewed?.verifier ?? [])).toEqual(verifier);
      await markMeetingUsed(database.db, meeting.id, later);
      expect((await findMeeting(database.db, meeting.id))?.last_used_at).toEqual(later);
      expect(await deleteMeetingRow(database.db, meeting.id)).toBe(true);
      expect(await deleteMeetingRow(database.db, meeting.id)).toBe(false);
      expect(await updateMeeting(database.db, meeting.id, { title: 'x' })).toBeNull();
    });

    test('an account takes its sessions and meetings with it', async () => {
      const account = await storedAccount();
      const session = aSession(account);
      const meeting = aMeeting(account);
      await insertSession(database.db, session);
      await insertMeeting(database.db, meeting);
      await database.db.deleteFrom('accounts').where('id', '=', account.id).execute();
      expect(await findSessionByToken(database.db, session.token_hash)).toBeNull();
      expect(await findMeeting(database.db, meeting.id)).toBeNull();
    });

    test('an owner link is good until its time, until it is taken once, or until the next one', async () => {
      const [first, second] = [randomBytes(32), randomBytes(32)];
      await replaceOwnerLink(database.db, { tokenHash: first, createdAt: noon, expiresAt: later });
      expect(await isOwnerLinkGood(database.db, first, noon)).toBe(true);
      expect(await isOwnerLinkGood(database.db, first, later)).toBe(false);
      expect(await takeOwnerLink(database.db, first, later)).toBe(false);
      await replaceOwnerLink(database.db, { tokenHash: second, createdAt: noon, expiresAt: later });
      expect(await isOwnerLinkGood(database.db, first, noon)).toBe(false);
      const taken = await Promise.all([1, 2, 3, 4].map(() => takeOwnerLink(database.db, second, noon)));
      expect(taken.filter(Boolean)).toHaveLength(1);
    });

    test('a transaction that fails leaves nothing, and others meanwhile are not mixed into it', async () => {
      const [kept, lost] = [anAccount(), anAccount()];
      const failing = database.db.transaction().execute(async (transaction) => {
        await insertAccount(transaction, lost);
        throw new Error('changed my mind');
      });
      const [, outcome] = await Promise.all([
        insertAccount(database.db, kept),
        failing.catch((fault: Error) => fault.message),
      ]);
      expect(outcome).toBe('changed my mind');
      expect(await findAccount(database.db, lost.id)).toBeNull();
      expect(await findAccount(database.db, kept.id)).not.toBeNull();
    });

    test('many at once, transactions among them, all get through', async () => {
      const account = await storedAccount();
      await Promise.all(
        Array.from({ length: 40 }, (_, number) =>
          number % 2 === 0
            ? insertMeeting(database.db, aMeeting(account))
            : database.db
                .transaction()
                .execute((transaction) => insertMeeting(transaction, aMeeting(account))),
        ),
      );
      expect(await countMeetingsOf(database.db, account.id)).toBe(40);
    });

    test('a database from a newer version is refused, not guessed at', async () => {
      await sql`insert into kysely_migration (name, timestamp) values ('9999-future', 'now')`.execute(
        database.db,
      );
      await expect(migrate(database)).rejects.toThrow(/newer version/);
      await sql`delete from kysely_migration where name = '9999-future'`.execute(database.db);
      await migrate(database);
    });
  });
}
