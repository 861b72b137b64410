import type { Policy } from '@conclave/protocol';
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

/** The other way to the same setting. */
async function setByPolicy(client: ApiClient, signOn: Policy['signOn']): Promise<string | null> {
  const { version } = world.server.context.policy.state;
  return (await client.call('changePolicy', { body: { version, changes: { signOn } } })).code;
}

/** An invitation, and what is mailed of it. */
async function invite(
  email: string,
  role: string,
): Promise<{ readonly token: string; readonly mail: string }> {
  const invited = await world.owner.call('invitePerson', { body: { email, name: 'Invited', role } });
  const { link } = invited.body as { link: string };
  const { db } = world.server.context.database;
  const mail = db.selectFrom('mails').select('body').where('recipient', '=', email);
  const token = link.slice(link.indexOf('#') + 1);
  return { token, mail: (await mail.executeTakeFirstOrThrow()).body ?? '' };
}

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
    expect(await setByPolicy(world.owner, 'sso-only')).toBe('sign_on.not_ready');
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

  test('and an invitation promises none: its link lets nobody choose one, and the provider lets them in', async () => {
    await set(true);
    const { token, mail } = await invite('new@example.org', 'member');
    expect(mail).toContain('the account that you have at your organisation');
    expect(mail).not.toContain('password');
    const visitor = new ApiClient(world.server.origin);
    const body = { token, password: 'copper lantern drifts north' };
    expect((await visitor.call('useLink', { body })).code).toBe('sign_on.only');
    // Nothing has become of it.
    expect((await visitor.call('checkLink', { body: { token } })).status).toBe(200);
    world.real.signsIn = { sub: 'new', email: 'new@example.org', email_verified: true, name: 'New' };
    const { client, location } = await signOn(world, world.provider.id);
    expect(location).toBe('/');
    expect(await whoIs(client)).toMatchObject({ email: 'new@example.org', hasPassword: false });
  });

  test('but once for whom the provider does not vouch for by itself, to show that the invitation is theirs', async () => {
    const { owner, provider, real } = world;
    const params = { id: provider.id };
    const domains = (of: string[]) =>
      owner.call('changeProvider', {
        params,
        body: oidcInput(real, { domains: of, clientSecret: null }),
      });
    expect((await domains(['example.org'])).status).toBe(200);
    await set(true);
    const { token } = await invite('partner@elsewhere.example', 'member');
    real.signsIn = { sub: 'partner', email: 'partner@elsewhere.example', email_verified: true, name: 'P' };
    const { client, location } = await signOn(world, provider.id);
    expect(location).toBe('/sign-on/connect');
    const body = { token, password: 'copper lantern drifts north' };
    expect((await new ApiClient(world.server.origin).call('useLink', { body })).code).toBe('sign_on.only');
    expect((await client.call('useLink', { body })).status).toBe(200);
    expect((await client.call('confirmLink')).status).toBe(204);
    expect(await whoIs((await signOn(world, provider.id)).client)).toMatchObject({ role: 'member' });
    expect((await domains([])).status).toBe(200);
  });

  test('and not by somebody who may not decide it', async () => {
    const { client: member } = await addMember(world.server);
    const { client: administrator } = await addMember(world.server, 'administrator');
    await set(true);
    expect((await member.call('setSsoOnly', { body: { ssoOnly: false } })).code).toBe('auth.forbidden');
    // An administrator changes the policy, but not this in it, neither way.
    expect(await setByPolicy(administrator, 'password-and-sso')).toBe('account.beyond_you');
    await set(false);
    expect(await setByPolicy(administrator, 'sso-only')).toBe('account.beyond_you');
    expect(await setByPolicy(world.owner, 'sso-only')).toBeNull();
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
