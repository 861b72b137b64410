import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ApiClient } from '../../../dev-env/ApiClient.ts';
import { addMember } from '../../../dev-env/addMember.ts';
import { type BootedServer, bootServer } from '../../../dev-env/bootServer.ts';
import { setUpPasskey, setUpTotp, type TotpOwner, totpAt } from '../../../dev-env/factors.ts';
import { OWNER, setUpOwner } from '../../../dev-env/people.ts';
import { SoftAuthenticator } from '../../../dev-env/SoftAuthenticator.ts';

// Somebody who knows the password, and has as many addresses as they like, guesses at the second factor.
const step = 30_000;
let server: BootedServer;
let now = Math.floor(Date.now() / step) * step + 5_000;
let email: string;
let app: TotpOwner;
let authenticator: SoftAuthenticator;

beforeAll(async () => {
  server = await bootServer({
    parts: [],
    clock: () => now,
    settings: { trustedProxies: ['127.0.0.0/8', '::1'] },
  });
  await setUpOwner(server);
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  const { client, accountId } = await addMember(server);
  email = `${accountId}@example.org`;
  authenticator = new SoftAuthenticator(server.origin);
  app = await setUpTotp(client, now);
  await setUpPasskey(client, authenticator);
  now += step;
});

const at = (address: string) => ({ 'x-forwarded-for': address });
const attacker = (number: number) => `198.51.${100 + Math.floor(number / 250)}.${1 + (number % 250)}`;

async function challengeFor(address: string, browser = new ApiClient(server.origin)): Promise<string> {
  const answer = await browser.call('signIn', {
    body: { email, password: OWNER.password },
    headers: at(address),
  });
  if (answer.code !== null) throw new Error(answer.code);
  return (answer.body as { challenge: string }).challenge;
}

async function answer(
  challenge: string,
  address: string,
  kind: string,
  code: string,
  browser = new ApiClient(server.origin),
): Promise<string | null> {
  const body = { challenge, proof: { kind, code } };
  return (await browser.call('finishSignIn', { body, headers: at(address) })).code;
}

test('from 200 addresses: ten guesses at one kind are looked at, and the owner gets in by another', async () => {
  const known = new ApiClient(server.origin);
  const home = '192.0.2.1';
  const first = await challengeFor(home, known);
  expect(await answer(first, home, 'totp', totpAt(app.secret, now), known)).toBeNull();
  const codes: (string | null)[] = [];
  for (let number = 0; number < 200; number += 10) {
    const challenge = await challengeFor(attacker(number));
    const answers = Array.from({ length: 10 }, (_, index) =>
      answer(challenge, attacker(number + index), 'totp', '000000'),
    );
    codes.push(...(await Promise.all(answers)));
  }
  expect(codes.filter((code) => code === 'factor.wrong')).toHaveLength(10);
  expect(codes.filter((code) => code === 'auth.too_many_attempts')).toHaveLength(190);
  await server.context.background.settled();
  const told = await server.context.database.db
    .selectFrom('mails')
    .select('recipient')
    .where('kind', '=', 'factors-guessed')
    .execute();
  expect(told).toEqual([{ recipient: email }]);
  now += 2 * step;
  // In a new place the app waits, and recovery codes and passkeys do not.
  const away = '203.0.113.1';
  const challenge = await challengeFor(away);
  expect(await answer(challenge, away, 'totp', totpAt(app.secret, now))).toBe('auth.too_many_attempts');
  expect(await answer(challenge, away, 'recovery', app.recoveryCodes?.[0] ?? '')).toBeNull();
  const browser = new ApiClient(server.origin);
  const options = (await browser.call('askPasskey', { headers: at(away) })).body;
  const assertion = authenticator.get(options as never);
  const alone = await browser.call('signInWithPasskey', { body: { assertion }, headers: at(away) });
  expect(alone.status).toBe(200);
  // Where the account was signed in to before, nothing has changed.
  const again = await challengeFor(home, known);
  expect(await answer(again, home, 'totp', totpAt(app.secret, now), known)).toBeNull();
});

test('at all kinds together, at most a hundred in a day', async () => {
  const codes: (string | null)[] = [];
  for (let number = 0; number < 12; number++) {
    const challenge = await challengeFor(attacker(number));
    for (const kind of ['totp', 'recovery', 'email', 'sms'])
      codes.push(
        ...(await Promise.all([1, 2, 3].map(() => answer(challenge, attacker(number), kind, '00000000')))),
      );
  }
  const evaluated = codes.filter((code) => code === 'factor.wrong').length;
  expect(evaluated).toBeLessThanOrEqual(40);
});

test('one challenge takes ten tries, and then not even the right one', async () => {
  const challenge = await challengeFor('198.51.110.1');
  const kinds = ['totp', 'recovery'];
  for (let round = 0; round < 10; round++) {
    const kind = kinds[round % 2] ?? '';
    expect(await answer(challenge, '198.51.110.1', kind, '000000')).toBe('factor.wrong');
  }
  expect(await answer(challenge, '198.51.110.1', 'totp', totpAt(app.secret, now))).toBe(
    'factor.challenge_over',
  );
});

test('from one address, guesses at many accounts come to an end', async () => {
  const address = '198.51.120.1';
  const codes: (string | null)[] = [];
  for (let person = 0; person < 8; person++) {
    const { client, accountId } = await addMember(server);
    await setUpTotp(client, now);
    email = `${accountId}@example.org`;
    const challenge = await challengeFor(address);
    for (let round = 0; round < 9; round++) codes.push(await answer(challenge, address, 'totp', '000000'));
  }
  expect(codes.filter((code) => code === 'factor.wrong')).toHaveLength(60);
});
