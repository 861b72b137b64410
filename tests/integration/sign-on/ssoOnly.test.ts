import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { addMember } from '../../dev-env/addMember.ts';
import { firstStep, secondStep, setUpTotp, type TotpOwner, totpAt } from '../../dev-env/factors.ts';
import { OWNER } from '../../dev-env/people.ts';
import { walkThrough } from '../../dev-env/signOn/walkThrough.ts';
import { bootSignOn, comeBack, oidcInput, type SignOnWorld, signOn, urlIn, whoIs } from './bootSignOn.ts';

let world: SignOnWorld;
let app: TotpOwner;
beforeAll(async () => {
  world = await bootSignOn();
});
afterAll(async () => world[Symbol.asyncDispose]());
const set = (ssoOnly: boolean) => world.owner.call('setSsoOnly', { body: { ssoOnly } });
beforeEach(async () => {
  await set(false);
});

const problems = async () =>
  ((await world.owner.call('signOnOverview')).body as { problems: string[] }).problems;
const passwordOf = (client: ApiClient, email: string) =>
  client.call('signIn', { body: { email, password: OWNER.password } });

async function linkOwner(): Promise<void> {
  world.real.signsIn = { sub: 'ada', email: OWNER.email, email_verified: true, name: OWNER.name };
  const begun = await world.owner.call('beginLink', {
    params: { id: world.provider.id },
    body: { returnTo: '/' },
  });
  const { location } = await comeBack(world.owner, await walkThrough(urlIn(begun), world.server.origin));
  expect(location).toBe('/?linked=yes');
}

describe('passwords are switched off', () => {
  test('only when somebody who runs the service came in through a provider, and an owner has a second factor', async () => {
    expect(await problems()).toEqual(['no-provider-used', 'no-owner-with-factor']);
    expect((await set(true)).code).toBe('sign_on.not_ready');
    app = await setUpTotp(world.owner, Date.now());
    expect(await problems()).toEqual(['no-provider-used']);
    expect((await set(true)).code).toBe('sign_on.not_ready');
    // Nor by the other way to the same setting.
    const { version } = world.server.context.policy.state;
    const changes = { signOn: 'sso-only' };
    expect((await world.owner.call('changePolicy', { body: { version, changes } })).code).toBe(
      'sign_on.not_ready',
    );
    await linkOwner();
    expect(await problems()).toEqual([]);
    expect((await set(true)).status).toBe(204);
    expect((await new ApiClient(world.server.origin).call('listSignOn')).body).toMatchObject({
      ssoOnly: true,
    });
    expect((await set(false)).status).toBe(204);
  });

  test('for everybody: a right password gets the same answer as a wrong one, and no account has', async () => {
    const { client: member } = await addMember(world.server);
    const email = (await whoIs(member))?.email ?? '';
    await set(true);
    const visitor = new ApiClient(world.server.origin);
    const answers = [
      await passwordOf(visitor, email),
      await visitor.call('signIn', { body: { email, password: 'not the password at all' } }),
      await passwordOf(visitor, 'nobody@example.org'),
    ];
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    expect(answers[0]?.code).toBe('auth.wrong_credentials');
    // Who was in already stays in.
    expect(await whoIs(member)).not.toBeNull();
  });

  test('and the last ways in stay: the provider, and the owner who has a second factor', async () => {
    const { client: other } = await addMember(world.server, 'owner');
    await set(true);
    const { owner, provider, ownerAccount } = world;
    const at = { params: { id: provider.id } };
    const off = oidcInput(world.real, { enabled: false, clientSecret: null });
    const ada = { params: { id: ownerAccount.id } };
    const tries = [
      await owner.call('removeFactor', { params: { id: app.id } }),
      await owner.call('changeProvider', { ...at, body: off }),
      await owner.call('deleteProvider', at),
      await other.call('changePerson', { ...ada, body: { status: 'suspended' } }),
      await other.call('changePerson', { ...ada, body: { role: 'administrator' } }),
      await other.call('resetFactors', ada),
      await other.call('eraseData', { ...ada, body: { email: OWNER.email } }),
    ];
    expect(tries.map(({ code }) => code)).toEqual(tries.map(() => 'sign_on.not_ready'));
    expect(await problems()).toEqual([]);
    expect(await whoIs(owner)).toMatchObject({ role: 'owner' });
    // What is there twice may go.
    const { id } = await setUpTotp(other, Date.now());
    expect((await other.call('removeFactor', { params: { id } })).status).toBe(204);
  });

  test('but for an owner with a second factor, for when no provider answers', async () => {
    await set(true);
    const visitor = new ApiClient(world.server.origin);
    const { challenge } = await firstStep(visitor);
    expect(await whoIs(visitor)).toBeNull();
    // The next code: the present one was used to set the app up.
    const code = totpAt(app.secret, Date.now() + 30_000);
    expect((await secondStep(visitor, challenge, 'totp', code)).status).toBe(200);
    expect(await whoIs(visitor)).toMatchObject({ email: OWNER.email });
  });

  test('and once for whoever has come from the provider, to show that an account is theirs', async () => {
    const { client: member } = await addMember(world.server);
    const email = (await whoIs(member))?.email ?? '';
    const other = (await whoIs((await addMember(world.server)).client))?.email ?? '';
    await set(true);
    world.real.signsIn = { sub: 'late', email, email_verified: true, name: 'Late' };
    const { client, location } = await signOn(world, world.provider.id);
    expect(location).toBe('/sign-on/connect');
    // Not for another account than the one whose address the provider said.
    expect((await passwordOf(client, other)).code).toBe('auth.wrong_credentials');
    expect((await passwordOf(client, email)).status).toBe(200);
    expect((await client.call('confirmLink')).status).toBe(204);
    expect((await passwordOf(new ApiClient(world.server.origin), email)).code).toBe('auth.wrong_credentials');
    expect(await whoIs((await signOn(world, world.provider.id)).client)).toMatchObject({ email });
  });

  test('and not by somebody who may not decide it', async () => {
    const { client: member } = await addMember(world.server);
    await set(true);
    expect((await member.call('setSsoOnly', { body: { ssoOnly: false } })).code).toBe('auth.forbidden');
  });
});

test('a provider for which our own second factor is asked for besides', async () => {
  const { provider, real, owner } = world;
  const input = oidcInput(real, { asksFactor: true, clientSecret: null });
  expect((await owner.call('changeProvider', { params: { id: provider.id }, body: input })).status).toBe(200);
  real.signsIn = { sub: 'ada', email: OWNER.email, email_verified: true, name: OWNER.name };
  const { client, location } = await signOn(world, provider.id, undefined, { returnTo: '/account' });
  expect(location).toBe('/sign-in?factor=asked');
  expect(await whoIs(client)).toBeNull();
  const asked = (await client.call('signOnFactor')).body as { challenge: string; factors: string[] };
  expect(asked).toMatchObject({ factors: expect.arrayContaining(['totp']), returnTo: '/account' });
  expect((await client.call('signOnFactor')).code).toBe('sign_on.expired');
  const recovery = app.recoveryCodes?.[0] ?? '';
  expect((await secondStep(client, asked.challenge, 'recovery', recovery)).status).toBe(200);
  expect(await whoIs(client)).toMatchObject({ email: OWNER.email });

  // That session ends with the provider as any other does, and what still waits for its factor comes to nothing.
  const late = await signOn(world, provider.id);
  const waiting = (await late.client.call('signOnFactor')).body as { challenge: string };
  const off = { params: { id: provider.id }, body: { ...input, enabled: false } };
  expect((await owner.call('changeProvider', off)).status).toBe(200);
  expect(await whoIs(client)).toBeNull();
  const next = app.recoveryCodes?.[1] ?? '';
  const end = await secondStep(late.client, waiting.challenge, 'recovery', next);
  expect(end.code).toBe('factor.challenge_over');
  expect(await whoIs(late.client)).toBeNull();
});
