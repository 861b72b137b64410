import { type Provider, type SignOnOverview, signOnAddresses, type TestResult } from '@conclave/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiClient } from '../../dev-env/ApiClient.ts';
import { addMember } from '../../dev-env/addMember.ts';
import { bootServer } from '../../dev-env/bootServer.ts';
import { OWNER, setUpOwner } from '../../dev-env/people.ts';
import type { ProviderPerson } from '../../dev-env/signOn/realProvider.ts';
import { walkThrough } from '../../dev-env/signOn/walkThrough.ts';
import { bootSignOn, comeBack, oidcInput, type SignOnWorld, signOn, urlIn } from './bootSignOn.ts';

// What whoever sets a provider up is told, so that they find out what is wrong without the service's log.
let world: SignOnWorld;
beforeAll(async () => {
  world = await bootSignOn({ domains: ['example.org'] });
});
afterAll(async () => world[Symbol.asyncDispose]());

const grace: ProviderPerson = { sub: 'g', email: 'grace@example.org', email_verified: true, name: 'Grace' };
const change = (more: object) =>
  world.owner.call('changeProvider', {
    params: { id: world.provider.id },
    body: oidcInput(world.real, { domains: ['example.org'], clientSecret: null, ...more }),
  });

async function tryOut(person: ProviderPerson): Promise<string> {
  world.real.signsIn = person;
  const begun = await world.owner.call('testProvider', {
    params: { id: world.provider.id },
    body: { returnTo: '/admin/sign-on' },
  });
  const callback = await walkThrough(urlIn(begun), world.server.origin);
  return (await comeBack(world.owner, callback)).location;
}

async function resultOf(person: ProviderPerson): Promise<TestResult> {
  expect(await tryOut(person)).toBe('/admin/sign-on?tested=yes');
  return (await world.owner.call('testResult')).body as TestResult;
}

test('a test that is refused says why', async () => {
  const { id } = world.provider;
  const refused = { provider: id, outcome: 'refused' };
  expect(await resultOf({ ...grace, email_verified: false })).toMatchObject({
    ...refused,
    refusal: 'address-not-verified',
  });
  expect(await resultOf({ ...grace, email: 'none' })).toMatchObject({ ...refused, refusal: 'no-address' });
  expect(await resultOf({ ...grace, email: 'g@elsewhere.example' })).toMatchObject({
    ...refused,
    refusal: 'other-domain',
  });
  expect(await resultOf(grace)).toMatchObject({ outcome: 'makes-account', refusal: null });
  expect((await change({ createsAccounts: false })).status).toBe(200);
  expect(await resultOf(grace)).toMatchObject({ ...refused, refusal: 'makes-no-accounts' });
  expect((await change({})).status).toBe(200);
});

test('of a suspended account it does not say that it would be signed in', async () => {
  world.real.signsIn = { ...grace, sub: 's', email: 'suspended@example.org' };
  const { client } = await signOn(world, world.provider.id);
  const me = (await client.call('me')).body as { account: { id: string } };
  await world.owner.call('changePerson', { params: { id: me.account.id }, body: { status: 'suspended' } });
  const person = { ...grace, sub: 's', email: 'suspended@example.org' };
  expect(await resultOf(person)).toMatchObject({ outcome: 'refused', refusal: 'suspended' });
});

test('a wrong client secret is named to whoever tests, and to nobody else', async () => {
  expect((await change({ clientSecret: 'not the secret' })).status).toBe(200);
  expect(await tryOut(grace)).toBe('/admin/sign-on?refused=sign_on.failed&reason=client-refused');
  expect((await signOn(world, world.provider.id)).location).toBe('/sign-in?refused=sign_on.failed');
  expect((await change({ clientSecret: world.real.clientSecret })).status).toBe(200);
});

test('the addresses are known before the provider is saved: its id is chosen by who adds it, once', async () => {
  const id = crypto.randomUUID();
  const input = { ...oidcInput(world.real, { name: 'Second' }), id };
  const made = await world.owner.call('createProvider', { body: input });
  expect(made.status).toBe(200);
  const { redirectUri, logoutUri } = made.body as Extract<Provider, { kind: 'oidc' }>;
  const known = made.body as { id: Provider['id'] };
  expect(known.id).toBe(id);
  expect(redirectUri).toBe(signOnAddresses.callback(world.server.origin, known.id));
  expect(logoutUri).toBe(signOnAddresses.logout(world.server.origin, known.id));
  // Not over one that is there.
  const again = await world.owner.call('createProvider', { body: { ...input, name: 'Third' } });
  expect([again.code, fieldOf(again)]).toEqual(['request.invalid', 'id']);
  const names = await overviewOf(world.owner);
  expect(names.providers.map(({ name }) => name)).toEqual(['Second', 'Test provider']);
});

test('nobody makes accounts for everybody at Google, or at Microsoft, without saying whose', async () => {
  const google = { preset: 'google', issuer: 'https://accounts.google.com', enabled: false } as const;
  const refusal = async (more: object) => {
    const answer = await world.owner.call('createProvider', { body: oidcInput(world.real, more) });
    return answer.status === 200 ? null : [answer.code, fieldOf(answer)];
  };
  expect(await refusal(google)).toEqual(['request.invalid', 'hostedDomain']);
  expect(await refusal({ ...google, preset: 'generic' })).toEqual(['request.invalid', 'domains']);
  expect(await refusal({ ...google, createsAccounts: false })).toBeNull();
  expect(await refusal({ ...google, hostedDomain: 'example.com' })).toBeNull();
  expect(await refusal({ ...google, domains: ['example.net'] })).toBeNull();
  const issuer = 'https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0';
  expect(await refusal({ preset: 'microsoft', issuer, enabled: false })).toEqual([
    'request.invalid',
    'issuer',
  ]);
});

test('owners who could not use their password any more are named to an owner, and to nobody else', async () => {
  const { client: administrator } = await addMember(world.server, 'administrator');
  expect((await overviewOf(world.owner)).ownersWithoutFactor).toEqual([OWNER.name]);
  expect((await overviewOf(administrator)).ownersWithoutFactor).toEqual([]);
});

test('and so is how many people have an address that is of none of the mail domains', async () => {
  const { owner, provider, real, server } = world;
  const { client: administrator } = await addMember(server, 'administrator');
  const before = (await overviewOf(owner)).outsideDomains;
  const invite = async (email: string) =>
    (await owner.call('invitePerson', { body: { email, name: 'Somebody', role: 'member' } })).body as {
      person: { id: string };
      link: string;
    };
  await invite('inside@example.org');
  const { link } = await invite('outside@elsewhere.example');
  // It is not the end of the address that counts.
  await invite('outside@not-example.org');
  const { person: suspended } = await invite('gone@elsewhere.example');
  expect((await overviewOf(owner)).outsideDomains).toBe(before + 3);
  await owner.call('changePerson', { params: { id: suspended.id }, body: { status: 'suspended' } });
  expect((await overviewOf(owner)).outsideDomains).toBe(before + 2);
  // Whoever has come through the provider does so again.
  real.signsIn = { ...grace, sub: 'o', email: 'outside@elsewhere.example' };
  const { client } = await signOn(world, provider.id);
  const token = link.slice(link.indexOf('#') + 1);
  await client.call('useLink', { body: { token, password: 'copper lantern drifts north' } });
  expect((await client.call('confirmLink')).status).toBe(204);
  expect((await overviewOf(owner)).outsideDomains).toBe(before + 1);
  expect((await overviewOf(administrator)).outsideDomains).toBe(0);
  // Without domains there is nothing to be outside of.
  expect((await change({ domains: [] })).status).toBe(200);
  expect((await overviewOf(owner)).outsideDomains).toBe(0);
  expect((await change({})).status).toBe(200);
});

test('a provider inside the network is not asked, and it is said what to do', async () => {
  await using server = await bootServer({});
  const { client } = await setUpOwner(server);
  const answer = await client.call('createProvider', { body: oidcInput(world.real) });
  expect(answer.code).toBe('sign_on.provider_private');
});

async function overviewOf(client: ApiClient): Promise<SignOnOverview> {
  return (await client.call('signOnOverview')).body as SignOnOverview;
}

function fieldOf({ body }: { readonly body: unknown }): unknown {
  return (body as { error: { field?: string } }).error.field;
}
