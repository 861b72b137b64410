import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiClient } from '../dev-env/ApiClient.ts';
import { type BootedServer, bootServer } from '../dev-env/bootServer.ts';
import { setUpTotp } from '../dev-env/factors.ts';
import { OWNER, setUpOwner } from '../dev-env/people.ts';
import { type RealProvider, startRealProvider } from '../dev-env/signOn/realProvider.ts';
import { asChromium, openChromium } from './harness/chromium.ts';
import { inspect } from './harness/inspect.ts';
import type { Page, Person } from './harness/page.ts';

// From the first provider to signing in with it, as an administrator and then everybody does it: with a real browser, a real
// provider on another site (127.0.0.1 and localhost are two), and the cookies as the browser sends them. In order.
let open: AsyncDisposableStack;
let server: BootedServer;
let real: RealProvider;
let person: Person;
let page: Page;
let owner: ApiClient;

beforeAll(async () => {
  open = new AsyncDisposableStack();
  real = open.use(await startRealProvider());
  real.signsIn = {
    sub: 'ada',
    email: OWNER.email,
    email_verified: true,
    name: OWNER.name,
    groups: ['staff'],
  };
  server = open.use(await bootServer({ settings: { signOn: { allowPrivateNetworks: true } } }));
  ({ client: owner } = await setUpOwner(server));
  person = open.use(await openChromium({ name: OWNER.name }));
  page = await person.openPage();
}, 120_000);
afterAll(async () => {
  await open?.disposeAsync();
});

/** Through navigations too. */
const appears = (where: Page, text: string) => asChromium(where).playwright.getByText(text).first().waitFor();

async function signInByPassword(): Promise<void> {
  await page.fill('Email', OWNER.email);
  await page.fill('Password', OWNER.password);
  await page.click('button', 'Sign in');
}

async function signOut(): Promise<void> {
  await page.click('button', `Account of ${OWNER.name}`);
  await page.click('menuitem', 'Sign out');
  await page.see('button', 'Sign in');
}

test('an administrator adds a provider, and sees what it says', async () => {
  await page.goto(`${server.origin}/sign-in`);
  await signInByPassword();
  await page.see('button', 'New meeting');
  await page.goto(`${server.origin}/admin/sign-on`);
  await page.see('button', 'Add a provider');
  expect(await inspect(page, 'sign-on-empty')).toEqual([]);
  await page.click('button', 'Add a provider');
  await asChromium(page)
    .playwright.getByRole('button', { name: /^OpenID Connect/ })
    .click();
  // What is missing says so where it is missing, and has the focus.
  const { playwright } = asChromium(page);
  await page.fill('Issuer', real.issuer);
  await page.fill('Client ID', real.clientId);
  await page.fill('Client secret', 'not the secret');
  await page.click('button', 'Save');
  await appears(page, 'Give the button a name.');
  await playwright.keyboard.type('Staff login');
  // The addresses are there before it is saved, and hold after it.
  const addresses = await playwright.locator('code').allTextContents();
  real.allow(addresses[0] ?? '', addresses[1] ?? '');
  expect(await inspect(page, 'sign-on-provider')).toEqual([]);
  await page.click('button', 'Save');
  await page.click('button', 'Test Staff login');
  await appears(page, 'The provider refuses the client ID or the client secret');
  expect(await inspect(page, 'sign-on-test-fault')).toEqual([]);
  await page.click('button', 'Edit Staff login');
  expect(await playwright.locator('code').allTextContents()).toEqual(addresses);
  await page.fill('Client secret', real.clientSecret);
  await page.click('button', 'Save');
  await page.click('button', 'Test Staff login');
  await appears(page, 'You would be asked to connect it');
  await page.see('button', 'Link this to my account');
  await appears(page, 'staff');
  expect(await inspect(page, 'sign-on-test')).toEqual([]);
}, 90_000);

test('somebody whose address has an account connects the two once', async () => {
  await page.goto(server.origin);
  await signOut();
  await page.click('button', 'Continue with Staff login');
  await page.see('button', 'Sign in to connect');
  expect(await inspect(page, 'sign-on-connect')).toEqual([]);
  await page.click('button', 'Sign in to connect');
  await page.fill('Password', OWNER.password);
  await page.click('button', 'Sign in');
  await page.click('button', 'Connect');
  await page.see('button', 'New meeting');
}, 90_000);

test('and from then on signs in with it: the session is there on the first page after the way through another site', async () => {
  await signOut();
  await page.click('button', 'Continue with Staff login');
  await page.see('button', 'New meeting');
  expect(new URL(await page.url()).origin).toBe(server.origin);
  await page.goto(`${server.origin}/account/linked`);
  await page.see('button', 'Unlink Staff login');
  expect(await inspect(page, 'sign-on-linked')).toEqual([]);
}, 90_000);

test('switching passwords off says whom it would shut out', async () => {
  await setUpTotp(owner, Date.now());
  await page.goto(`${server.origin}/admin/sign-on`);
  await page.click('button', 'Switch passwords off');
  await appears(page, 'Accounts are not made by any provider');
  expect(await inspect(page, 'sign-on-only-dialog')).toEqual([]);
  await page.click('button', 'Cancel');
}, 90_000);

test('who says no at the provider is told so, on the page to sign in', async () => {
  await page.goto(server.origin);
  await signOut();
  real.signsIn = null;
  // Another browser: at the provider this one is signed in.
  await using other = await openChromium({ name: 'Somebody' });
  await using fresh = await other.openPage();
  await fresh.goto(`${server.origin}/sign-in`);
  await fresh.click('button', 'Continue with Staff login');
  await appears(fresh, 'not signed in at the provider');
}, 90_000);

test('where passwords are off, Enter leads to the provider, and owners have their way in', async () => {
  expect((await owner.call('setSsoOnly', { body: { ssoOnly: true } })).status).toBe(204);
  real.signsIn = null;
  await using other = await openChromium({ name: 'Somebody else' });
  await using fresh = await other.openPage();
  const { playwright } = asChromium(fresh);
  await fresh.goto(`${server.origin}/sign-in`);
  // One provider: there is nothing to type, and its button has the focus.
  await playwright.locator('button:focus', { hasText: 'Continue with Staff login' }).waitFor();
  expect(await playwright.getByLabel('Email').count()).toBe(0);
  expect(await inspect(fresh, 'sign-on-only')).toEqual([]);
  await playwright.keyboard.press('Enter');
  await appears(fresh, 'not signed in at the provider');
  await fresh.click('button', 'Owner: sign in with a password');
  await fresh.fill('Email', OWNER.email);
  await fresh.fill('Password', OWNER.password);
  expect(await inspect(fresh, 'sign-on-only-owner')).toEqual([]);

  // Several: the address says which one.
  const body = {
    kind: 'oidc',
    preset: 'generic',
    name: 'Partners',
    enabled: true,
    domains: ['partner.example'],
    createsAccounts: false,
    defaultRole: 'member',
    roleRules: [],
    vouchesForEmail: false,
    asksFactor: false,
    issuer: real.issuer,
    clientId: real.clientId,
    hostedDomain: null,
    scopes: [],
    clientSecret: real.clientSecret,
  } as const;
  const made = (await owner.call('createProvider', { body })).body as {
    redirectUri: string;
    logoutUri: string;
  };
  real.allow(made.redirectUri, made.logoutUri);
  await fresh.goto(`${server.origin}/sign-in`);
  await fresh.see('button', 'Continue with Partners');
  await fresh.fill('Email', 'grace@partner.example');
  await playwright.keyboard.press('Enter');
  await appears(fresh, 'not signed in at the provider');
}, 90_000);
