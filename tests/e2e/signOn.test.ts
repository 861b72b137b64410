import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BootedServer, bootServer } from '../dev-env/bootServer.ts';
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
  await setUpOwner(server);
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
  await page.fill('Name on the button', 'Staff login');
  await page.fill('Issuer', real.issuer);
  await page.fill('Client ID', real.clientId);
  await page.fill('Client secret', real.clientSecret);
  await page.click('button', 'Save');
  await page.see('button', 'Test Staff login');
  await page.click('button', 'Edit Staff login');
  const { playwright } = asChromium(page);
  const addresses = await playwright.locator('code').allTextContents();
  real.allow(addresses[0] ?? '', addresses[1] ?? '');
  expect(await inspect(page, 'sign-on-provider')).toEqual([]);
  await page.click('button', 'Cancel');
  await page.click('button', 'Test Staff login');
  await appears(page, 'You would be asked to connect it');
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
