import { FactorList } from '@conclave/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiClient } from '../../../dev-env/ApiClient.ts';
import { addMember } from '../../../dev-env/addMember.ts';
import { type BootedServer, bootServer } from '../../../dev-env/bootServer.ts';
import { firstStep, secondStep, stranger } from '../../../dev-env/factors.ts';
import { MailServer } from '../../../dev-env/MailServer.ts';
import { OWNER, setUpOwner } from '../../../dev-env/people.ts';
import { type SmsGateway, startSmsGateway } from '../../../dev-env/smsGateway.ts';

const phone = '+49 (170) 123-4567';
let open: AsyncDisposableStack;
let gateway: SmsGateway;
let mail: MailServer;
let server: BootedServer;
let owner: ApiClient;
let log = '';
const now = Date.now();

beforeAll(async () => {
  open = new AsyncDisposableStack();
  gateway = open.use(await startSmsGateway());
  mail = open.use(await MailServer.open());
  server = open.use(
    await bootServer({
      parts: [],
      clock: () => now,
      settings: {
        sms: gateway.settings,
        mail: { host: '127.0.0.1', port: mail.port, security: 'none', from: 'conclave@example.org' },
        log: { level: 'trace' },
      },
      logInto: {
        write(line: string) {
          log += line;
        },
      },
    }),
  );
  owner = (await setUpOwner(server)).client;
});
afterAll(() => open.disposeAsync());

const codeIn = (text: string | undefined) => /\b\d{8}\b/.exec(text ?? '')?.[0] ?? '';

const bodyOf = (raw: string) => raw.slice(raw.indexOf('\r\n\r\n'));

/** Presses "send" and reads what came. */
async function mailedCode(send: () => Promise<{ status: number }>): Promise<string> {
  const before = mail.mails.length;
  expect((await send()).status).toBe(200);
  for (;;) {
    const found = mail.mails
      .slice(before)
      .find(({ to, raw }) => to.includes(OWNER.email) && raw.includes('Subject: Your Conclave code\r\n'));
    if (found !== undefined) return codeIn(bodyOf(found.raw));
    await mail.next();
  }
}

describe('codes by text message', () => {
  test('a first code shows that they arrive; number and code are nowhere in plain', async () => {
    const started = await owner.call('startSmsFactor', { body: { phone } });
    expect(started.body).toMatchObject({ to: '•••• 67' });
    const { id } = started.body as { id: string };
    const [message] = gateway.messages;
    expect(message?.to).toBe('+491701234567');
    const code = codeIn(message?.text);
    expect(message?.text.split('\n').at(-1)).toBe(`@${new URL(server.origin).host} #${code}`);
    const added = await owner.call('verifyFactor', { params: { id }, body: { code } });
    expect(added.body).toMatchObject({ factor: { kind: 'sms', to: '•••• 67' } });
    const { db } = server.context.database;
    const stored = JSON.stringify([
      await db.selectFrom('factors').selectAll().execute(),
      await db.selectFrom('sent_codes').selectAll().execute(),
    ]);
    expect(stored).not.toMatch(/1234567/);
  });

  test('signing in: the code is good once, for its challenge alone', async () => {
    const client = stranger(server);
    const { challenge, factors } = await firstStep(client);
    expect(factors).toEqual(['sms', 'recovery']);
    const sent = await client.call('sendSignInCode', { body: { challenge, kind: 'sms' } });
    expect(sent.body).toEqual({ to: '•••• 67' });
    const code = codeIn(gateway.messages.at(-1)?.text);
    const other = await firstStep(stranger(server));
    expect((await secondStep(stranger(server), other.challenge, 'sms', code)).code).toBe('factor.wrong');
    const answers = await Promise.all(
      Array.from({ length: 3 }, () => secondStep(client, challenge, 'sms', code)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('a code is over after ten minutes, after the next one, and after five tries', async () => {
    const client = stranger(server);
    const { challenge } = await firstStep(client);
    const send = () => client.call('sendSignInCode', { body: { challenge, kind: 'sms' } });
    await send();
    const first = codeIn(gateway.messages.at(-1)?.text);
    await send();
    expect((await secondStep(client, challenge, 'sms', first)).code).toBe('factor.wrong');
    const code = codeIn(gateway.messages.at(-1)?.text);
    for (let round = 0; round < 4; round++) await secondStep(client, challenge, 'sms', '00000000');
    expect((await secondStep(client, challenge, 'sms', code)).code).toBe('factor.wrong');
  });

  test('a gateway that fails is told apart, and the number of messages is limited', async () => {
    const { client } = await addMember(server);
    gateway.status = 500;
    const failed = await client.call('startSmsFactor', { body: { phone } });
    gateway.status = 200;
    expect(failed.code).toBe('factor.not_sent');
    expect(log).toContain('"event":"sms.failed"');
    const before = gateway.messages.length;
    const answers = [];
    for (let round = 0; round < 6; round++)
      answers.push((await client.call('startSmsFactor', { body: { phone } })).code);
    expect(answers.slice(0, 4)).toEqual([null, null, null, null]);
    expect(answers.slice(4)).toEqual(['auth.too_many_attempts', 'auth.too_many_attempts']);
    expect(gateway.messages.length - before).toBe(4);
  });

  test.each(['1701234567', '+0123456789', '+49', '+49170123456789012', '+4917012345x7', '+49170\n1234567;'])(
    '"%s" is no number',
    async (wrong) => {
      const answer = await owner.call('startSmsFactor', { body: { phone: wrong } });
      expect(answer.body).toMatchObject({ error: { code: 'request.invalid', field: 'phone' } });
    },
  );
});

describe('codes by email', () => {
  test('are set up by a first code, and sign in by the next', async () => {
    let id = '';
    const first = await mailedCode(async () => {
      const started = await owner.call('startEmailFactor');
      expect(started.body).toMatchObject({ to: 'a•••@analytical-engine.example' });
      id = (started.body as { id: string }).id;
      return started;
    });
    const wrong = first === '11111111' ? '22222222' : '11111111';
    expect((await owner.call('verifyFactor', { params: { id }, body: { code: wrong } })).code).toBe(
      'factor.wrong',
    );
    expect((await owner.call('verifyFactor', { params: { id }, body: { code: first } })).status).toBe(200);
    const client = stranger(server);
    const { challenge, factors } = await firstStep(client);
    expect(factors).toEqual(['sms', 'email', 'recovery']);
    const code = await mailedCode(() =>
      client.call('sendSignInCode', { body: { challenge, kind: 'email' } }),
    );
    // The same digits as a code of another kind are nothing.
    expect((await secondStep(client, challenge, 'recovery', code)).code).toBe('factor.wrong');
    expect((await secondStep(client, challenge, 'email', code)).status).toBe(200);
    const list = FactorList.parse((await owner.call('listFactors')).body);
    expect(list.factors.map(({ kind }) => kind).sort()).toEqual(['email', 'sms']);
  });

  test('confirm, in the session that asked alone', async () => {
    const elsewhere = stranger(server);
    const { challenge } = await firstStep(elsewhere);
    const signIn = await mailedCode(() =>
      elsewhere.call('sendSignInCode', { body: { challenge, kind: 'email' } }),
    );
    const code = await mailedCode(() => owner.call('sendConfirmCode', { body: { kind: 'email' } }));
    const confirm = (client: ApiClient, typed: string) =>
      client.call('confirm', { body: { proof: { kind: 'email', code: typed } } });
    expect((await confirm(owner, signIn)).code).toBe('factor.wrong');
    expect((await secondStep(elsewhere, challenge, 'email', signIn)).status).toBe(200);
    expect((await confirm(elsewhere, code)).code).toBe('factor.wrong');
    expect((await confirm(owner, code)).status).toBe(204);
    expect((await confirm(owner, code)).code).toBe('factor.wrong');
  });
});

test('without a gateway and a mail server neither is offered', async () => {
  await using bare = await bootServer({ parts: [] });
  const { client } = await setUpOwner(bare);
  const { offered } = FactorList.parse((await client.call('listFactors')).body);
  expect(offered).toEqual(['totp', 'passkey']);
  expect((await client.call('startEmailFactor')).code).toBe('factor.unavailable');
  expect((await client.call('startSmsFactor', { body: { phone } })).code).toBe('factor.unavailable');
});

test('no code, number or address of all this is in the log', () => {
  expect(log).toContain('"event":"factor.added"');
  expect(log).toContain('"event":"factor.refused"');
  expect(/1234567|analytical/.exec(log)).toBeNull();
  for (const { text } of gateway.messages) expect(log.includes(codeIn(text))).toBe(false);
  for (const { raw } of mail.mails) expect(log.includes(codeIn(bodyOf(raw)) || 'none')).toBe(false);
});
