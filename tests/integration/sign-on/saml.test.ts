import { createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { type BootedServer, bootServer } from '../../dev-env/bootServer.ts';
import { setUpOwner } from '../../dev-env/people.ts';
import {
  assertionXml,
  makeSamlProvider,
  responseXml,
  type SamlAnswer,
  type SamlProvider,
} from '../../dev-env/signOn/samlProvider.ts';
import { comeBack, fromElsewhere, urlIn, whoIs } from './bootSignOn.ts';

let server: BootedServer;
let idp: SamlProvider;
let owner: ApiClient;
let provider: { id: string; acsUrl: string; ownEntityId: string; metadataUrl: string };
const failed = '/sign-in?refused=sign_on.failed';
const expired = '/sign-in?refused=sign_on.expired';

beforeAll(async () => {
  idp = await makeSamlProvider();
  server = await bootServer();
  owner = (await setUpOwner(server)).client;
  const answer = await owner.call('createProvider', { body: providerInput() });
  expect(answer.status).toBe(200);
  provider = answer.body as typeof provider;
});
afterAll(async () => server[Symbol.asyncDispose]());

function providerInput(more: object = {}): object {
  return {
    kind: 'saml',
    name: 'SAML provider',
    enabled: true,
    domains: ['example.org'],
    createsAccounts: true,
    defaultRole: 'member',
    roleRules: [{ claim: 'groups', value: 'navy', role: 'organiser' }],
    vouchesForEmail: true,
    asksFactor: false,
    entityId: idp.entityId,
    ssoUrl: idp.ssoUrl,
    certificates: [idp.certificate],
    emailAttribute: '',
    nameAttribute: '',
    ...more,
  };
}

interface Begun {
  readonly client: ApiClient;
  readonly answer: SamlAnswer;
}

async function begin(): Promise<Begun> {
  const client = new ApiClient(server.origin);
  const begun = await client.call('beginSignOn', {
    params: { id: provider.id },
    body: { returnTo: '/sessions' },
  });
  const request = idp.readRequest(urlIn(begun));
  expect(request).toMatchObject({ acsUrl: provider.acsUrl, issuer: provider.ownEntityId });
  return {
    client,
    answer: {
      inResponseTo: request.id,
      acsUrl: request.acsUrl,
      audience: request.issuer,
      nameId: 'grace',
      attributes: { email: ['Grace@example.org'], displayName: ['Grace Hopper'], groups: ['navy'] },
    },
  };
}

/** The form that the provider's page posts: another site, so no cookie of ours comes with it. */
async function post(xml: string): Promise<string> {
  const response = await fetch(provider.acsUrl, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: new URL(idp.ssoUrl).origin, ...fromElsewhere },
    body: new URLSearchParams({ SAMLResponse: Buffer.from(xml, 'utf8').toString('base64') }),
  });
  expect(response.status).toBe(303);
  return response.headers.get('location') ?? '';
}

async function endWith(makeXml: (answer: SamlAnswer) => string): Promise<string> {
  const { client, answer } = await begin();
  const location = await post(makeXml(answer));
  if (!location.includes('/finish?answer=')) {
    // Nothing is there to be gone on with.
    const after = await comeBack(client, `${server.origin}/api/v1/sign-on/${provider.id}/finish`);
    expect(after.location).toBe(failed);
    expect(await whoIs(client)).toBeNull();
    return location;
  }
  const { location: end } = await comeBack(client, `${server.origin}${location}`);
  expect((await whoIs(client))?.name).toBe('Grace Hopper');
  return end;
}

test('an honest answer signs in, with the name and the role that it says', async () => {
  expect(await endWith((answer) => idp.answer(answer))).toBe('/sessions');
  const { client, answer } = await begin();
  const location = await post(idp.answer(answer));
  await comeBack(client, `${server.origin}${location}`);
  expect(await whoIs(client)).toMatchObject({
    email: 'grace@example.org',
    role: 'organiser',
    hasPassword: false,
  });
});

test('an account that is made so gets mails in the language of the browser', async () => {
  const { client, answer } = await begin();
  const attributes = { email: ['anna@example.org'], displayName: ['Anna'] };
  const location = await post(idp.answer({ ...answer, nameId: 'anna', attributes }));
  const headers = { ...fromElsewhere, 'accept-language': 'sv, de-AT;q=0.9, en;q=0.8' };
  await client.send('GET', location, { headers });
  expect(await whoIs(client)).toMatchObject({ name: 'Anna', mailLanguage: 'de' });
});

test('the metadata says who we are and where we take answers', async () => {
  const response = await fetch(provider.metadataUrl);
  const xml = await response.text();
  expect(response.headers.get('content-type')).toContain('application/samlmetadata+xml');
  expect(xml).toContain(`entityID="${provider.ownEntityId}"`);
  expect(xml).toContain(`Location="${provider.acsUrl}"`);
  expect(xml).toContain('WantAssertionsSigned="true"');
});

describe('an answer is refused', () => {
  test.each<[string, Partial<SamlAnswer>]>([
    ['for another audience', { audience: 'https://another.example' }],
    ['of another provider', { issuer: 'https://evil.example' }],
    ['for another recipient', { recipient: 'https://another.example/acs' }],
    ['that has expired', { notOnOrAfter: -120_000 }],
    ['that is for later', { notBefore: 180_000 }],
    ['to a request that we did not make', { inResponseTo: '_0000' }],
    ['to no request', { inResponseTo: '' }],
    ['about somebody for this once', { nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' }],
  ])('%s', async (_what, more) => {
    expect(await endWith((answer) => idp.answer({ ...answer, ...more }))).toBe(failed);
  });

  test('without a signature, and with one of another key', async () => {
    expect(await endWith((answer) => responseXml(idp.entityId, '_a', answer))).toBe(failed);
    const another = await makeSamlProvider(idp.entityId);
    expect(await endWith((answer) => another.answer(answer))).toBe(failed);
  });

  test('of which only the envelope is signed', async () => {
    expect(
      await endWith((answer) => {
        const xml = responseXml(idp.entityId, '_a', answer);
        return idp.sign(xml, /ID="(_[^"]+)"/.exec(xml)?.[1] ?? '');
      }),
    ).toBe(failed);
  });

  test('that was changed after it was signed', async () => {
    expect(
      await endWith((answer) => idp.answer(answer).replace('Grace@example.org', 'ada@example.org')),
    ).toBe(failed);
    expect(await endWith((answer) => idp.answer(answer).replace('>grace<', '>ada<'))).toBe(failed);
  });

  test('signed with SHA-1', async () => {
    expect(
      await endWith((answer) =>
        idp.sign(responseXml(idp.entityId, '_a', answer), '_a', {
          algorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
          digest: 'http://www.w3.org/2000/09/xmldsig#sha1',
        }),
      ),
    ).toBe(failed);
  });

  test('with a document type (XXE), a comment in the name, or no XML at all', async () => {
    const dtd = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>';
    expect(await endWith((answer) => `${dtd}${idp.answer(answer)}`)).toBe(failed);
    expect(await endWith((answer) => idp.answer(answer).replace('>grace<', '>gra<!-- -->ce<'))).toBe(failed);
    expect(await endWith(() => 'nonsense')).toBe(failed);
    expect(await endWith(() => '<a>'.repeat(20_000))).toBe(failed);
  });
});

describe('an answer is good once', () => {
  test('for one request, in one browser', async () => {
    const { client, answer } = await begin();
    const xml = idp.answer(answer);
    const location = await post(xml);
    expect(await post(xml)).toBe(failed);
    // Somebody who has the answer and not the browser has nothing.
    const thief = new ApiClient(server.origin);
    expect((await comeBack(thief, `${server.origin}${location}`)).location).toBe(expired);
    const kept = client.signOn;
    expect((await comeBack(client, `${server.origin}${location}`)).location).toBe('/sessions');
    thief.signOn = kept;
    expect((await comeBack(thief, `${server.origin}${location}`)).location).toBe(expired);
  });

  test('an assertion, whatever request it is put to', async () => {
    const first = await begin();
    await post(idp.answer({ ...first.answer, assertionId: '_same' }));
    const second = await begin();
    expect(await post(idp.answer({ ...second.answer, assertionId: '_same' }))).toBe(failed);
  });

  test('a sign-on that somebody else began does not sign the victim in (CSRF)', async () => {
    const attacker = await begin();
    const location = await post(idp.answer(attacker.answer));
    const victim = await begin();
    expect((await comeBack(victim.client, `${server.origin}${location}`)).location).toBe(failed);
    expect(await whoIs(victim.client)).toBeNull();
  });
});

/**
 * The attacker begins, keeps the cookie and sends the victim the provider's address; the victim, who is signed in there, posts an
 * honest answer to the attacker's request.
 */
describe('whoever began a sign-on is not signed in as the one who answered it', () => {
  const finish = () => `${server.origin}/api/v1/sign-on/${provider.id}/finish`;

  test('the attacker has the cookie alone, the victim the token alone', async () => {
    const attacker = await begin();
    const location = await post(idp.answer(attacker.answer));
    for (const guess of ['', '?answer=', '?answer=x', `?answer=${'A'.repeat(43)}`, '?answer=x&answer=y']) {
      expect((await comeBack(attacker.client, `${finish()}${guess}`)).location).toBe(failed);
    }
    expect(await whoIs(attacker.client)).toBeNull();
    const victim = new ApiClient(server.origin);
    expect((await comeBack(victim, `${server.origin}${location}`)).location).toBe(expired);
    expect(await whoIs(victim)).toBeNull();
  });

  test('nor with the token of an answer to another sign-on', async () => {
    const attacker = await begin();
    await post(idp.answer(attacker.answer));
    const own = await begin();
    const location = await post(idp.answer({ ...own.answer, nameId: 'mallory' }));
    expect((await comeBack(attacker.client, `${server.origin}${location}`)).location).toBe(failed);
    expect(await whoIs(attacker.client)).toBeNull();
  });

  test('coming too early uses nothing up, and the token is told to nobody', async () => {
    const { client, answer } = await begin();
    const early = await comeBack(client, finish());
    expect(early.location).toBe(failed);
    expect(early.answer.headers.get('set-cookie')).toBeNull();
    const location = await post(idp.answer(answer));
    expect((await comeBack(client, finish())).location).toBe(failed);
    const end = await comeBack(client, `${server.origin}${location}`);
    expect(end.location).toBe('/sessions');
    expect(end.answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(end.answer.headers.get('cache-control')).toBe('no-store');
    expect((await whoIs(client))?.name).toBe('Grace Hopper');
  });
});

/**
 * Signature wrapping (Somorovsky et al., USENIX Security 2012): the signed assertion is somewhere else in the document than the one
 * that would be read.
 */
describe('signature wrapping', () => {
  const evil = (answer: SamlAnswer): SamlAnswer => ({
    ...answer,
    nameId: 'evil',
    attributes: { ...answer.attributes, email: ['ada@example.org'] },
  });
  const parts = (answer: SamlAnswer, id: string) => {
    const signed = idp.answer({ ...answer, assertionId: id });
    const assertion = /<saml:Assertion[\s\S]*<\/saml:Assertion>/.exec(signed)?.[0] ?? '';
    const signature = /<(?:ds:)?Signature[\s\S]*<\/(?:ds:)?Signature>/.exec(assertion)?.[0] ?? '';
    return { signed, assertion, signature };
  };
  const wrappings: Record<string, (answer: SamlAnswer) => string> = {
    'XSW1: a copy of the envelope inside the signature': (answer) => {
      const { signed, assertion } = parts(answer, '_a');
      const forged = assertionXml(idp.entityId, '_evil', evil(answer));
      return signed.replace(
        assertion,
        forged.replace('<saml:Subject>', `<Object>${assertion}</Object><saml:Subject>`),
      );
    },
    'XSW2: the signed envelope before the forged one': (answer) => {
      const { signed, assertion, signature } = parts(answer, '_a');
      const forged = assertionXml(idp.entityId, '_evil', evil(answer));
      return signed.replace(assertion, `${signature}${assertion.replace(signature, '')}${forged}`);
    },
    'XSW3: the forged assertion before the signed one': (answer) => {
      const { signed, assertion } = parts(answer, '_a');
      return signed.replace(assertion, `${assertionXml(idp.entityId, '_evil', evil(answer))}${assertion}`);
    },
    'XSW4: the signed assertion inside the forged one': (answer) => {
      const { signed, assertion } = parts(answer, '_a');
      const forged = assertionXml(idp.entityId, '_evil', evil(answer));
      return signed.replace(assertion, forged.replace('</saml:Assertion>', `${assertion}</saml:Assertion>`));
    },
    'XSW5: the forged one has the signature, the signed one stands after it': (answer) => {
      const { signed, assertion, signature } = parts(answer, '_a');
      const forged = assertionXml(idp.entityId, '_evil', evil(answer)).replace(
        '</saml:Issuer>',
        `</saml:Issuer>${signature}`,
      );
      return signed.replace(assertion, `${forged}${assertion.replace(signature, '')}`);
    },
    'XSW6: the same, the signed one inside the signature': (answer) => {
      const { signed, assertion, signature } = parts(answer, '_a');
      const inner = signature.replace(
        /<\/(ds:)?Signature>$/,
        (end) => `${assertion.replace(signature, '')}${end}`,
      );
      const forged = assertionXml(idp.entityId, '_evil', evil(answer)).replace(
        '</saml:Issuer>',
        `</saml:Issuer>${inner}`,
      );
      return signed.replace(assertion, forged);
    },
    'XSW7: the forged one in Extensions': (answer) => {
      const { signed, assertion } = parts(answer, '_a');
      const forged = assertionXml(idp.entityId, '_a', evil(answer));
      return signed.replace(assertion, `<samlp:Extensions>${forged}</samlp:Extensions>${assertion}`);
    },
    'XSW8: the signed one in an Object of the forged one’s signature': (answer) => {
      const { signed, assertion, signature } = parts(answer, '_a');
      const inner = signature.replace(
        /<\/(ds:)?Signature>$/,
        (end) =>
          `<Object xmlns="http://www.w3.org/2000/09/xmldsig#">${assertion.replace(signature, '')}</Object>${end}`,
      );
      const forged = assertionXml(idp.entityId, '_a', evil(answer)).replace(
        '</saml:Issuer>',
        `</saml:Issuer>${inner}`,
      );
      return signed.replace(assertion, forged);
    },
    'two assertions, of which the second is signed': (answer) => {
      const { signed, assertion } = parts(answer, '_a');
      return signed.replace(assertion, `${assertionXml(idp.entityId, '_evil', evil(answer))}${assertion}`);
    },
    'two with the same id': (answer) => {
      const { signed, assertion } = parts(answer, '_a');
      return signed.replace(assertion, `${assertion}${assertionXml(idp.entityId, '_a', evil(answer))}`);
    },
  };

  test.each(Object.entries(wrappings))('%s', async (_name, wrap) => {
    expect(await endWith(wrap)).toBe(failed);
    const { db } = server.context.database;
    const forged = await db
      .selectFrom('sign_on_identities')
      .select('id')
      .where('subject', '=', 'evil')
      .execute();
    expect(forged).toEqual([]);
  });
});

test('nothing but a form is taken, and only of a sane size', async () => {
  const json = await fetch(provider.acsUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"SAMLResponse":"x"}',
    redirect: 'manual',
  });
  expect(json.headers.get('location')).toBe(failed);
  const large = await fetch(provider.acsUrl, {
    method: 'POST',
    body: new URLSearchParams({ SAMLResponse: 'A'.repeat(300_000) }),
  });
  expect(large.status).toBe(413);
});

test.each([
  ['no certificate', 'nonsense'],
  [
    'a public key alone',
    () => createPublicKey(idp.certificate).export({ type: 'spki', format: 'pem' }).toString(),
  ],
])('%s is refused as one', async (_what, certificate) => {
  const text = typeof certificate === 'string' ? certificate : certificate();
  const answer = await owner.call('createProvider', {
    body: providerInput({ domains: [], certificates: [text] }),
  });
  expect([answer.code, (answer.body as { error: { field: string } }).error.field]).toEqual([
    'request.invalid',
    'certificates',
  ]);
});
