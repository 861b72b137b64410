import { randomUUID } from 'node:crypto';
import type { BusinessEvent } from '@conclave/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiClient } from '../dev-env/ApiClient.ts';
import { addMember } from '../dev-env/addMember.ts';
import { type BootedServer, bootServer } from '../dev-env/bootServer.ts';
import { OWNER, setUpOwner } from '../dev-env/people.ts';

// Strangers guess passwords: at one account from one and from many places, and at many accounts.
let server: BootedServer;
let owner: ApiClient;
const events: BusinessEvent[] = [];

beforeAll(async () => {
  server = await bootServer({
    parts: [],
    settings: { trustedProxies: ['127.0.0.1'], log: { level: 'info' } },
    logInto: {
      write: (line) => {
        const event: unknown = JSON.parse(line);
        if (typeof event === 'object' && event !== null && 'event' in event)
          events.push(event as BusinessEvent);
      },
    },
  });
  owner = (await setUpOwner(server)).client;
});
afterAll(() => server[Symbol.asyncDispose]());

const wrong = 'a password that is not theirs';

function place(number: number): string {
  return `198.18.${Math.floor(number / 250)}.${1 + (number % 250)}`;
}

async function guess(email: string, address: string, password = wrong) {
  const headers = { 'x-forwarded-for': address };
  return (await new ApiClient(server.origin).call('signIn', { body: { email, password }, headers })).code;
}

/** `count` guesses, a few at the same time. */
async function attack(count: number, one: (number: number) => Promise<string | null>) {
  const codes = new Map<string | null, number>();
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const code = await one(next++);
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return { evaluated: codes.get('auth.wrong_credentials') ?? 0, codes };
}

const attacked = (accountId: string | null) =>
  events.filter((event) => event.event === 'signin.attacked' && event.accountId === accountId);

test.each([
  ['one address', 1],
  ['200 addresses', 200],
])(
  '1,000 guesses at one account from %s',
  async (_, addresses) => {
    const { client, accountId, email } = await addMember(server);
    const { evaluated } = await attack(1_000, (number) => guess(email, place(number % addresses)));
    expect(evaluated).toBeGreaterThan(0);
    expect(evaluated).toBeLessThanOrEqual(100);
    if (addresses > 1) {
      await server.context.background.settled();
      expect(attacked(accountId)).toHaveLength(1);
      const { mails } = (await owner.call('listMails')).body as { mails: { kind: string; text: string }[] };
      expect(mails.some(({ kind, text }) => kind === 'attack' && text.includes(email))).toBe(true);
    }
    // Somebody who is new to a place waits, however right the password is …
    if (addresses > 1)
      expect(await guess(email, '203.0.113.7', OWNER.password)).toBe('auth.too_many_attempts');
    // … and its person comes with the browser that they have come with before.
    client.cookie = null;
    const back = await client.call('signIn', {
      body: { email, password: OWNER.password },
      headers: { 'x-forwarded-for': '203.0.113.8' },
    });
    expect(back.status).toBe(200);
  },
  120_000,
);

test('one password at 5,000 accounts, from many addresses: it is stopped, told, and locks nobody out', async () => {
  const { client, email } = await addMember(server);
  const { evaluated } = await attack(5_000, (number) => guess(`person-${number}@example.org`, place(number)));
  expect(evaluated).toBeLessThanOrEqual(500);
  await server.context.background.settled();
  expect(attacked(null)).toHaveLength(1);
  client.cookie = null;
  expect((await client.call('signIn', { body: { email, password: OWNER.password } })).status).toBe(200);
}, 240_000);

test('neither the answer nor its time tells whether there is an account', async () => {
  await using other = await bootServer({ parts: [], settings: { trustedProxies: ['127.0.0.1'] } });
  const { db, passwords } = other.context.accountsPorts;
  const password_hash = await passwords.hash(OWNER.password);
  const emails = Array.from({ length: 150 }, () => `${randomUUID()}@example.org`);
  const rows = emails.map((email) => ({
    id: randomUUID() as never,
    email,
    name: 'Grace',
    role_id: 'member' as const,
    password_hash,
    created_at: new Date(),
  }));
  await db.insertInto('accounts').values(rows).execute();
  let number = 0;
  const timed = async (email: string): Promise<number> => {
    const headers = { 'x-forwarded-for': place(number++) };
    const start = performance.now();
    const answer = await new ApiClient(other.origin).call('signIn', {
      body: { email, password: wrong },
      headers,
    });
    expect(answer.code).toBe('auth.wrong_credentials');
    return performance.now() - start;
  };
  for (let turn = 0; turn < 5; turn++) await timed(`nobody-${turn}@example.org`);
  const ratio = async (from: number): Promise<number> => {
    const known: number[] = [];
    const unknown: number[] = [];
    // By turns, so that whatever else the machine does meets both alike.
    for (const email of emails.slice(from, from + 50)) {
      known.push(await timed(email));
      unknown.push(await timed(`${randomUUID()}@example.net`));
    }
    return median(known) / median(unknown);
  };
  const ratios = [await ratio(0), await ratio(50), await ratio(100)];
  expect(Math.abs(Math.log(median(ratios)))).toBeLessThan(Math.log(1.1));
}, 120_000);

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
