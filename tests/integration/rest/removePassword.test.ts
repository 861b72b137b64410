import { randomUUID } from 'node:crypto';
import { PasskeyRequest, type Policy } from '@conclave/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { addMember } from '../../dev-env/addMember.ts';
import { afterQuery } from '../../dev-env/afterQuery.ts';
import { type BootedServer, bootServer } from '../../dev-env/bootServer.ts';
import { setUpPasskey, setUpTotp } from '../../dev-env/factors.ts';
import { OWNER, setUpOwner } from '../../dev-env/people.ts';
import { SoftAuthenticator } from '../../dev-env/SoftAuthenticator.ts';

let server: BootedServer;
const now = Date.now();
beforeAll(async () => {
  server = await bootServer({ parts: [], clock: () => now });
  await setUpOwner(server);
});
afterAll(() => server[Symbol.asyncDispose]());

/** Links somebody with a provider, without going through one. */
async function linkWith(accountId: string, enabled = true): Promise<void> {
  const { db } = server.context.accountsPorts;
  const [id, at] = [randomUUID(), new Date()];
  await sql`
    insert into sign_on_providers (id, kind, name, enabled, domains, config, created_at, changed_at)
    values (${id}, 'saml', 'Provider', ${enabled}, '{}', '{}', ${at}, ${at})`.execute(db);
  await sql`
    insert into sign_on_identities (id, provider_id, issuer, subject, account_id, created_at)
    values (${randomUUID()}, ${id}, 'https://id.example.org', 'them', ${accountId}, ${at})`.execute(db);
}

/** While something is done, the policy says something else. */
async function underPolicy(changes: Partial<Policy>, action: () => Promise<void>): Promise<void> {
  const { policy } = server.context;
  const said = vi.spyOn(policy, 'current').mockReturnValue({ ...policy.current(), ...changes });
  try {
    await action();
  } finally {
    said.mockRestore();
  }
}

const remove = (client: ApiClient, current: string = OWNER.password) =>
  client.call('removePassword', { body: { current } });
const byPassword = (email: string) =>
  new ApiClient(server.origin).call('signIn', { body: { email, password: OWNER.password } });

async function byPasskey(authenticator: SoftAuthenticator): Promise<number> {
  const browser = new ApiClient(server.origin);
  const options = PasskeyRequest.parse((await browser.call('askPasskey')).body);
  const answer = await browser.call('signInWithPasskey', { body: { assertion: authenticator.get(options) } });
  return answer.status;
}

async function hasPassword(client: ApiClient): Promise<boolean> {
  const { account } = (await client.call('me')).body as { account: { hasPassword: boolean } };
  return account.hasPassword;
}

async function withPasskey(role?: 'owner') {
  const member = await addMember(server, role);
  const authenticator = new SoftAuthenticator(server.origin);
  const { factor } = await setUpPasskey(member.client, authenticator);
  return { ...member, authenticator, factorId: factor.id };
}

describe('a password is removed', () => {
  test('by somebody with a passkey, who gets in by it alone from then on, and is told by mail', async () => {
    const { client, email, authenticator } = await withPasskey();
    const elsewhere = new ApiClient(server.origin);
    const options = PasskeyRequest.parse((await elsewhere.call('askPasskey')).body);
    await elsewhere.call('signInWithPasskey', { body: { assertion: authenticator.get(options) } });
    expect((await remove(client)).status).toBe(204);
    expect(await hasPassword(client)).toBe(false);
    expect((await elsewhere.call('listSessions')).code).toBe('auth.required');
    expect((await byPassword(email)).code).toBe('auth.wrong_credentials');
    expect(await byPasskey(authenticator)).toBe(200);
    const { db } = server.context.accountsPorts;
    const mails = await db
      .selectFrom('mails')
      .select(['kind', 'subject'])
      .where('recipient', '=', email)
      .where('kind', '=', 'password-removed')
      .execute();
    expect(mails).toEqual([{ kind: 'password-removed', subject: 'Your password was removed' }]);
  });

  test('by somebody who is linked with a provider', async () => {
    const { client, accountId } = await addMember(server);
    await linkWith(accountId);
    expect((await remove(client)).status).toBe(204);
    expect(await hasPassword(client)).toBe(false);
    expect((await remove(client)).code).toBe('request.invalid');
  });
});

describe('a password stays', () => {
  test('for whoever does not know it, however often they try', async () => {
    const { client } = await withPasskey();
    expect((await client.call('removePassword')).code).toBe('request.media_type');
    for (let tries = 0; tries < 5; tries++) {
      const refused = await remove(client, 'a guess that is wrong');
      expect(refused.code).toBe('auth.wrong_credentials');
    }
    let last = await remove(client, 'a guess that is wrong');
    for (let tries = 0; tries < 20 && last.code === 'auth.wrong_credentials'; tries++) {
      last = await remove(client, 'a guess that is wrong');
    }
    expect(last.code).toBe('auth.too_many_attempts');
    expect((await remove(client)).code).toBe('auth.too_many_attempts');
    expect(await hasPassword(client)).toBe(true);
  });

  test('when it has become another one since it was shown', async () => {
    const { client } = await withPasskey();
    const { passwords } = server.context.accountsPorts;
    const verify = passwords.verify.bind(passwords);
    const next = 'copper lantern drifts north';
    const during = vi.spyOn(passwords, 'verify').mockImplementationOnce(async (...given) => {
      const right = await verify(...given);
      const body = { current: OWNER.password, password: next };
      expect((await client.call('changePassword', { body })).status).toBe(204);
      return right;
    });
    expect((await remove(client)).code).toBe('auth.wrong_credentials');
    during.mockRestore();
    expect(await hasPassword(client)).toBe(true);
    expect((await remove(client, next)).status).toBe(204);
  });

  test('when nothing else lets one in', async () => {
    const { client, email } = await addMember(server);
    expect((await remove(client)).code).toBe('account.last_way_in');
    // A second factor is not a first one.
    await setUpTotp(client, now);
    expect((await remove(client)).code).toBe('account.last_way_in');
    expect(await hasPassword(client)).toBe(true);
    expect((await byPassword(email)).status).toBe(200);
  });

  test('when the provider is switched off', async () => {
    const { client, accountId } = await addMember(server);
    await linkWith(accountId, false);
    expect((await remove(client)).code).toBe('account.last_way_in');
  });

  test('when the organisation allows no passkeys', async () => {
    const { client } = await withPasskey();
    await underPolicy({ factors: ['totp'] }, async () => {
      expect((await remove(client)).code).toBe('account.last_way_in');
    });
    expect((await remove(client)).status).toBe(204);
  });

  test('when the organisation lets people in through a provider alone, and theirs is none', async () => {
    const { client } = await withPasskey();
    await underPolicy({ signOn: 'sso-only' }, async () => {
      expect((await remove(client)).code).toBe('account.last_way_in');
    });
  });

  test('when it is the one by which an owner comes in while no provider answers', async () => {
    const { db } = server.context.accountsPorts;
    const { client, accountId } = await addMember(server, 'owner');
    await linkWith(accountId);
    await db.updateTable('sign_on_identities').set({ last_used_at: new Date() }).execute();
    await setUpTotp(client, now);
    await underPolicy({ signOn: 'sso-only' }, async () => {
      expect((await remove(client)).code).toBe('sign_on.not_ready');
    });
    // One of their own that begins without it will do.
    await setUpPasskey(client, new SoftAuthenticator(server.origin));
    await underPolicy({ signOn: 'sso-only' }, async () => {
      expect((await remove(client)).status).toBe(204);
    });
  });
});

describe('without a password', () => {
  test('the last passkey stays, until there is another way in', async () => {
    const { client, accountId, factorId } = await withPasskey();
    await remove(client);
    const params = { id: factorId };
    expect((await client.call('removeFactor', { params })).code).toBe('account.last_way_in');
    await linkWith(accountId);
    expect((await client.call('removeFactor', { params })).status).toBe(204);
  });

  test('the last passkey stays also when the password goes at that very moment', async () => {
    const { client, factorId } = await withPasskey();
    let removed: number | undefined;
    let refusal: string | null;
    {
      using _ = afterQuery(server.context.accountsPorts, 'accounts', async () => {
        removed = (await remove(client)).status;
      });
      refusal = (await client.call('removeFactor', { params: { id: factorId } })).code;
    }
    expect([removed, refusal]).toEqual([204, 'account.last_way_in']);
  });

  test('of a passkey and a password that go at once, one stays', async () => {
    const { client, factorId } = await withPasskey();
    const answers = await Promise.all([
      remove(client),
      client.call('removeFactor', { params: { id: factorId } }),
    ]);
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    expect(answers.filter(({ code }) => code === 'account.last_way_in')).toHaveLength(1);
  });
});
