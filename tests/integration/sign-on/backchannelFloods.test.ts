import { generateKeyPair, SignJWT } from 'jose';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type BootedServer, bootServer } from '../../dev-env/bootServer.ts';
import { setUpOwner } from '../../dev-env/people.ts';
import { type ForgedProvider, startForgedProvider } from '../../dev-env/signOn/forgedProvider.ts';
import { oidcInput } from './bootSignOn.ts';

const minute = 60_000;
let server: BootedServer;
let forged: ForgedProvider;
let providerId: string;

beforeEach(async () => {
  forged = await startForgedProvider();
  server = await bootServer({
    parts: [],
    settings: { signOn: { allowPrivateNetworks: true }, trustedProxies: ['127.0.0.0/8', '::1'] },
  });
  const { client: owner } = await setUpOwner(server);
  providerId = ((await owner.call('createProvider', { body: oidcInput(forged) })).body as { id: string }).id;
  // The library that keeps the provider's keys reads the clock by itself.
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(async () => {
  vi.useRealTimers();
  await server[Symbol.asyncDispose]();
  await forged[Symbol.asyncDispose]();
});

const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);
const askedFor = (path: string) => forged.paths.filter((one) => one === path).length;

function claims() {
  const now = Math.floor(Date.now() / 1000);
  const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
  const jti = crypto.randomUUID();
  return { iss: forged.issuer, aud: 'conclave', iat: now, exp: now + 120, jti, events, sub: 'grace' };
}

let strangers = 0;
async function logout(token: string, address = `198.51.100.${++strangers}`): Promise<number> {
  const response = await fetch(`${server.origin}/api/v1/sign-on/${providerId}/logout`, {
    method: 'POST',
    headers: { 'x-forwarded-for': address },
    body: new URLSearchParams({ logout_token: token }),
  });
  return response.status;
}

const honest = () => forged.sign(claims(), { typ: 'logout+jwt' });

test('strangers who name keys that nobody has make us ask the provider for its keys a few times, not each time', async () => {
  expect(await logout(await honest())).toBe(200);
  const before = askedFor('/jwks');
  const { privateKey } = await generateKeyPair('RS256');
  for (let round = 0; round < 40; round++) {
    pass(2_000);
    const token = new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid: `unknown ${round}` });
    expect(await logout(await token.sign(privateKey))).toBe(400);
  }
  expect(askedFor('/jwks') - before).toBeLessThanOrEqual(5);
  // The provider itself goes on, also when its keys are no longer fresh.
  expect(await logout(await honest())).toBe(200);
  pass(11 * minute);
  expect(await logout(await honest())).toBe(200);
});

test('wrong ones from one place come to an end, right ones do not count', async () => {
  for (let round = 0; round < 40; round++) expect(await logout(await honest(), '203.0.113.1')).toBe(200);
  const statuses = [];
  for (let round = 0; round < 31; round++) statuses.push(await logout('nonsense', '203.0.113.2'));
  expect(statuses.filter((status) => status === 400)).toHaveLength(30);
  expect(statuses.at(-1)).toBe(429);
  expect(await logout(await honest(), '203.0.113.1')).toBe(200);
});

test('a provider that is none is asked what it is once in a while, and found again when it is well', async () => {
  const discovery = '/.well-known/openid-configuration';
  expect(await logout(await honest())).toBe(200);
  pass(61 * minute);
  forged.metadata = { issuer: 'https://somebody-else.example' };
  const before = askedFor(discovery);
  for (let round = 0; round < 10; round++) expect(await logout('nonsense')).toBe(400);
  expect(askedFor(discovery) - before).toBe(1);
  forged.metadata = {};
  expect(await logout(await honest())).toBe(400);
  pass(15_000);
  expect(await logout(await honest())).toBe(200);
});
