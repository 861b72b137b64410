import { LIMITS } from '@conclave/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { type BootedServer, bootServer } from '../../dev-env/bootServer.ts';
import { MailServer, type ReceivedMail } from '../../dev-env/MailServer.ts';
import { readMail } from '../../dev-env/readMail.ts';
import { anAnswer, type CallPerson, callPerson, contactWithLink, ringing } from './callPeople.ts';

let smtp: MailServer;
let server: BootedServer;
let clock = Date.now();

beforeAll(async () => {
  smtp = await MailServer.open();
  const from = 'Conclave <conclave@example.org>';
  const mail = { host: '127.0.0.1', port: smtp.port, security: 'none' as const, from };
  server = await bootServer({ settings: { mail }, clock: () => clock });
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await smtp?.[Symbol.asyncDispose]();
});

/** What was sent because of all that has happened so far. */
async function sent(): Promise<ReceivedMail[]> {
  await server.context.background.settled();
  await server.context.mailer.flush();
  return smtp.mails.splice(0);
}

const wants = { quiet: null, listed: true, mailMissed: true };

async function someoneWho(wanted: Partial<typeof wants> | { quiet: { until: null } }): Promise<CallPerson> {
  const person = await callPerson(server);
  const answer = await person.api.call('changeCallSettings', { body: { ...wants, ...wanted } });
  expect(answer.status).toBe(200);
  return person;
}

async function miss(caller: CallPerson, callee: CallPerson): Promise<void> {
  const callId = await ringing(caller, callee);
  await caller.api.call('cancelCall', { params: { id: callId } });
}

test('who wants it is told of a missed call by mail, which names the caller in its text and not in its subject', async () => {
  const [ada, grace] = [await callPerson(server), await someoneWho({})];
  await sent();
  await ringing(ada, grace);
  expect(await sent()).toEqual([]);
  clock += LIMITS.ringMs;
  server.context.callsPorts.desk.sweep();
  const [mail, ...more] = await sent();
  expect(more).toEqual([]);
  expect(mail?.to).toEqual([grace.email]);
  expect(mail?.raw).toMatch(/^Subject: You have missed a call\r$/m);
  const { text } = readMail(mail?.raw ?? '').find(({ type }) => type === 'text/plain') ?? { text: '' };
  expect(text).toMatch(/Grace Hopper called you on .+/);
  expect(text).toContain(`${server.origin}/people/missed`);
});

test('also of somebody from outside, under the name that they have among the contacts', async () => {
  const grace = await someoneWho({});
  const ann = await contactWithLink(grace, 'Ann Lee');
  const outside = new ApiClient(server.origin);
  const rung = await outside.call('ringByLink', { body: { secret: ann.secret } });
  const { callId, token } = rung.body as { callId: string; token: string };
  await sent();
  await outside.call('cancelOutsideCall', { params: { id: callId }, body: { token } });
  const [mail] = await sent();
  expect(mail?.to).toEqual([grace.email]);
  expect(mail?.raw).toContain('Ann Lee called you');
});

test('and of calls that they did not hear, because they were not to be disturbed', async () => {
  const [ada, grace] = [await callPerson(server), await someoneWho({ quiet: { until: null } })];
  await sent();
  await miss(ada, grace);
  expect((await sent()).map(({ to }) => to)).toEqual([[grace.email]]);
});

test('no mail: not wanted, answered, declined, or from somebody who is blocked', async () => {
  const ada = await callPerson(server);
  const [silent, grace] = [await someoneWho({ mailMissed: false }), await someoneWho({})];
  await sent();
  await miss(ada, silent);
  const answered = { id: await ringing(ada, grace) };
  await grace.api.call('answerCall', { params: answered, body: anAnswer() });
  // Nothing more comes of it: that is a call that failed, and not one that was missed.
  clock += LIMITS.callSecretMs;
  server.context.callsPorts.desk.sweep();
  const declined = { id: await ringing(ada, grace) };
  await grace.api.call('declineCall', { params: declined });
  await grace.api.call('blockCaller', { body: { accountId: ada.accountId } });
  await miss(ada, grace);
  expect(await sent()).toEqual([]);
});

test('so many an hour, and the rest is found among the missed calls alone', async () => {
  const [ada, bob, grace] = [await callPerson(server), await callPerson(server), await someoneWho({})];
  await sent();
  // One caller alone may not ring so often.
  for (const caller of [ada, bob]) for (let count = 0; count < 6; count++) await miss(caller, grace);
  expect(await sent()).toHaveLength(10);
  const { missed } = (await grace.api.call('listMissedCalls')).body as { missed: unknown[] };
  expect(missed).toHaveLength(12);
});
