import { type FactorKind, FactorList, ROUTES, type Route, type RouteName } from '@conclave/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ApiClient } from '../../../dev-env/ApiClient.ts';
import { addMember } from '../../../dev-env/addMember.ts';
import { type BootedServer, bootServer } from '../../../dev-env/bootServer.ts';
import {
  CREDENTIALS,
  firstStep,
  secondStep,
  setUpPasskey,
  setUpTotp,
  stranger,
  totpAt,
} from '../../../dev-env/factors.ts';
import { OWNER, setUpOwner } from '../../../dev-env/people.ts';
import { SoftAuthenticator } from '../../../dev-env/SoftAuthenticator.ts';

const step = 30_000;
const all: readonly FactorKind[] = ['passkey', 'totp', 'sms', 'email', 'recovery'];
let server: BootedServer;
let now = Math.floor(Date.now() / step) * step + 5_000;
let owner: ApiClient;
let member: { readonly client: ApiClient; readonly accountId: string };
let credentials: { email: string; password: string };

function demand(
  secondFactor: 'nobody' | 'privileged' | 'everybody',
  allowedFactors: readonly FactorKind[] = all,
): void {
  vi.spyOn(server.context.accountsPorts.factors, 'policy').mockReturnValue({ secondFactor, allowedFactors });
}

beforeAll(async () => {
  server = await bootServer({ parts: [], clock: () => now });
  owner = (await setUpOwner(server)).client;
});
afterAll(async () => {
  vi.restoreAllMocks();
  await server[Symbol.asyncDispose]();
});
beforeEach(async () => {
  demand('nobody');
  member = await addMember(server);
  credentials = { email: `${member.accountId}@example.org`, password: OWNER.password };
});

async function signedIn(of = credentials): Promise<ApiClient> {
  const browser = stranger(server);
  const answer = await browser.call('signIn', { body: of });
  expect(answer.body).toMatchObject({ kind: 'signed-in' });
  return browser;
}

describe('where a second factor is asked of everybody', () => {
  test('who has none gets a session that can do nothing but set one up', async () => {
    demand('everybody');
    const browser = await signedIn();
    expect((await browser.call('me')).body).toMatchObject({ account: { restricted: true } });
    const open = (Object.keys(ROUTES) as RouteName[]).filter((name) => {
      const route: Route = ROUTES[name];
      return route.access !== 'anyone' && route.whileRestricted === true;
    });
    expect(open.sort()).toEqual(
      [
        'addPasskey',
        'askConfirmPasskey',
        'askNewPasskey',
        'confirm',
        'listConfirmations',
        'listFactors',
        'sendConfirmCode',
        'signOut',
        'startEmailFactor',
        'startSmsFactor',
        'startTotp',
        'verifyFactor',
      ].sort(),
    );
    for (const name of ['listSessions', 'listMeetings', 'changeProfile', 'makeRecoveryCodes'] as const) {
      const route: Route = ROUTES[name];
      const answer = await browser.call(name, route.body === undefined ? {} : { body: { name: 'X' } });
      expect(answer.code, name).toBe('auth.factor_needed');
    }
  });

  test('sessions that are open are restricted at once, and are free again with the policy or a factor', async () => {
    const open = await signedIn();
    demand('everybody');
    expect((await open.call('listMeetings')).code).toBe('auth.factor_needed');
    demand('nobody');
    expect((await open.call('listMeetings')).status).toBe(200);
    await setUpTotp(open, now);
    demand('everybody');
    expect((await open.call('listMeetings')).status).toBe(200);
  });

  test('a session that began as restricted is free at once when nobody asks any more', async () => {
    demand('everybody');
    const browser = await signedIn();
    expect((await browser.call('listMeetings')).code).toBe('auth.factor_needed');
    demand('nobody');
    expect((await browser.call('listMeetings')).status).toBe(200);
    expect((await browser.call('me')).body).toMatchObject({ account: { restricted: false } });
    demand('everybody');
    expect((await browser.call('listMeetings')).code).toBe('auth.factor_needed');
  });

  test.each(['app', 'passkey'])('setting up one (%s) opens the session', async (kind) => {
    demand('everybody');
    const browser = await signedIn();
    if (kind === 'app') await setUpTotp(browser, now);
    else await setUpPasskey(browser, new SoftAuthenticator(server.origin));
    expect((await browser.call('listMeetings')).status).toBe(200);
    expect((await browser.call('me')).body).toMatchObject({ account: { restricted: false } });
  });

  test('the last one stays, also when two are removed at the same time', async () => {
    const first = await setUpTotp(member.client, now);
    demand('everybody');
    const remove = (id: string) => member.client.call('removeFactor', { params: { id } });
    expect((await remove(first.id)).code).toBe('factor.last_required');
    const second = await setUpTotp(member.client, now);
    const codes = (await Promise.all([remove(first.id), remove(second.id)])).map(({ code }) => code);
    expect(codes.sort()).toEqual([null, 'factor.last_required'].sort());
    expect(FactorList.parse((await member.client.call('listFactors')).body).factors).toHaveLength(1);
  });
});

test('where it is asked of those with rights, others are left alone', async () => {
  demand('privileged');
  const browser = await signedIn();
  expect((await browser.call('me')).body).toMatchObject({ account: { restricted: false } });
  const chief = await signedIn(CREDENTIALS);
  expect((await chief.call('me')).body).toMatchObject({ account: { restricted: true } });
  expect((await chief.call('listPeople')).code).toBe('auth.factor_needed');
  expect(FactorList.parse((await chief.call('listFactors')).body).required).toBe(true);
});

describe('kinds that the organisation does not allow', () => {
  test('are neither offered nor set up', async () => {
    demand('nobody', ['passkey']);
    expect(FactorList.parse((await member.client.call('listFactors')).body).offered).toEqual(['passkey']);
    expect((await member.client.call('startTotp')).code).toBe('factor.unavailable');
    demand('nobody', ['totp']);
    expect((await member.client.call('askNewPasskey')).code).toBe('factor.unavailable');
    expect((await stranger(server).call('askPasskey')).code).toBe('factor.unavailable');
  });

  test('are taken from who has nothing else, and another must be set up then', async () => {
    const app = await setUpTotp(member.client, now);
    demand('everybody', ['passkey', 'recovery']);
    now += step;
    const browser = stranger(server);
    const { challenge, factors } = await firstStep(browser, credentials);
    expect(factors).toEqual(['totp', 'recovery']);
    const answer = await secondStep(browser, challenge, 'totp', totpAt(app.secret, now));
    expect(answer.body).toMatchObject({ account: { restricted: true } });
    expect((await browser.call('listMeetings')).code).toBe('auth.factor_needed');
    await setUpPasskey(browser, new SoftAuthenticator(server.origin));
    expect((await browser.call('listMeetings')).status).toBe(200);
    now += step;
    const next = await firstStep(stranger(server), credentials);
    expect(next.factors).toEqual(['passkey', 'recovery']);
    const refused = await secondStep(stranger(server), next.challenge, 'totp', totpAt(app.secret, now));
    expect(refused.code).toBe('factor.wrong');
  });
});

describe('an administrator', () => {
  test('resets somebody’s factors: all go, the sessions end, and the person is told', async () => {
    await setUpTotp(member.client, now);
    await setUpPasskey(member.client, new SoftAuthenticator(server.origin));
    const waiting = await firstStep(stranger(server), credentials);
    const params = { id: member.accountId };
    const ended: string[] = [];
    using _ = server.context.onSessionEnded(({ accountId }) => ended.push(accountId));
    expect((await owner.call('personFactors', { params })).body).toEqual({
      kinds: ['totp', 'passkey'],
      recoveryCodes: 10,
    });
    expect((await owner.call('resetFactors', { params })).status).toBe(204);
    expect(ended).toEqual([member.accountId]);
    expect((await member.client.call('listFactors')).code).toBe('auth.required');
    expect((await secondStep(stranger(server), waiting.challenge, 'totp', '123456')).code).toBe(
      'factor.challenge_over',
    );
    const mails = await server.context.database.db
      .selectFrom('mails')
      .select('kind')
      .where('recipient', '=', credentials.email)
      .execute();
    expect(mails.map(({ kind }) => kind)).toContain('factors-reset');
    const again = await signedIn();
    expect(FactorList.parse((await again.call('listFactors')).body)).toMatchObject({
      factors: [],
      recoveryCodes: 0,
    });
  });

  test('resets them of somebody without a password, who is told where to choose one', async () => {
    const { db } = server.context.database;
    const { accountId, email } = await addMember(server);
    await db
      .updateTable('accounts')
      .set({ password_hash: null })
      .where('id', '=', accountId as never)
      .execute();
    expect((await owner.call('resetFactors', { params: { id: accountId } })).status).toBe(204);
    const { body } = await db
      .selectFrom('mails')
      .select('body')
      .where('recipient', '=', email)
      .where('kind', '=', 'factors-reset')
      .executeTakeFirstOrThrow();
    expect(body).toContain('/forgot-password');
    expect(body).not.toContain('Sign in with your password');
  });

  test('needs the right for it, and none that the other does not outrank', async () => {
    const params = { id: member.accountId };
    const other = await addMember(server);
    for (const route of ['personFactors', 'resetFactors'] as const) {
      expect((await other.client.call(route, { params })).code, route).toBe('auth.forbidden');
    }
    const { db } = server.context.database;
    await db
      .updateTable('accounts')
      .set({ role_id: 'administrator' })
      .where('id', '=', other.accountId as never)
      .execute();
    expect((await other.client.call('resetFactors', { params })).status).toBe(204);
    const { id } =
      (await db.selectFrom('accounts').select('id').where('role_id', '=', 'owner').execute())[0] ?? {};
    const beyond = await other.client.call('resetFactors', { params: { id: id ?? '' } });
    expect(beyond.code).toBe('account.beyond_you');
    now += 11 * 60_000;
    expect((await other.client.call('resetFactors', { params })).code).toBe('auth.step_up');
  });
});
