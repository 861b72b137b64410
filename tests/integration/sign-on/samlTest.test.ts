import { randomUUID } from 'node:crypto';
import type { TestResult } from '@conclave/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { addMember } from '../../dev-env/addMember.ts';
import { afterQuery } from '../../dev-env/afterQuery.ts';
import { type BootedServer, bootServer } from '../../dev-env/bootServer.ts';
import { setUpOwner } from '../../dev-env/people.ts';
import {
  makeSamlProvider,
  responseXml,
  type SamlAnswer,
  type SamlProvider,
} from '../../dev-env/signOn/samlProvider.ts';
import { comeBack, fromElsewhere, urlIn } from './bootSignOn.ts';

// What whoever sets a SAML provider up is told when a test fails, and what nobody else is told.
let server: BootedServer;
let idp: SamlProvider;
let owner: ApiClient;
let provider: { id: string; acsUrl: string };
const lines: string[] = [];
const page = '/admin/sign-on';

beforeAll(async () => {
  idp = await makeSamlProvider();
  server = await bootServer({
    parts: [],
    settings: { log: { level: 'trace' } },
    logInto: { write: (line) => void lines.push(line) },
  });
  owner = (await setUpOwner(server)).client;
  const answer = await owner.call('createProvider', {
    body: {
      kind: 'saml',
      name: 'SAML provider',
      // Tested before anybody can use it.
      enabled: false,
      domains: [],
      createsAccounts: true,
      defaultRole: 'member',
      roleRules: [],
      vouchesForEmail: true,
      asksFactor: false,
      entityId: idp.entityId,
      ssoUrl: idp.ssoUrl,
      certificates: [idp.certificate],
      emailAttribute: '',
      nameAttribute: '',
    },
  });
  expect(answer.status).toBe(200);
  provider = answer.body as typeof provider;
});
afterAll(async () => server[Symbol.asyncDispose]());

async function begin(client = owner): Promise<SamlAnswer> {
  const params = { id: provider.id };
  const begun = await client.call('testProvider', { params, body: { returnTo: page } });
  const request = idp.readRequest(urlIn(begun));
  return {
    inResponseTo: request.id,
    acsUrl: request.acsUrl,
    audience: request.issuer,
    nameId: 'secret-name',
    attributes: { email: ['secret@example.org'] },
  };
}

/** The form that the provider's page posts, without a cookie of ours. */
async function post(xml: string): Promise<string> {
  const response = await fetch(provider.acsUrl, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: new URL(idp.ssoUrl).origin, ...fromElsewhere },
    body: new URLSearchParams({ SAMLResponse: Buffer.from(xml, 'utf8').toString('base64') }),
  });
  return response.headers.get('location') ?? '';
}

async function goOn(client: ApiClient, location: string): Promise<string> {
  expect(location).toMatch(/\/finish\?answer=[\w-]{43}$/);
  return (await comeBack(client, `${server.origin}${location}`)).location;
}

const told = (reason: string) => `${page}?refused=sign_on.failed&reason=${reason}`;
const unsigned = (answer: SamlAnswer) => responseXml(idp.entityId, '_a', answer);
const status = (answer: SamlAnswer, code: string) =>
  unsigned(answer)
    .replace(/<saml:Assertion[\s\S]*<\/saml:Assertion>/, '')
    .replace('status:Success', `status:${code}`);

describe('a test that fails says why', () => {
  test.each<[string, string, (answer: SamlAnswer) => string | Promise<string>]>([
    ['another audience', 'audience-differs', (a) => idp.answer({ ...a, audience: 'https://secret.example' })],
    ['another issuer', 'issuer-differs', (a) => idp.answer({ ...a, issuer: 'https://secret.example' })],
    [
      'another recipient',
      'recipient-differs',
      (a) => idp.answer({ ...a, recipient: 'https://secret.example' }),
    ],
    ['it has expired', 'clock', (a) => idp.answer({ ...a, notOnOrAfter: -120_000 })],
    ['it is for later', 'clock', (a) => idp.answer({ ...a, notBefore: 180_000 })],
    ['nothing is signed', 'assertion-not-signed', (a) => unsigned(a)],
    [
      'only the envelope is signed',
      'assertion-not-signed',
      (a) => {
        const xml = unsigned(a);
        return idp.sign(xml, /ID="(_[^"]+)"/.exec(xml)?.[1] ?? '');
      },
    ],
    [
      'by another certificate',
      'certificate-differs',
      async (a) => (await makeSamlProvider(idp.entityId)).answer(a),
    ],
    [
      'by the certificate that was entered, and changed after that',
      'signature-invalid',
      (a) => idp.answer(a).replace('>secret-name<', '>secret-other<'),
    ],
    [
      'by nobody says whom',
      'signature-invalid',
      async (a) =>
        (await makeSamlProvider(idp.entityId)).answer(a).replace(/<KeyInfo>[\s\S]*<\/KeyInfo>/, ''),
    ],
    [
      'SHA-1',
      'signature-weak',
      (a) =>
        idp.sign(unsigned(a), '_a', {
          algorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
          digest: 'http://www.w3.org/2000/09/xmldsig#sha1',
        }),
    ],
    [
      'encrypted',
      'assertion-encrypted',
      (a) => unsigned(a).replaceAll('saml:Assertion', 'saml:EncryptedAssertion'),
    ],
    [
      'a name for this once',
      'no-lasting-name',
      (a) => idp.answer({ ...a, nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' }),
    ],
    ['an error of the provider', 'provider-refused', (a) => status(a, 'Requester')],
    ['no assertion', 'answer-malformed', (a) => status(a, 'Success')],
    [
      'a comment in it',
      'answer-malformed',
      (a) => idp.answer(a).replace('>secret-name<', '>sec<!-- -->ret<'),
    ],
  ])('%s', async (_what, reason, makeXml) => {
    const answer = await begin();
    const location = await post(await makeXml(answer));
    expect(await goOn(owner, location)).toBe(told(reason));
    // It was used up: nothing is left to be finished.
    expect(await goOn(owner, location)).toBe('/sign-in?refused=sign_on.expired');
  });

  test('an assertion that came before', async () => {
    const xml = idp.answer({ ...(await begin()), assertionId: '_same' });
    expect(await goOn(owner, await post(xml))).toBe(`${page}?tested=yes`);
    expect(await post(xml)).toBe('/sign-in?refused=sign_on.failed');
    const again = await begin();
    const second = await post(idp.answer({ ...again, assertionId: '_same' }));
    expect(await goOn(owner, second)).toBe(told('replayed'));
  });

  test('no mail address', async () => {
    const answer = await begin();
    const location = await post(idp.answer({ ...answer, attributes: { name: ['Grace'] } }));
    expect(await goOn(owner, location)).toBe(`${page}?tested=yes`);
    const result = (await owner.call('testResult')).body as TestResult;
    expect(result).toMatchObject({ outcome: 'refused', refusal: 'no-address', email: null });
  });
});

test('a database that fails is a fault of the service, and not one of the answer', async () => {
  const answer = await begin();
  const broken = Object.assign(new Error('nothing can be read'), { code: '57P01' });
  using _ = afterQuery(server.context.signOnPorts, 'sign_on_pending', () => Promise.reject(broken));
  const before = lines.length;
  expect(await post(idp.answer(answer))).toBe('/sign-in?refused=server.internal');
  expect(lines.slice(before).join('')).toContain('57P01');
});

describe('nobody else is told', () => {
  const wrong = (answer: SamlAnswer) => idp.answer({ ...answer, audience: 'https://secret.example' });

  test('whoever has the token and did not begin the test', async () => {
    const location = await post(wrong(await begin()));
    const { client: member } = await addMember(server);
    for (const client of [new ApiClient(server.origin), member]) {
      expect(await goOn(client, location)).toBe('/sign-in?refused=sign_on.expired');
    }
    expect(await goOn(owner, location)).toBe(told('audience-differs'));
  });

  test('whoever began another test, or has a token that is none', async () => {
    const location = await post(wrong(await begin()));
    const other = new ApiClient(server.origin);
    other.cookie = owner.cookie;
    await begin(other);
    expect(await goOn(other, location)).toBe('/sign-in?refused=sign_on.failed');
    const guessed = location.replace(/answer=.*/, `answer=${'A'.repeat(43)}`);
    expect(await goOn(owner, guessed)).toBe('/sign-in?refused=sign_on.failed');
    // Neither used the test up.
    expect(await goOn(owner, location)).toBe(told('audience-differs'));
  });

  test('whoever signs in', async () => {
    const change = { ...((await owner.call('signOnOverview')).body as { providers: object[] }).providers[0] };
    expect(change).toMatchObject({ enabled: false });
    const { db } = server.context.database;
    await db.updateTable('sign_on_providers').set({ enabled: true }).execute();
    const client = new ApiClient(server.origin);
    const begun = await client.call('beginSignOn', { params: { id: provider.id }, body: { returnTo: '/' } });
    const request = idp.readRequest(urlIn(begun));
    const answer = { inResponseTo: request.id, acsUrl: request.acsUrl, audience: 'https://secret.example' };
    expect(await post(idp.answer(answer))).toBe('/sign-in?refused=sign_on.failed');
  });

  test('and an answer to a request that nobody made is no test', async () => {
    const answer = await begin();
    for (const inResponseTo of [`_${randomUUID().replaceAll('-', '')}00000000`, '', '_0']) {
      expect(await post(idp.answer({ ...answer, inResponseTo }))).toBe('/sign-in?refused=sign_on.failed');
    }
  });
});

test('the log names each fault, and has nothing of what the provider said', () => {
  const log = lines.join('');
  expect(log).toContain('audience-differs');
  expect(log).toContain('certificate-differs');
  expect(log).not.toContain('secret');
});
