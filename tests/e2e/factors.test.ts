import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publicKeyHash, writeCertificate } from '../dev-env/certificate.ts';
import { fromBase32, totpAt } from '../dev-env/factors.ts';
import { fromEnvironment } from '../net/environment.ts';
import { nameAddress } from '../net/hostsFile.ts';
import { asChromium, type ChromiumPage, openChromium } from './harness/chromium.ts';
import { inspect, textAppears } from './harness/inspect.ts';
import { patienceMs } from './harness/page.ts';
import { type Product, startProduct } from './harness/product.ts';
import { owner, setUpOwner } from './harness/steps.ts';
import { waitFor } from './harness/waitFor.ts';
import { countPasskeyQuestions } from './in-page/passkeyQuestions.ts';
import { visibleText } from './in-page/visibleText.ts';

// Somebody sets up second factors and signs in with each, in order. Passkeys are bound to a name, so the service has one, and
// they are made by Chromium's virtual authenticator.
const name = 'meet.conclave.test';
const origin = `https://${name}:8443`;
let open: AsyncDisposableStack;
let product: Product;
let page: ChromiumPage;
let secret: Buffer;
let codes: readonly string[];
/** Whether the authenticator answers by itself. A browser that offers passkeys in a field asks it as soon as the page is there. */
let answerByItself: (enabled: boolean) => Promise<void>;

beforeAll(async () => {
  open = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'conclave-factors-'));
  open.defer(() => rm(folder, { recursive: true, force: true }));
  const { certificateFile, keyFile } = await writeCertificate(folder, name);
  open.use(await nameAddress(name, fromEnvironment().server.address));
  product = open.use(
    await startProduct({
      CONCLAVE_PUBLIC_ORIGIN: origin,
      CONCLAVE_TLS_CERTIFICATE_FILE: certificateFile,
      CONCLAVE_TLS_KEY_FILE: keyFile,
      CONCLAVE_MEDIA_WORKERS: '1',
    }),
  );
  // Chromium makes no passkeys where it has merely overlooked a faulty certificate.
  const trustedKeys = [await publicKeyHash(certificateFile)];
  const person = open.use(await openChromium({ name: owner.name, trustedKeys }));
  page = asChromium(open.use(await person.openPage()));
  const cdp = await page.playwright.context().newCDPSession(page.playwright);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  answerByItself = async (enabled) => {
    await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
  };
  await page.playwright.addInitScript(countPasskeyQuestions);
  await setUpOwner(page, product);
}, 120_000);

afterAll(async () => {
  await open?.disposeAsync();
});

async function signOut(): Promise<void> {
  await answerByItself(false);
  await page.goto(`${origin}/`);
  await page.click('button', `Account of ${owner.name}`);
  await page.click('menuitem', 'Sign out');
  await page.see('button', 'Sign in');
  // From here on the authenticator may answer by itself: what the field offers was asked for before that.
  await waitFor(
    'the field to offer passkeys',
    () => page.evaluate(() => window.__passkeyQuestions > 0, null),
    { withinMs: patienceMs },
  );
}

async function enterPassword(): Promise<void> {
  await page.fill('Email', owner.email);
  await page.fill('Password', owner.password);
  await page.click('button', 'Sign in');
  await page.see('heading', 'One more step');
}

test('an authenticator app is set up from its QR code or key, and brings recovery codes', async () => {
  await page.goto(`${origin}/account/security`);
  await page.see('button', 'Add Authenticator app');
  expect(await inspect(page, 'sign-in-security-empty')).toEqual([]);
  await page.click('button', 'Add Authenticator app');
  await page.playwright.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
  const key = await page.playwright.locator('code').first().innerText();
  secret = fromBase32(key.replaceAll(' ', ''));
  expect(secret).toHaveLength(20);
  expect(await inspect(page, 'authenticator-app')).toEqual([]);
  await page.fill('Code', totpAt(secret, Date.now()));
  await page.click('button', 'Turn on');
  const list = page.playwright.getByRole('list', { name: 'Recovery codes' });
  await list.waitFor();
  codes = await list.getByRole('listitem').allInnerTexts();
  expect(new Set(codes)).toHaveLength(10);
  expect(await inspect(page, 'recovery-codes')).toEqual([]);
  await page.click('button', 'I have kept them');
  await textAppears(page, '10 codes are left.');
}, 90_000);

test('a passkey is set up', async () => {
  await page.click('button', 'Add Passkey');
  await page.fill('Name', 'Desk');
  await page.click('button', 'Create the passkey');
  await page.see('button', 'More for Desk');
  expect(await inspect(page, 'sign-in-security')).toEqual([]);
}, 60_000);

test('the password is not enough any more; a code of the app is, and a wrong one is not', async () => {
  await signOut();
  await enterPassword();
  expect(await inspect(page, 'second-step')).toEqual([]);
  await page.click('button', 'Authenticator app');
  const field = page.playwright.getByLabel('Code', { exact: true });
  expect(await field.getAttribute('autocomplete')).toBe('one-time-code');
  await page.fill('Code', '000000');
  await page.click('button', 'Sign in');
  await textAppears(page, 'That is not right');
  // The step of the code that set it up is used.
  await page.fill('Code', totpAt(secret, Date.now() + 30_000));
  await page.click('button', 'Sign in');
  await page.see('button', 'New meeting');
}, 90_000);

test('a passkey signs in alone, without a name or a password', async () => {
  await signOut();
  await answerByItself(true);
  await page.click('button', 'Sign in with a passkey');
  await page.see('button', 'New meeting');
}, 60_000);

test('the browser offers the passkey in the field for the email, and it signs in without the button', async () => {
  await signOut();
  const field = page.playwright.getByLabel('Email', { exact: true });
  expect(await field.getAttribute('autocomplete')).toBe('username webauthn');
  await answerByItself(true);
  // The authenticator picks the passkey in the list of what the browser fills in.
  await page.goto(`${origin}/sign-in`);
  await page.see('button', 'New meeting');
}, 60_000);

test('a passkey is a second step too', async () => {
  await signOut();
  await enterPassword();
  await answerByItself(true);
  await page.click('button', 'Use your passkey');
  await page.see('button', 'New meeting');
}, 60_000);

test('a recovery code signs in once', async () => {
  const [code = ''] = codes;
  await signOut();
  await enterPassword();
  await page.click('button', 'Recovery code');
  await page.fill('Recovery code', code.toUpperCase());
  await page.click('button', 'Sign in');
  await page.see('button', 'New meeting');
  await page.goto(`${origin}/account/security`);
  await textAppears(page, '9 codes are left.');
  await signOut();
  await enterPassword();
  await page.click('button', 'Recovery code');
  await page.fill('Recovery code', code);
  await page.click('button', 'Sign in');
  await textAppears(page, 'That is not right');
  await page.click('button', 'Start over');
  await page.see('button', 'Sign in with a passkey');
  expect(await page.evaluate(visibleText, null)).not.toContain(code);
}, 120_000);

test('mails get a language, and the password goes: the passkey is enough', async () => {
  await answerByItself(true);
  await page.goto(`${origin}/sign-in`);
  await page.see('button', 'New meeting');
  await page.goto(`${origin}/account/profile`);
  await page.see('button', 'Sign in without a password');
  await page.playwright.getByLabel('Language of mails').selectOption({ label: 'Deutsch' });
  await textAppears(page, 'Your choice is saved.');
  expect(await inspect(page, 'profile')).toEqual([]);
  await page.click('button', 'Sign in without a password');
  await page.see('button', 'Remove the password');
  expect(await inspect(page, 'remove-password')).toEqual([]);
  await page.playwright.getByRole('alertdialog').getByLabel('Present password').fill(owner.password);
  await page.click('button', 'Remove the password');
  await page.see('button', 'Set a password');
  // What was chosen stays.
  await page.goto(`${origin}/account/profile`);
  await page.see('button', 'Set a password');
  expect(await page.playwright.getByLabel('Language of mails').inputValue()).toBe('de');
  await signOut();
  await answerByItself(true);
  await page.goto(`${origin}/sign-in`);
  await page.see('button', 'New meeting');
}, 120_000);
