import { CLOSE, type Invited } from '@conclave/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { addMember } from '../../dev-env/addMember.ts';
import { afterQuery } from '../../dev-env/afterQuery.ts';
import { setUpTotp, totpAt } from '../../dev-env/factors.ts';
import { OWNER } from '../../dev-env/people.ts';
import { changePolicy } from '../policy/changePolicy.ts';
import { SignalClient } from '../signalling/SignalClient.ts';
import { bootSignOn, type SignOnWorld, signOn, whoIs } from './bootSignOn.ts';

const next = 'copper lantern drifts north';
let world: SignOnWorld;

beforeEach(async () => {
  world = await bootSignOn();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await world[Symbol.asyncDispose]();
});

const stranger = () => new ApiClient(world.server.origin);

test('a password that changes while it is being used leaves no second step behind that is good', async () => {
  const { client, email } = await addMember(world.server);
  await setUpTotp(client, Date.now());
  const { passwords } = world.server.context.accountsPorts;
  const verify = passwords.verify.bind(passwords);
  let changed: number | undefined;
  vi.spyOn(passwords, 'verify').mockImplementationOnce(async (...given) => {
    const right = await verify(...given);
    const body = { current: OWNER.password, password: next };
    changed = (await client.call('changePassword', { body })).status;
    return right;
  });
  const signedIn = await stranger().call('signIn', { body: { email, password: OWNER.password } });
  expect(changed).toBe(204);
  expect(signedIn.code).toBe('auth.wrong_credentials');
  const { db } = world.server.context.database;
  expect(await db.selectFrom('sign_in_challenges').selectAll().execute()).toEqual([]);
});

test('a password that was shown does not take the place of one that was chosen in the meantime', async () => {
  const { client, email } = await addMember(world.server);
  const { passwords } = world.server.context.accountsPorts;
  const verify = passwords.verify.bind(passwords);
  const change = (password: string) =>
    client.call('changePassword', { body: { current: OWNER.password, password } });
  let first: number | undefined;
  vi.spyOn(passwords, 'verify').mockImplementationOnce(async (...given) => {
    const right = await verify(...given);
    first = (await change(next)).status;
    return right;
  });
  expect((await change('seven violins sleep under snow')).code).toBe('auth.wrong_credentials');
  expect(first).toBe(204);
  expect((await stranger().call('signIn', { body: { email, password: next } })).status).toBe(200);
});

test('while passwords are being switched off, the last way in without a provider is not taken away', async () => {
  const { owner, server, real, provider } = world;
  const app = await setUpTotp(owner, Date.now());
  real.signsIn = { sub: 'ada', email: OWNER.email, email_verified: true, name: 'Ada' };
  await signOn(world, provider.id, owner);
  expect((await owner.call('confirmLink')).status).toBe(204);
  await signOn(world, provider.id);
  const { settings, policy } = server.context.accountsPorts;
  const write = settings.write.bind(settings);
  let removed: string | null = null;
  vi.spyOn(settings, 'write').mockImplementationOnce(async (...given) => {
    removed = (await owner.call('removeFactor', { params: { id: app.id } })).code;
    return write(...given);
  });
  await changePolicy(owner, { signOn: 'sso-only' });
  expect(policy.current().signOn).toBe('sso-only');
  expect(removed).toBe('sign_on.not_ready');
  const overview = await owner.call('signOnOverview');
  expect(overview.body).toMatchObject({ ssoOnly: true, problems: [] });
});

test('whoever is let go while their socket is being opened is out of it all the same', async () => {
  const { owner, server } = world;
  await setUpTotp(owner, Date.now());
  const { context } = server;
  const authenticate = context.authenticate.bind(context);
  const during = (happens: () => Promise<unknown>) =>
    vi.spyOn(context, 'authenticate').mockImplementationOnce(async (cookie) => {
      const caller = await authenticate(cookie);
      await happens();
      return caller;
    });

  const { client: signedOut } = await addMember(server);
  during(() => signedOut.call('signOut'));
  using first = await SignalClient.open(server.origin, { cookie: signedOut.cookie ?? '' });
  expect(await first.closed).toBe(CLOSE.ended);

  const { client: lacking } = await addMember(server);
  during(async () => {
    await changePolicy(owner, { secondFactor: 'everybody' });
    await context.background.settled();
  });
  using second = await SignalClient.open(server.origin, { cookie: lacking.cookie ?? '' });
  expect(await second.closed).toBe(CLOSE.ended);
});

test('an invitation that somebody else uses while its person comes by the provider is not theirs both', async () => {
  const { owner, server, real, provider } = world;
  const email = 'invited@example.org';
  const invited = await owner.call('invitePerson', { body: { email, name: 'Invited', role: 'member' } });
  const token = (invited.body as Invited).link.split('#')[1];
  real.signsIn = { sub: 'invited', email, email_verified: true, name: 'Invited' };
  const other = stranger();
  let used: number | undefined;
  let returned: Awaited<ReturnType<typeof signOn>>;
  {
    using _ = afterQuery(server.context.signOnPorts, 'accounts', async () => {
      used = (await other.call('useLink', { body: { token, password: next } })).status;
    });
    returned = await signOn(world, provider.id);
  }
  expect(used).toBe(200);
  // The account is somebody's by then, and they are asked.
  expect(returned.location).toBe('/sign-on/connect');
  expect(await whoIs(returned.client)).toBeNull();
  expect((await other.call('listIdentities')).body).toMatchObject({ identities: [] });
});

test('of a second step and a new password at the same time, the former password opens nothing', async () => {
  const { client, email } = await addMember(world.server);
  const app = await setUpTotp(client, Date.now() - 30_000);
  const browser = stranger();
  const asked = await browser.call('signIn', { body: { email, password: OWNER.password } });
  const { challenge } = asked.body as { challenge: string };
  const { accountsPorts } = world.server.context;
  let finished: string | null = null;
  {
    // Between reading the challenge and reading the account.
    using _ = afterQuery(accountsPorts, 'sign_in_challenges', async () => {
      const body = { current: OWNER.password, password: next };
      expect((await client.call('changePassword', { body })).status).toBe(204);
    });
    const proof = { kind: 'totp', code: totpAt(app.secret, Date.now()) };
    finished = (await browser.call('finishSignIn', { body: { challenge, proof } })).code;
  }
  expect(finished).toBe('factor.challenge_over');
});
