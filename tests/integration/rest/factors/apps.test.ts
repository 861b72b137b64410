import { FactorList, LIMITS } from '@conclave/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ApiClient } from '../../../dev-env/ApiClient.ts';
import { addMember } from '../../../dev-env/addMember.ts';
import { type BootedServer, bootServer } from '../../../dev-env/bootServer.ts';
import {
  CREDENTIALS,
  firstStep,
  fromBase32,
  secondStep,
  setUpTotp,
  stranger,
  type TotpOwner,
  totpAt,
} from '../../../dev-env/factors.ts';
import { setUpOwner } from '../../../dev-env/people.ts';

const step = 30_000;
let server: BootedServer;
let now = Math.floor(Date.now() / step) * step + 5_000;
let owner: ApiClient;
let app: TotpOwner;

beforeAll(async () => {
  server = await bootServer({ parts: [], clock: () => now });
  owner = (await setUpOwner(server)).client;
});
afterAll(() => server[Symbol.asyncDispose]());

describe('setting up an authenticator app', () => {
  test('it counts only from its first right code on', async () => {
    const started = await owner.call('startTotp');
    expect(started.body).toMatchObject({ uri: expect.stringMatching(/^otpauth:\/\/totp\/Conclave/) });
    const { id, secret } = started.body as { id: string; secret: string };
    const wrong = await owner.call('verifyFactor', { params: { id }, body: { code: '000000' } });
    expect(wrong.code).toBe('factor.wrong');
    expect(FactorList.parse((await owner.call('listFactors')).body).factors).toEqual([]);
    expect((await stranger(server).call('signIn', { body: CREDENTIALS })).body).toMatchObject({
      kind: 'signed-in',
    });
    const stored = await server.context.database.db.selectFrom('factors').selectAll().execute();
    const plain = fromBase32(secret);
    expect(stored).toHaveLength(1);
    expect(Buffer.from(stored[0]?.sealed ?? []).includes(plain)).toBe(false);
  });

  test('one that is not finished within ten minutes is over', async () => {
    const { id, secret } = (await owner.call('startTotp')).body as { id: string; secret: string };
    const before = now;
    now += 10 * 60_000;
    const code = totpAt(fromBase32(secret), now);
    const late = await owner.call('verifyFactor', { params: { id }, body: { code } });
    expect(late.code).toBe('factor.setup_over');
    now = before;
  });

  test('somebody else’s set-up cannot be finished', async () => {
    const { client } = await addMember(server);
    const { id, secret } = (await client.call('startTotp')).body as { id: string; secret: string };
    const code = totpAt(fromBase32(secret), now);
    const answer = await owner.call('verifyFactor', { params: { id }, body: { code } });
    expect(answer.code).toBe('request.not_found');
  });

  test('the first one brings ten recovery codes; the person is told by mail', async () => {
    app = await setUpTotp(owner, now);
    expect(new Set(app.recoveryCodes)).toHaveLength(10);
    const list = FactorList.parse((await owner.call('listFactors')).body);
    expect(list).toMatchObject({ recoveryCodes: 10, required: false });
    expect(list.factors).toMatchObject([{ kind: 'totp', name: 'Authenticator app' }]);
    const mails = await server.context.database.db.selectFrom('mails').select(['kind', 'body']).execute();
    const added = mails.filter(({ kind }) => kind === 'factor-added');
    expect(added).toHaveLength(1);
    expect(added[0]?.body).toContain('authenticator app');
  });
});

describe('signing in with a code', () => {
  // Somebody else each time: wrong guesses are counted for each account.
  let client: ApiClient;
  let credentials: { email: string; password: string };
  let app: TotpOwner;
  beforeEach(async () => {
    const member = await addMember(server);
    client = member.client;
    credentials = { email: `${member.accountId}@example.org`, password: CREDENTIALS.password };
    app = await setUpTotp(client, now);
  });

  test('the password alone gives no session, and says which factors there are', async () => {
    const browser = stranger(server);
    const answer = await firstStep(browser, credentials);
    expect(answer.factors).toEqual(['totp', 'recovery']);
    expect(browser.cookie).toBeNull();
    expect((await browser.call('listSessions')).code).toBe('auth.required');
  });

  test('the code that set it up does not sign in; the next one does, once', async () => {
    const browser = stranger(server);
    const { challenge } = await firstStep(browser, credentials);
    const used = await secondStep(browser, challenge, 'totp', totpAt(app.secret, now));
    expect(used.code).toBe('factor.wrong');
    now += step;
    const code = totpAt(app.secret, now);
    expect(
      (await secondStep(browser, challenge, 'totp', ` ${code.slice(0, 3)} ${code.slice(3)} `)).status,
    ).toBe(200);
    expect((await browser.call('me')).body).toMatchObject({ account: { email: credentials.email } });
    const other = stranger(server);
    const again = await secondStep(other, (await firstStep(other, credentials)).challenge, 'totp', code);
    expect(again.code).toBe('factor.wrong');
    // The challenge has signed in once, and is over.
    now += step;
    const replay = await secondStep(stranger(server), challenge, 'totp', totpAt(app.secret, now));
    expect(replay.code).toBe('factor.challenge_over');
  });

  test('of the same code twice at the same time, one counts', async () => {
    now += step;
    const clients = Array.from({ length: 6 }, () => stranger(server));
    const challenges = await Promise.all(clients.map((one) => firstStep(one, credentials)));
    const code = totpAt(app.secret, now);
    const answers = await Promise.all(
      clients.map((one, index) => secondStep(one, challenges[index]?.challenge ?? '', 'totp', code)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ code: refusal }) => refusal === 'factor.wrong')).toHaveLength(5);
  });

  test('of one challenge answered rightly many times at once, one signs in', async () => {
    now += step;
    const browser = stranger(server);
    const { challenge } = await firstStep(browser, credentials);
    const codes = [now - step, now, now + step].map((at) => totpAt(app.secret, at));
    const answers = await Promise.all(
      codes.map((code) => secondStep(stranger(server), challenge, 'totp', code)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('one step of drift each way is taken, and no more', async () => {
    now += 10 * step;
    const attempt = async (drift: number) => {
      const browser = stranger(server);
      const { challenge } = await firstStep(browser, credentials);
      return (await secondStep(browser, challenge, 'totp', totpAt(app.secret, now + drift * step))).code;
    };
    expect(await attempt(-2)).toBe('factor.wrong');
    expect(await attempt(-1)).toBeNull();
    expect(await attempt(2)).toBe('factor.wrong');
    expect(await attempt(1)).toBeNull();
    // Steps before the last one that was used are over.
    expect(await attempt(0)).toBe('factor.wrong');
  });

  test('a challenge is over after ten minutes, and with a new password', async () => {
    now += step;
    const browser = stranger(server);
    const late = await firstStep(browser, credentials);
    const before = now;
    now += 10 * 60_000;
    const answer = await secondStep(browser, late.challenge, 'totp', totpAt(app.secret, now));
    expect(answer.code).toBe('factor.challenge_over');
    now = before;
    const { challenge } = await firstStep(client, credentials);
    client.cookie = null;
    const signedIn = await secondStep(client, challenge, 'totp', totpAt(app.secret, now));
    expect(signedIn.status).toBe(200);
    const stolen = await firstStep(browser, credentials);
    await client.call('changePassword', {
      body: { current: CREDENTIALS.password, password: `${CREDENTIALS.password} indeed` },
    });
    now += step;
    const without = await secondStep(browser, stolen.challenge, 'totp', totpAt(app.secret, now));
    expect(without.code).toBe('factor.challenge_over');
    const changed = await client.call('changePassword', {
      body: { current: `${CREDENTIALS.password} indeed`, password: CREDENTIALS.password },
    });
    expect(changed.status).toBe(204);
  });

  test('a challenge of one account takes nobody else’s code, and none that was made up', async () => {
    now += step;
    const member = await addMember(server);
    const theirs = await setUpTotp(member.client, now);
    now += step;
    const browser = stranger(server);
    const { challenge } = await firstStep(browser, credentials);
    const answer = await secondStep(browser, challenge, 'totp', totpAt(theirs.secret, now));
    expect(answer.code).toBe('factor.wrong');
    const made = Buffer.alloc(32, 7).toString('base64url');
    expect((await secondStep(browser, made, 'totp', totpAt(app.secret, now))).code).toBe(
      'factor.challenge_over',
    );
    for (const kind of ['email', 'sms']) {
      expect((await secondStep(browser, challenge, kind, '12345678')).code).toBe('factor.wrong');
      const send = await client.call('sendSignInCode', { body: { challenge, kind } });
      expect(send.code).toBe('factor.unavailable');
    }
    expect((await client.call('askFactorPasskey', { body: { challenge } })).code).toBe('factor.unavailable');
  });
});

describe('one’s own factors', () => {
  test('are renamed and removed by their person alone', async () => {
    const { client } = await addMember(server);
    now += step;
    const { id } = await setUpTotp(client, now);
    const params = { id: app.id };
    expect((await client.call('renameFactor', { params, body: { name: 'Mine' } })).code).toBe(
      'request.not_found',
    );
    expect((await client.call('removeFactor', { params })).code).toBe('request.not_found');
    const renamed = await client.call('renameFactor', { params: { id }, body: { name: 'Blue phone' } });
    expect(renamed.body).toMatchObject({ id, name: 'Blue phone' });
    expect((await client.call('removeFactor', { params: { id } })).status).toBe(204);
    expect((await client.call('removeFactor', { params: { id } })).code).toBe('request.not_found');
    const left = FactorList.parse((await client.call('listFactors')).body);
    expect(left).toMatchObject({ factors: [], recoveryCodes: 0 });
  });

  test('a second app can be set up before the first one goes, up to a number of factors', async () => {
    const { client } = await addMember(server);
    for (let number = 0; number < 20; number++) await setUpTotp(client, now);
    await expect(setUpTotp(client, now)).rejects.toThrow('factor.limit');
  });

  test('changing them takes having confirmed lately', async () => {
    const { client } = await addMember(server);
    now += step;
    const { id } = await setUpTotp(client, now);
    now += LIMITS.stepUpMs + 1_000;
    for (const [route, options] of [
      ['startTotp', {}],
      ['startEmailFactor', {}],
      ['startSmsFactor', { body: { phone: '+491701234567' } }],
      ['verifyFactor', { params: { id }, body: { code: '123456' } }],
      ['askNewPasskey', {}],
      ['removeFactor', { params: { id } }],
      ['makeRecoveryCodes', {}],
    ] as const) {
      expect((await client.call(route, options)).code, route).toBe('auth.step_up');
    }
    expect((await client.call('listFactors')).status).toBe(200);
  });
});
