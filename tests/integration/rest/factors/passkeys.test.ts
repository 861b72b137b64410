import { FactorList, PasskeyCreation, PasskeyRequest } from '@conclave/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ApiClient } from '../../../dev-env/ApiClient.ts';
import { addMember } from '../../../dev-env/addMember.ts';
import { type BootedServer, bootServer } from '../../../dev-env/bootServer.ts';
import { firstStep, setUpPasskey, setUpTotp, stranger } from '../../../dev-env/factors.ts';
import { OWNER, setUpOwner } from '../../../dev-env/people.ts';
import { type Lies, SoftAuthenticator } from '../../../dev-env/SoftAuthenticator.ts';

let server: BootedServer;
let now = Date.now();
let client: ApiClient;
let credentials: { email: string; password: string };
let authenticator: SoftAuthenticator;

beforeAll(async () => {
  server = await bootServer({ parts: [], clock: () => now });
  await setUpOwner(server);
});
afterAll(() => server[Symbol.asyncDispose]());
// Somebody else each time: wrong answers are counted for each account.
beforeEach(async () => {
  const member = await addMember(server);
  client = member.client;
  credentials = { email: `${member.accountId}@example.org`, password: OWNER.password };
  authenticator = new SoftAuthenticator(server.origin);
});

async function signIn(browser: ApiClient, lies: Lies = {}, from = authenticator) {
  const options = PasskeyRequest.parse((await browser.call('askPasskey')).body);
  return browser.call('signInWithPasskey', { body: { assertion: from.get(options, lies) } });
}

describe('setting up a passkey', () => {
  test('it asks for one that needs no name, and for proof of who holds it', async () => {
    const options = PasskeyCreation.parse((await client.call('askNewPasskey')).body);
    expect(options).toMatchObject({
      rp: { id: 'localhost' },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
      excludeCredentials: [],
    });
    expect(options.user.name).toBe(credentials.email);
  });

  test('the first brings recovery codes, and has the name that it is given', async () => {
    const added = await setUpPasskey(client, authenticator, 'Green key');
    expect(added.factor).toMatchObject({ kind: 'passkey', name: 'Green key' });
    expect(added.recoveryCodes).toHaveLength(10);
    const next = PasskeyCreation.parse((await client.call('askNewPasskey')).body);
    expect(next.excludeCredentials).toMatchObject([{ id: authenticator.credentials[0]?.id }]);
  });

  test.each<[string, Lies]>([
    ['made for another origin', { origin: 'https://evil.example' }],
    ['made for another host', { rpId: 'evil.example' }],
    ['made in somebody’s frame', { crossOrigin: true }],
    ['without proof of who holds it', { userVerified: false }],
    ['without a touch', { userPresent: false }],
    ['that is no registration', { type: 'webauthn.get' }],
    ['with a challenge of its own', { challenge: Buffer.alloc(56).toString('base64url') }],
  ])('one %s is refused', async (_, lies) => {
    const options = PasskeyCreation.parse((await client.call('askNewPasskey')).body);
    const answer = await client.call('addPasskey', {
      body: { attestation: authenticator.create(options, lies) },
    });
    expect(answer.code).toBe('factor.wrong');
    expect(FactorList.parse((await client.call('listFactors')).body).factors).toEqual([]);
  });

  test('an answer counts once, in the session that asked, and within ten minutes', async () => {
    const options = PasskeyCreation.parse((await client.call('askNewPasskey')).body);
    const attestation = authenticator.create(options);
    const { client: other } = await addMember(server);
    expect((await other.call('addPasskey', { body: { attestation } })).code).toBe('factor.wrong');
    const answers = await Promise.all(
      [1, 2, 3].map(() => client.call('addPasskey', { body: { attestation } })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const late = PasskeyCreation.parse((await client.call('askNewPasskey')).body);
    now += 10 * 60_000;
    const answer = await client.call('addPasskey', { body: { attestation: authenticator.create(late) } });
    expect(answer.code).toBe('factor.wrong');
  });

  test('somebody else cannot register the same passkey', async () => {
    await setUpPasskey(client, authenticator);
    const { client: other } = await addMember(server);
    const options = PasskeyCreation.parse((await other.call('askNewPasskey')).body);
    const known = authenticator.credentials[0]?.id ?? '';
    const forged = authenticator.create(options);
    const swapped = { ...forged, id: known, rawId: known };
    const answer = await other.call('addPasskey', { body: { attestation: swapped } });
    // The id in what was signed is the other one.
    expect([null, 'factor.wrong', 'factor.exists']).toContain(answer.code);
    const mine = await signIn(stranger(server));
    expect(mine.body).toMatchObject({ account: { email: credentials.email } });
  });
});

describe('signing in with a passkey alone', () => {
  test('says who it is, and asks for nothing else', async () => {
    await setUpTotp(client, now);
    await setUpPasskey(client, authenticator);
    const browser = stranger(server);
    const options = PasskeyRequest.parse((await browser.call('askPasskey')).body);
    expect(options.allowCredentials).toEqual([]);
    const answer = await signIn(browser);
    expect(answer.body).toMatchObject({ kind: 'signed-in', account: { email: credentials.email } });
    expect((await browser.call('listFactors')).status).toBe(200);
  });

  test.each<[string, Lies]>([
    ['of another origin', { origin: 'https://evil.example' }],
    ['of another host', { rpId: 'evil.example' }],
    ['from somebody’s frame', { crossOrigin: true }],
    ['without proof of who holds it', { userVerified: false }],
    ['without a touch', { userPresent: false }],
    ['that is no sign-in', { type: 'webauthn.create' }],
    ['to a challenge of its own', { challenge: Buffer.alloc(56).toString('base64url') }],
    ['with another key', { forged: true }],
    ['of somebody else’s name', { userHandle: Buffer.alloc(16, 1).toString('base64url') }],
    ['that does not say whose it is', { userHandle: null }],
  ])('an answer %s is refused', async (_, lies) => {
    await setUpPasskey(client, authenticator);
    const browser = stranger(server);
    const answer = await signIn(browser, lies);
    expect(answer.code).toBe('factor.wrong');
    expect(browser.cookie).toBeNull();
    expect((await signIn(browser)).status).toBe(200);
  });

  test('a passkey that nobody has is refused with the same words', async () => {
    await setUpPasskey(client, authenticator);
    const unknown = new SoftAuthenticator(server.origin);
    unknown.create(PasskeyCreation.parse((await client.call('askNewPasskey')).body));
    const answer = await signIn(stranger(server), {}, unknown);
    const wrong = await signIn(stranger(server), { forged: true });
    expect(answer.body).toEqual(wrong.body);
    expect(answer.code).toBe('factor.wrong');
  });

  test('an answer counts once, also when it arrives several times at once', async () => {
    await setUpPasskey(client, authenticator);
    authenticator.counts = false;
    authenticator.counter = 0;
    const options = PasskeyRequest.parse((await client.call('askPasskey')).body);
    const assertion = authenticator.get(options);
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => stranger(server).call('signInWithPasskey', { body: { assertion } })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const replay = await stranger(server).call('signInWithPasskey', { body: { assertion } });
    expect(replay.code).toBe('factor.wrong');
  });

  test('a counter that goes back is the sign of a copy, and is refused', async () => {
    await setUpPasskey(client, authenticator);
    authenticator.counter = 10;
    expect((await signIn(stranger(server))).status).toBe(200);
    for (const counter of [11, 5, 0]) {
      expect((await signIn(stranger(server), { counter })).code, String(counter)).toBe('factor.wrong');
    }
    expect((await signIn(stranger(server), { counter: 12 })).status).toBe(200);
  });

  test('an authenticator that does not count is fine', async () => {
    authenticator.counts = false;
    await setUpPasskey(client, authenticator);
    for (let round = 0; round < 3; round++) expect((await signIn(stranger(server))).status).toBe(200);
  });

  test('one that was removed signs nobody in', async () => {
    const { factor } = await setUpPasskey(client, authenticator);
    expect((await client.call('removeFactor', { params: { id: factor.id } })).status).toBe(204);
    expect((await signIn(stranger(server))).code).toBe('factor.wrong');
  });

  test('a suspended account stays out', async () => {
    await setUpPasskey(client, authenticator);
    const { db } = server.context.database;
    await db
      .updateTable('accounts')
      .set({ status: 'suspended' })
      .where('email', '=', credentials.email)
      .execute();
    expect((await signIn(stranger(server))).code).toBe('auth.suspended');
  });
});

describe('a passkey as the second step', () => {
  test('is asked for by name, and finishes the sign-in', async () => {
    await setUpPasskey(client, authenticator);
    const browser = stranger(server);
    const { challenge, factors } = await firstStep(browser, credentials);
    expect(factors).toEqual(['passkey', 'recovery']);
    const options = PasskeyRequest.parse(
      (await browser.call('askFactorPasskey', { body: { challenge } })).body,
    );
    expect(options.allowCredentials).toMatchObject([{ id: authenticator.credentials[0]?.id }]);
    const proof = { kind: 'passkey', assertion: authenticator.get(options) };
    const answer = await browser.call('finishSignIn', { body: { challenge, proof } });
    expect(answer.body).toMatchObject({ kind: 'signed-in' });
  });

  test('an answer is good for its challenge, its purpose and its account alone', async () => {
    await setUpPasskey(client, authenticator);
    const browser = stranger(server);
    const one = await firstStep(browser, credentials);
    const other = await firstStep(stranger(server), credentials);
    const ask = async (challenge: string) =>
      PasskeyRequest.parse((await browser.call('askFactorPasskey', { body: { challenge } })).body);
    const finish = async (challenge: string, assertion: unknown) =>
      (await browser.call('finishSignIn', { body: { challenge, proof: { kind: 'passkey', assertion } } }))
        .code;
    const alone = PasskeyRequest.parse((await browser.call('askPasskey')).body);
    const confirm = PasskeyRequest.parse((await client.call('askConfirmPasskey')).body);
    expect(await finish(one.challenge, authenticator.get(await ask(other.challenge)))).toBe('factor.wrong');
    expect(await finish(one.challenge, authenticator.get(alone))).toBe('factor.wrong');
    expect(await finish(one.challenge, authenticator.get(confirm))).toBe('factor.wrong');
    const second = authenticator.get(await ask(one.challenge));
    expect((await browser.call('signInWithPasskey', { body: { assertion: second } })).code).toBe(
      'factor.wrong',
    );
    const mallory = await addMember(server);
    const theirs = new SoftAuthenticator(server.origin);
    await setUpPasskey(mallory.client, theirs);
    const asked = { ...(await ask(one.challenge)), allowCredentials: [] };
    expect(await finish(one.challenge, theirs.get(asked))).toBe('factor.wrong');
    expect(await finish(one.challenge, authenticator.get(await ask(one.challenge)))).toBeNull();
  });
});

test('a service that is reached by an address offers no passkeys', async () => {
  const publicOrigin = 'http://127.0.0.1:8080';
  await using bare = await bootServer({ parts: [], settings: { publicOrigin } });
  const browser = new ApiClient(`http://127.0.0.1:${bare.address.port}`);
  expect((await browser.call('askPasskey', { headers: { origin: publicOrigin } })).code).toBe(
    'factor.unavailable',
  );
});
