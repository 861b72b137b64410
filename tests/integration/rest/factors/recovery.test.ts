import { FactorList, LIMITS, PasskeyRequest, RecoveryCodes } from '@conclave/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ApiClient } from '../../../dev-env/ApiClient.ts';
import { addMember } from '../../../dev-env/addMember.ts';
import { type BootedServer, bootServer } from '../../../dev-env/bootServer.ts';
import {
  firstStep,
  secondStep,
  setUpPasskey,
  setUpTotp,
  stranger,
  type TotpOwner,
  totpAt,
} from '../../../dev-env/factors.ts';
import { OWNER, setUpOwner } from '../../../dev-env/people.ts';
import { SoftAuthenticator } from '../../../dev-env/SoftAuthenticator.ts';

const step = 30_000;
let server: BootedServer;
let now = Math.floor(Date.now() / step) * step + 5_000;
let client: ApiClient;
let accountId: string;
let credentials: { email: string; password: string };
let app: TotpOwner;

beforeAll(async () => {
  server = await bootServer({ parts: [], clock: () => now });
  await setUpOwner(server);
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  const member = await addMember(server);
  client = member.client;
  accountId = member.accountId;
  credentials = { email: `${accountId}@example.org`, password: OWNER.password };
  app = await setUpTotp(client, now);
});

async function recover(code: string) {
  const browser = stranger(server);
  return secondStep(browser, (await firstStep(browser, credentials)).challenge, 'recovery', code);
}

async function left(): Promise<number> {
  return FactorList.parse((await client.call('listFactors')).body).recoveryCodes;
}

describe('recovery codes', () => {
  test('work once each, however they are typed; the person is told by mail', async () => {
    const [first = '', second = ''] = app.recoveryCodes ?? [];
    expect((await recover(` ${first.toUpperCase().replace('-', ' ')} `)).status).toBe(200);
    expect((await recover(first)).code).toBe('factor.wrong');
    expect(await left()).toBe(9);
    const both = await Promise.all([recover(second), recover(second), recover(second)]);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await left()).toBe(8);
    const mails = await server.context.database.db
      .selectFrom('mails')
      .select(['kind', 'body'])
      .where('recipient', '=', credentials.email)
      .execute();
    const used = mails.filter(({ kind }) => kind === 'recovery-code-used');
    expect(used.map(({ body }) => /\d+ (?:is|are) left/.exec(body ?? '')?.[0])).toEqual([
      '9 are left',
      '8 are left',
    ]);
  });

  test('are stored as keyed hashes: nothing of them is in the database', async () => {
    const rows = await server.context.database.db
      .selectFrom('recovery_codes')
      .selectAll()
      .where('account_id', '=', accountId as never)
      .execute();
    expect(rows).toHaveLength(10);
    const [code = ''] = app.recoveryCodes ?? [];
    for (const { code_hash } of rows)
      expect(Buffer.from(code_hash).includes(code.replace('-', ''))).toBe(false);
  });

  test('new ones end the former ones; another factor brings none', async () => {
    const codes = app.recoveryCodes ?? [];
    const answer = await client.call('makeRecoveryCodes');
    const renewed = RecoveryCodes.parse(answer.body).codes;
    expect(new Set(renewed)).toHaveLength(10);
    expect((await recover(codes[0] ?? '')).code).toBe('factor.wrong');
    expect((await recover(renewed[0] ?? '')).status).toBe(200);
    expect((await setUpTotp(client, now)).recoveryCodes).toBeNull();
  });

  test('of one person open nothing of another’s, and there are none without a factor', async () => {
    const other = await addMember(server);
    expect((await other.client.call('makeRecoveryCodes')).code).toBe('factor.unavailable');
    const theirs = await setUpTotp(other.client, now);
    expect((await recover(theirs.recoveryCodes?.[0] ?? '')).code).toBe('factor.wrong');
    expect((await client.call('removeFactor', { params: { id: app.id } })).status).toBe(204);
    const signedIn = await stranger(server).call('signIn', { body: credentials });
    expect(signedIn.body).toMatchObject({ kind: 'signed-in' });
    expect(await left()).toBe(0);
  });
});

describe('confirming', () => {
  const sensitive = () => client.call('makeRecoveryCodes');
  const confirm = (proof: unknown) => client.call('confirm', { body: { proof } });
  beforeEach(() => {
    now += LIMITS.stepUpMs + 1_000;
  });

  test('what is sensitive asks for it ten minutes after the sign-in; the password of somebody without a factor renews it', async () => {
    const { client: other } = await addMember(server);
    const start = async () => (await other.call('startTotp')).code;
    const password = (typed: string) =>
      other.call('confirm', { body: { proof: { kind: 'password', password: typed } } });
    expect(await start()).toBeNull();
    now += LIMITS.stepUpMs + 1_000;
    expect(await start()).toBe('auth.step_up');
    expect((await other.call('listConfirmations')).body).toEqual({ kinds: ['password'] });
    expect((await password('wrong')).code).toBe('auth.wrong_credentials');
    expect(await start()).toBe('auth.step_up');
    expect((await password(OWNER.password)).status).toBe(204);
    expect(await start()).toBeNull();
    now += LIMITS.stepUpMs + 1_000;
    expect(await start()).toBe('auth.step_up');
  });

  test('the password of somebody with a second factor is not enough, right or wrong, nor is changing it', async () => {
    expect((await client.call('listConfirmations')).body).toEqual({ kinds: ['totp', 'recovery'] });
    for (const password of [OWNER.password, 'wrong']) {
      expect((await confirm({ kind: 'password', password })).code).toBe('factor.unavailable');
    }
    const body = { current: OWNER.password, password: 'copper lantern drifts north' };
    expect((await client.call('changePassword', { body })).status).toBe(204);
    expect((await sensitive()).code).toBe('auth.step_up');
    expect((await confirm({ kind: 'totp', code: totpAt(app.secret, now) })).status).toBe(204);
    expect((await sensitive()).status).toBe(200);
  });

  test('an app’s code renews it once, and so does a recovery code', async () => {
    const recovery = { kind: 'recovery', code: app.recoveryCodes?.[0] };
    expect((await confirm(recovery)).status).toBe(204);
    expect((await confirm(recovery)).code).toBe('factor.wrong');
    const code = totpAt(app.secret, now);
    expect((await confirm({ kind: 'totp', code })).status).toBe(204);
    expect((await confirm({ kind: 'totp', code })).code).toBe('factor.wrong');
    expect((await sensitive()).status).toBe(200);
  });

  test('a passkey renews it, in the session that asked alone', async () => {
    await confirm({ kind: 'totp', code: totpAt(app.secret, now) });
    const authenticator = new SoftAuthenticator(server.origin);
    await setUpPasskey(client, authenticator);
    now += LIMITS.stepUpMs + 1_000;
    const elsewhere = stranger(server);
    const alone = PasskeyRequest.parse((await elsewhere.call('askPasskey')).body);
    await elsewhere.call('signInWithPasskey', { body: { assertion: authenticator.get(alone) } });
    const asked = PasskeyRequest.parse((await elsewhere.call('askConfirmPasskey')).body);
    const theirs = authenticator.get(asked);
    expect((await confirm({ kind: 'passkey', assertion: theirs })).code).toBe('factor.wrong');
    const options = PasskeyRequest.parse((await client.call('askConfirmPasskey')).body);
    const assertion = authenticator.get(options);
    expect((await confirm({ kind: 'passkey', assertion })).status).toBe(204);
    expect((await confirm({ kind: 'passkey', assertion })).code).toBe('factor.wrong');
    expect((await sensitive()).status).toBe(200);
  });

  test('somebody else’s code does not, and another session of the same person is not confirmed with it', async () => {
    const other = await addMember(server);
    const theirs = await setUpTotp(other.client, now);
    now += step;
    expect((await confirm({ kind: 'totp', code: totpAt(theirs.secret, now) })).code).toBe('factor.wrong');
    const elsewhere = stranger(server);
    const { challenge } = await firstStep(elsewhere, credentials);
    await secondStep(elsewhere, challenge, 'totp', totpAt(app.secret, now));
    expect((await elsewhere.call('makeRecoveryCodes')).status).toBe(200);
    expect((await sensitive()).code).toBe('auth.step_up');
  });

  test('nobody confirms who is not signed in', async () => {
    const answer = await stranger(server).call('confirm', {
      body: { proof: { kind: 'password', password: OWNER.password } },
    });
    expect(answer.code).toBe('auth.required');
  });
});
