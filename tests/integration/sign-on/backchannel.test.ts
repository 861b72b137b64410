import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { type BootedServer, bootServer } from '../../dev-env/bootServer.ts';
import { setUpOwner } from '../../dev-env/people.ts';
import { type ForgedProvider, startForgedProvider } from '../../dev-env/signOn/forgedProvider.ts';
import { comeBack, oidcInput, urlIn, whoIs } from './bootSignOn.ts';

const event = 'http://schemas.openid.net/event/backchannel-logout';

let server: BootedServer;
let forged: ForgedProvider;
let providerId: string;
beforeAll(async () => {
  forged = await startForgedProvider();
  server = await bootServer({ settings: { signOn: { allowPrivateNetworks: true } } });
  const { client: owner } = await setUpOwner(server);
  providerId = ((await owner.call('createProvider', { body: oidcInput(forged) })).body as { id: string }).id;
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await forged[Symbol.asyncDispose]();
});

const now = () => Math.floor(Date.now() / 1000);

async function signIn(sub: string, sid: string): Promise<ApiClient> {
  const client = new ApiClient(server.origin);
  const begun = await client.call('beginSignOn', { params: { id: providerId }, body: { returnTo: '/' } });
  const { searchParams } = new URL(urlIn(begun));
  forged.token = async () => ({
    access_token: 'a',
    token_type: 'bearer',
    id_token: await forged.sign({
      iss: forged.issuer,
      aud: 'conclave',
      iat: now(),
      exp: now() + 300,
      nonce: searchParams.get('nonce'),
      sub,
      sid,
      email: `${sub}@example.org`,
      email_verified: true,
    }),
  });
  const query = new URLSearchParams({
    code: 'c',
    state: searchParams.get('state') ?? '',
    iss: forged.issuer,
  });
  await comeBack(client, `${server.origin}/api/v1/sign-on/${providerId}/callback?${query}`);
  if ((await whoIs(client)) === null) throw new Error('the sign-on did not work');
  return client;
}

function claims(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    iss: forged.issuer,
    aud: 'conclave',
    iat: now(),
    exp: now() + 120,
    jti: crypto.randomUUID(),
    events: { [event]: {} },
    ...more,
  };
}

async function logout(token: string): Promise<number> {
  const response = await fetch(`${server.origin}/api/v1/sign-on/${providerId}/logout`, {
    method: 'POST',
    body: new URLSearchParams({ logout_token: token }),
  });
  expect(response.headers.get('cache-control')).toBe('no-store');
  return response.status;
}

const sign = (content: Record<string, unknown>, header = {}) =>
  forged.sign(JSON.parse(JSON.stringify(content)), { typ: 'logout+jwt', ...header });

describe('the provider signs somebody out', () => {
  test('one session by its name, or all of a person', async () => {
    const one = await signIn('grace', 'sid-1');
    const two = await signIn('grace', 'sid-2');
    const other = await signIn('lise', 'sid-3');
    expect(await logout(await sign(claims({ sub: 'grace', sid: 'sid-1' })))).toBe(200);
    expect([await whoIs(one), await whoIs(two)]).toEqual([null, expect.anything()]);
    expect(await logout(await sign(claims({ sub: 'grace' })))).toBe(200);
    expect([await whoIs(two), await whoIs(other)]).toEqual([null, expect.anything()]);
    expect(await logout(await sign(claims({ sid: 'sid-3' })))).toBe(200);
    expect(await whoIs(other)).toBeNull();
  });

  test('somebody who is not here is no fault', async () => {
    expect(await logout(await sign(claims({ sub: 'nobody' })))).toBe(200);
  });
});

describe('refused, and nobody is signed out by it:', () => {
  let grace: ApiClient;
  beforeAll(async () => {
    grace = await signIn('grace', 'sid-9');
  });
  const refused = async (token: string) => {
    expect(await logout(token)).toBe(400);
    expect(await whoIs(grace)).not.toBeNull();
  };

  test('a token that was used before', async () => {
    const token = await sign(claims({ sub: 'nobody' }));
    expect(await logout(token)).toBe(200);
    await refused(token);
  });

  test.each<[string, Record<string, unknown>]>([
    ['of another issuer', { iss: 'https://evil.example' }],
    ['for another client', { aud: 'another' }],
    ['that has expired', { iat: now() - 600, exp: now() - 300 }],
    ['that is old', { iat: now() - 600 }],
    ['without an end', { exp: undefined }],
    ['without an id', { jti: undefined }],
    ['without the event', { events: {} }],
    ['with another event', { events: { 'http://example.org/event': {} } }],
    ['with a nonce, as ID tokens have', { nonce: 'n' }],
    ['that names nobody', { sub: undefined, sid: undefined }],
  ])('a token %s', async (_what, more) => {
    await refused(await sign(claims({ sub: 'grace', ...more })));
  });

  test('a token of another type', async () => {
    await refused(await sign(claims({ sub: 'grace' }), { typ: 'at+jwt' }));
  });

  test('no token, nonsense, no signature, a secret as the key', async () => {
    await refused('');
    await refused('nonsense');
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    await refused(`${encode({ alg: 'none' })}.${encode(claims({ sub: 'grace' }))}.`);
    const secret = Buffer.from('a secret of the provider that nobody else knows');
    await refused(
      await new SignJWT(claims({ sub: 'grace' })).setProtectedHeader({ alg: 'HS256' }).sign(secret),
    );
  });

  test('a body that is no form, or too large', async () => {
    const address = `${server.origin}/api/v1/sign-on/${providerId}/logout`;
    const json = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(json.status).toBe(400);
    const large = await fetch(address, {
      method: 'POST',
      body: new URLSearchParams({ x: 'x'.repeat(300_000) }),
    });
    expect(large.status).toBe(413);
    expect(await whoIs(grace)).not.toBeNull();
  });
});
