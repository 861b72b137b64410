import type { PersonalData } from '@conclave/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BootedServer, bootServer } from '../../dev-env/bootServer.ts';
import { setUpOwner } from '../../dev-env/people.ts';
import { type CallPerson, callPerson, contactWithLink, ringing } from './callPeople.ts';

let server: BootedServer;
beforeAll(async () => {
  server = await bootServer();
  await setUpOwner(server);
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
});

async function miss(caller: CallPerson, callee: CallPerson): Promise<string> {
  const callId = await ringing(caller, callee);
  await caller.api.call('cancelCall', { params: { id: callId } });
  await server.context.background.settled();
  return callId;
}

const tables = ['call_settings', 'contacts', 'blocked_callers', 'missed_calls'] as const;

/** How many rows name the account, as whosever or as somebody whom another one has. */
async function rowsOf(accountId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const { rows } = await sql<{ row: object }>`select to_jsonb(t) as row from ${sql.table(table)} t`.execute(
      server.context.database.db,
    );
    counts[table] = rows.filter(({ row }) => JSON.stringify(row).includes(accountId)).length;
  }
  return counts;
}

/** Ada and Grace have each other in every way that there is. */
async function acquainted() {
  const [ada, grace] = [await callPerson(server), await callPerson(server)];
  for (const [one, other] of [
    [ada, grace],
    [grace, ada],
  ] as const) {
    await one.api.call('changeCallSettings', { body: { quiet: null, listed: false, mailMissed: true } });
    await one.api.call('addContact', { body: { name: `${other.email} of old`, email: other.email } });
  }
  const [toGrace, toAda] = [await miss(ada, grace), await miss(grace, ada)];
  const ann = await contactWithLink(grace);
  // What is left of Ada with Grace is one missed call, and with her nobody is rung any more.
  await grace.api.call('blockCaller', { body: { accountId: ada.accountId } });
  return { ada, grace, ann, toGrace, toAda };
}

test('the export has how one is called, whom one knows, blocks and missed; of others that they have one, and not who', async () => {
  const { ada, grace, ann, toGrace } = await acquainted();
  const { more } = (await grace.api.call('exportOwnData')).body as PersonalData;
  const rows = (table: string) => more.find((one) => one.table === table)?.rows;
  expect(rows('call_settings')).toMatchObject([{ quiet: false, listed: false, mail_missed: true }]);
  expect(rows('contacts')).toHaveLength(2);
  expect(rows('contacts')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ email: ada.email, member_id: ada.accountId }),
      expect.objectContaining({ id: ann.id, name: 'Ann Lee', email: ann.email }),
    ]),
  );
  expect(rows('blocked_callers')).toMatchObject([{ caller_id: ada.accountId }]);
  expect(rows('missed_calls')).toMatchObject([{ id: toGrace, caller_id: ada.accountId }]);
  expect(rows('contacts (of others)')).toEqual([{ made_at: expect.any(String) }]);
  expect(rows('missed_calls (of others)')).toEqual([{ rung_at: expect.any(String) }]);
  expect(JSON.stringify(more)).not.toContain(ann.secret);
  expect(JSON.stringify(more)).not.toMatch(/token_hash|[A-Za-z0-9_-]{43}/);

  // Who blocks somebody is theirs alone.
  const adas = (await ada.api.call('exportOwnData')).body as PersonalData;
  expect(adas.more.map(({ table }) => table).filter((table) => table.includes('blocked'))).toEqual([]);
});

test('who is erased is gone from all of it, also from what others keep, who keep the rest', async () => {
  const { ada, grace, ann } = await acquainted();
  expect(await rowsOf(grace.accountId)).toEqual({
    call_settings: 1,
    contacts: 3,
    blocked_callers: 1,
    missed_calls: 2,
  });
  const answer = await grace.api.call('eraseOwnData', { body: { email: grace.email } });
  expect(answer.status).toBe(200);
  expect(await rowsOf(grace.accountId)).toEqual(Object.fromEntries(tables.map((table) => [table, 0])));
  expect(await rowsOf(ada.accountId)).toEqual({
    call_settings: 1,
    contacts: 0,
    blocked_callers: 0,
    missed_calls: 0,
  });
  expect((await ada.api.call('listMissedCalls')).body).toEqual({ missed: [] });
  expect((await ada.api.call('listContacts')).body).toEqual({ contacts: [] });
  // The link of her contact rings nobody.
  expect((await ada.api.call('openContactLink', { body: { secret: ann.secret } })).code).toBe(
    'call.link_invalid',
  );
});

test('who is erased is gone also from contacts that others made before there was such an account', async () => {
  const ada = await callPerson(server);
  const grace = await callPerson(server);
  const before = await contactWithLink(ada, 'Grace of the pen club');
  await sql`update contacts set email = ${grace.email} where id = ${before.id}`.execute(
    server.context.database.db,
  );
  await grace.api.call('eraseOwnData', { body: { email: grace.email } });
  expect((await ada.api.call('listContacts')).body).toEqual({ contacts: [] });
});
