import { createHmac, createPublicKey } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { type BootedServer, bootServer } from '../../dev-env/bootServer.ts';
import { setUpOwner } from '../../dev-env/people.ts';
import { type ForgedProvider, startForgedProvider } from '../../dev-env/signOn/forgedProvider.ts';
import { comeBack, fromElsewhere, oidcInput, urlIn, whoIs } from './bootSignOn.ts';

const subject = { sub: 's', email: 'victim@example.org', email_verified: true, name: 'V' };
const failed = '/sign-in?refused=sign_on.failed';
const expired = '/sign-in?refused=sign_on.expired';

let server: BootedServer;
let owner: ApiClient;
let forged: ForgedProvider;
let other: ForgedProvider;
let providerId: string;
let otherId: string;
beforeAll(async () => {
  forged = await startForgedProvider();
  other = await startForgedProvider();
  server = await bootServer({ settings: { signOn: { allowPrivateNetworks: true } } });
  owner = (await setUpOwner(server)).client;
  const create = async (provider: ForgedProvider) => {
    const answer = await owner.call('createProvider', {
      body: oidcInput(provider, { name: provider.issuer }),
    });
    return (answer.body as { id: string }).id;
  };
  providerId = await create(forged);
  otherId = await create(other);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await forged[Symbol.asyncDispose]();
  await other[Symbol.asyncDispose]();
});

interface Begun {
  readonly client: ApiClient;
  readonly state: string;
  readonly nonce: string;
  readonly challenge: string;
}

async function begin(id = providerId, client = new ApiClient(server.origin)): Promise<Begun> {
  const url = new URL(urlIn(await client.call('beginSignOn', { params: { id }, body: { returnTo: '/' } })));
  const value = (name: string) => url.searchParams.get(name) ?? '';
  expect(value('code_challenge_method')).toBe('S256');
  return { client, state: value('state'), nonce: value('nonce'), challenge: value('code_challenge') };
}

function claimsFor(nonce: string, more: Record<string, unknown> = {}): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  return { iss: forged.issuer, aud: 'conclave', iat: now, exp: now + 300, nonce, ...subject, ...more };
}

function callback(query: Record<string, string>, id = providerId): string {
  return `${server.origin}/api/v1/sign-on/${id}/callback?${new URLSearchParams(query)}`;
}

/** Where the browser ends when the provider's token endpoint answers with this ID token. */
async function endWith(idToken: (begun: Begun) => Promise<string> | string): Promise<string> {
  const begun = await begin();
  forged.token = async () => ({ access_token: 'a', token_type: 'bearer', id_token: await idToken(begun) });
  const query = { code: 'c', state: begun.state, iss: forged.issuer };
  const { location, client } = await comeBack(begun.client, callback(query));
  if (location !== '/') expect(await whoIs(client)).toBeNull();
  return location;
}

beforeEach(() => {
  forged.token = () => ({ error: 'invalid_grant' });
});

test('an honest ID token signs in: what follows is refused for its own fault', async () => {
  expect(await endWith(({ nonce }) => forged.sign(claimsFor(nonce)))).toBe('/');
});

describe('ID tokens', () => {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

  test('without a signature', async () => {
    for (const alg of ['none', 'None', 'NONE']) {
      expect(await endWith(({ nonce }) => `${encode({ alg })}.${encode(claimsFor(nonce))}.`)).toBe(failed);
    }
  });

  test('signed with the public key as if it were a secret (HS256)', async () => {
    const pem = createPublicKey({ key: forged.publicJwk as never, format: 'jwk' }).export({
      type: 'spki',
      format: 'pem',
    });
    for (const secret of [pem, JSON.stringify(forged.publicJwk), forged.publicJwk.n ?? '']) {
      const location = await endWith(({ nonce }) => {
        const text = `${encode({ alg: 'HS256', kid: 'one' })}.${encode(claimsFor(nonce))}`;
        return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
      });
      expect(location).toBe(failed);
    }
  });

  test('signed with the client secret (HS256)', async () => {
    const secret = Buffer.from('a secret of the provider that nobody else knows');
    expect(
      await endWith(({ nonce }) =>
        new SignJWT(claimsFor(nonce)).setProtectedHeader({ alg: 'HS256' }).sign(secret),
      ),
    ).toBe(failed);
  });

  test('signed with a key that they bring (jwk) or point to (jku, x5u)', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'own' };
    other.paths.length = 0;
    for (const header of [
      { jwk, kid: 'own' },
      { jwk, kid: 'one' },
      { jku: `${other.issuer}/jwks`, kid: 'one' },
      { x5u: `${other.issuer}/cert`, kid: 'one' },
      { kid: '../../etc/passwd' },
    ]) {
      const location = await endWith(({ nonce }) =>
        new SignJWT(claimsFor(nonce)).setProtectedHeader({ alg: 'RS256', ...header }).sign(privateKey),
      );
      expect(location, JSON.stringify(header)).toBe(failed);
    }
    expect(other.paths).toEqual([]);
  });

  test('changed after they were signed', async () => {
    const location = await endWith(async ({ nonce }) => {
      const [header, , signature] = (await forged.sign(claimsFor(nonce))).split('.');
      return `${header}.${encode(claimsFor(nonce, { sub: 'somebody else' }))}.${signature}`;
    });
    expect(location).toBe(failed);
  });

  const now = () => Math.floor(Date.now() / 1000);
  test.each<[string, () => Record<string, unknown>]>([
    ['of another issuer', () => ({ iss: 'https://evil.example' })],
    ['for another client', () => ({ aud: 'another' })],
    [
      'for several clients, of which another is meant',
      () => ({ aud: ['conclave', 'another'], azp: 'another' }),
    ],
    ['that have expired', () => ({ iat: now() - 900, exp: now() - 300 })],
    ['from the future', () => ({ nbf: now() + 600 })],
    ['without an end', () => ({ exp: undefined })],
    ['without a nonce', () => ({ nonce: undefined })],
    ['with the nonce of another sign-on', () => ({ nonce: 'another' })],
    ['without a subject', () => ({ sub: undefined })],
  ])('%s', async (_what, more) => {
    expect(
      await endWith(({ nonce }) => forged.sign(JSON.parse(JSON.stringify(claimsFor(nonce, more()))))),
    ).toBe(failed);
  });

  test('that are missing', async () => {
    const begun = await begin();
    forged.token = () => ({ access_token: 'a', token_type: 'bearer' });
    const query = { code: 'c', state: begun.state, iss: forged.issuer };
    expect((await comeBack(begun.client, callback(query))).location).toBe(failed);
  });
});

describe('the callback', () => {
  const honest = async (begun: Begun) => {
    const idToken = await forged.sign(claimsFor(begun.nonce));
    forged.token = () => ({ access_token: 'a', token_type: 'bearer', id_token: idToken });
    return { code: 'c', state: begun.state, iss: forged.issuer };
  };

  test('is good once (replay of the code and the nonce)', async () => {
    const begun = await begin();
    const kept = begun.client.signOn;
    const query = await honest(begun);
    expect((await comeBack(begun.client, callback(query))).location).toBe('/');
    const thief = new ApiClient(server.origin);
    thief.signOn = kept;
    expect((await comeBack(thief, callback(query))).location).toBe(expired);
    expect(await whoIs(thief)).toBeNull();
  });

  test('of many at once one is good', async () => {
    const begun = await begin();
    const query = await honest(begun);
    const locations = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const client = new ApiClient(server.origin);
        client.signOn = begun.client.signOn;
        return (await comeBack(client, callback(query))).location;
      }),
    );
    expect(locations.filter((location) => location === '/')).toHaveLength(1);
    expect(locations.filter((location) => location === expired)).toHaveLength(7);
  });

  test('does nothing in a browser that did not begin (CSRF, session fixation)', async () => {
    const attacker = await begin();
    const query = await honest(attacker);
    const victim = new ApiClient(server.origin);
    expect((await comeBack(victim, callback(query))).location).toBe(expired);
    // Nor in one that has begun another.
    const mine = await begin();
    expect((await comeBack(mine.client, callback(query))).location).toBe(failed);
    expect(await whoIs(mine.client)).toBeNull();
  });

  test('sends the verifier of its own challenge to the token endpoint (PKCE)', async () => {
    const begun = await begin();
    forged.asked.length = 0;
    await comeBack(begun.client, callback(await honest(begun)));
    const verifier = forged.asked[0]?.get('code_verifier') ?? '';
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
    expect(Buffer.from(digest).toString('base64url')).toBe(begun.challenge);
  });

  test.each<[string, (query: Record<string, string>) => string | Record<string, string>]>([
    ['another state', (query) => ({ ...query, state: 'another' })],
    ['no state', ({ code = '', iss = '' }) => ({ code, iss })],
    ['another issuer (RFC 9207)', (query) => ({ ...query, iss: 'https://evil.example' })],
    ['no issuer where the provider sends one', ({ code = '', state = '' }) => ({ code, state })],
    ['no code', ({ state = '', iss = '' }) => ({ state, iss })],
    ['two states', (query) => `${new URLSearchParams(query)}&state=${query['state']}`],
    ['two codes', (query) => `${new URLSearchParams(query)}&code=x`],
  ])('with %s', async (_what, change) => {
    const begun = await begin();
    const changed = change(await honest(begun));
    const address = `${callback({})}${typeof changed === 'string' ? changed : new URLSearchParams(changed)}`;
    forged.asked.length = 0;
    expect((await comeBack(begun.client, address)).location).toBe(failed);
    expect(forged.asked).toEqual([]);
    expect(await whoIs(begun.client)).toBeNull();
  });

  test('of another provider than the one that was asked (mix-up): no code goes to either', async () => {
    const begun = await begin(otherId);
    forged.asked.length = 0;
    other.asked.length = 0;
    const query = { code: 'c', state: begun.state, iss: forged.issuer };
    expect((await comeBack(begun.client, callback(query, providerId))).location).toBe(failed);
    const again = await begin(otherId);
    const mixed = { code: 'c', state: again.state, iss: forged.issuer };
    expect((await comeBack(again.client, callback(mixed, otherId))).location).toBe(failed);
    expect([forged.asked, other.asked]).toEqual([[], []]);
  });

  test('takes away the session that the browser had, and gives a new one', async () => {
    const first = await begin();
    await comeBack(first.client, callback(await honest(first)));
    const former = first.client.cookie;
    const second = await begin(providerId, first.client);
    await comeBack(second.client, callback(await honest(second)));
    expect(second.client.cookie).not.toBe(former);
    const thief = new ApiClient(server.origin);
    thief.cookie = former;
    expect(await whoIs(thief)).toBeNull();
  });

  test('is no page for a frame', async () => {
    const begun = await begin();
    const { pathname, search } = new URL(callback(await honest(begun)));
    const headers = { ...fromElsewhere, 'sec-fetch-dest': 'iframe' };
    const answer = await begun.client.send('GET', `${pathname}${search}`, { headers });
    expect([answer.status, answer.code]).toEqual([403, 'request.origin']);
  });

  test('of a sign-on that is too old', async () => {
    const begun = await begin();
    const query = await honest(begun);
    await server.context.database.db
      .updateTable('sign_on_pending')
      .set({ expires_at: new Date(Date.now() - 1) })
      .execute();
    expect((await comeBack(begun.client, callback(query))).location).toBe(expired);
  });

  test('of a provider that was switched off meanwhile, or that is none', async () => {
    const begun = await begin();
    const query = await honest(begun);
    const { db } = server.context.database;
    await db
      .updateTable('sign_on_providers')
      .set({ enabled: false })
      .where('id', '=', providerId as never)
      .execute();
    expect((await comeBack(begun.client, callback(query))).location).toBe(failed);
    await db
      .updateTable('sign_on_providers')
      .set({ enabled: true })
      .where('id', '=', providerId as never)
      .execute();
    const nowhere = await comeBack(begun.client, callback(query, 'nowhere'));
    expect(nowhere.answer.status).toBe(404);
  });
});

describe('an address', () => {
  const nobody = '/sign-in?refused=sign_on.no_account';
  let teller: ForgedProvider;
  const ids = new Map<boolean, string>();
  let count = 0;

  beforeAll(async () => {
    teller = await startForgedProvider();
    teller.metadata = { userinfo_endpoint: `${teller.issuer}/userinfo` };
    for (const vouchesForEmail of [true, false]) {
      const body = oidcInput(teller, { name: `vouches: ${vouchesForEmail}`, vouchesForEmail });
      const answer = await owner.call('createProvider', { body });
      ids.set(vouchesForEmail, (answer.body as { id: string }).id);
    }
  });
  afterAll(() => teller[Symbol.asyncDispose]());

  /** Where somebody new ends, of whom ID token and userinfo say this. */
  async function tell(vouches: boolean, inToken: object, inUserInfo: object): Promise<string> {
    const id = ids.get(vouches) ?? '';
    const { client, state, nonce } = await begin(id);
    const sub = `told-${++count}`;
    const { email: _, email_verified: __, ...rest } = claimsFor(nonce, { iss: teller.issuer, sub });
    const idToken = await teller.sign({ ...rest, ...filled(inToken) });
    teller.token = () => ({ access_token: 'a', token_type: 'bearer', id_token: idToken });
    teller.userInfo = { sub, ...filled(inUserInfo) };
    return (await comeBack(client, callback({ code: 'c', state, iss: teller.issuer }, id))).location;
  }
  const filled = (claims: object) =>
    JSON.parse(JSON.stringify(claims).replaceAll('NEW', `new-${count}@example.org`)) as object;
  const email = 'NEW';
  const another = 'another-NEW';

  test.each<[string, boolean, object, object]>([
    ['not verified, as text', true, { email, email_verified: 'false' }, {}],
    ['not verified, as a number', true, { email, email_verified: 0 }, {}],
    ['not verified, as null', true, { email, email_verified: null }, {}],
    ['not verified, where nobody vouches', false, { email, email_verified: 'false' }, {}],
    ['of which nothing is said, where nobody vouches', false, { email }, {}],
    ['of the ID token, verified by the userinfo alone', false, { email }, { email_verified: true }],
    ['of the userinfo, verified by the ID token alone', false, { email_verified: true }, { email }],
    ['of the ID token, which the userinfo doubts', true, { email }, { email_verified: false }],
    ['of the userinfo, which the ID token doubts', true, { email_verified: 'false' }, { email }],
    [
      'that the ID token doubts, while the userinfo verifies another',
      false,
      { email, email_verified: false },
      { email: another, email_verified: true },
    ],
  ])('%s is refused', async (_what, vouches, inToken, inUserInfo) => {
    expect(await tell(vouches, inToken, inUserInfo)).toBe(nobody);
  });

  test.each<[string, boolean, object, object]>([
    ['verified, as text', false, { email, email_verified: 'true' }, {}],
    ['verified in the userinfo', false, {}, { email, email_verified: true }],
    [
      'verified in the userinfo, which the ID token tells too',
      false,
      { email },
      { email, email_verified: true },
    ],
    ['of which nothing is said, where the administrator vouches', true, { email }, {}],
  ])('%s is taken', async (_what, vouches, inToken, inUserInfo) => {
    expect(await tell(vouches, inToken, inUserInfo)).toBe('/');
  });
});

test('beginning needs our own page', async () => {
  const client = new ApiClient(server.origin);
  const begin = (headers: Record<string, string | undefined>) =>
    client.call('beginSignOn', { params: { id: providerId }, body: { returnTo: '/' }, headers });
  expect((await begin({ origin: 'https://evil.example' })).code).toBe('request.origin');
  expect((await begin({ 'x-conclave': undefined })).code).toBe('request.origin');
  expect((await begin({ 'sec-fetch-site': 'cross-site' })).code).toBe('request.origin');
});
