import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspect, textAppears } from './harness/inspect.ts';
import { hear } from './harness/media.ts';
import { type Page, type Person, patienceMs } from './harness/page.ts';
import { type Product, startProduct } from './harness/product.ts';
import { leave, makeAccount, openPerson, owner, setUpOwner } from './harness/steps.ts';
import { waitFor } from './harness/waitFor.ts';

// Two members, one of them at two browsers, and a contact from outside, as the standard policy has it. The tests follow each other.
const grace = {
  name: 'Grace Hopper',
  email: 'grace@example.org',
  password: 'nine amber lanterns drift upstream',
};
const ann = 'Ann Lee';
let open: AsyncDisposableStack;
let product: Product;
let olivia: { readonly person: Person; readonly page: Page };
let callee: { readonly person: Person; readonly page: Page };
/** The same account in Firefox. */
let phone: { readonly person: Person; readonly page: Page };

beforeAll(async () => {
  open = new AsyncDisposableStack();
  product = open.use(await startProduct({}, false));
  olivia = await arrive('chromium', owner.name, 440);
  callee = await arrive('chromium', grace.name, 700);
  phone = await arrive('firefox', grace.name, 1_150);
  await setUpOwner(olivia.page, product);
  await makeAccount(olivia.page, callee.page, grace);
  await phone.page.goto(`${product.origin}/sign-in`);
  await phone.page.fill('Email', grace.email);
  await phone.page.fill('Password', grace.password);
  await phone.page.click('button', 'Sign in');
  await phone.page.see('button', 'Call somebody');
}, 240_000);

afterAll(async () => {
  await open?.disposeAsync();
});

async function arrive(browser: Page['browser'], name: string, tone: number) {
  const person = open.use(await openPerson(browser, { name, tone }));
  return { person, page: await person.openPage() };
}

const incoming = `${owner.name} is calling`;
const gone = (page: Page, name: string, role: 'dialog' | 'alertdialog') =>
  waitFor(`the end of "${name}"`, async () => !(await page.has(role, name)), { withinMs: patienceMs });

test('somebody finds a colleague, and is told that they have declined', async () => {
  const { page } = olivia;
  await page.click('button', 'Call somebody');
  await page.fill('Name or email', 'hopp');
  await page.see('button', `Call ${grace.name}`);
  expect(await inspect(page, 'calls-find')).toEqual([]);
  await page.click('button', `Call ${grace.name}`);
  await page.see('dialog', `Calling ${grace.name}`);
  await callee.page.see('alertdialog', incoming);
  expect(await inspect(page, 'calls-outgoing')).toEqual([]);
  await phone.page.see('alertdialog', incoming);
  await callee.page.click('button', 'Decline');
  await textAppears(page, `${grace.name} has declined.`);
  for (const one of [callee, phone]) await gone(one.page, incoming, 'alertdialog');
}, 120_000);

test('who accepts is in an encrypted call with the caller at once, heard and not seen; other devices fall silent', async () => {
  const { page } = olivia;
  await page.click('button', 'Call again');
  await callee.page.see('alertdialog', incoming);
  expect(await inspect(callee.page, 'calls-incoming')).toEqual([]);
  await phone.page.click('button', 'Accept');
  await textAppears(callee.page, 'was answered on another device.');
  expect(await callee.page.has('alertdialog', incoming)).toBe(false);
  for (const one of [page, phone.page]) {
    await one.see('button', 'Leave');
    await one.see('button', 'Turn on camera');
    expect(await one.url()).not.toContain('#');
  }
  await hear(page, [phone.person], { withinMs: 60_000 });
  await hear(phone.page, [olivia.person], { withinMs: 60_000 });
  await leave(phone.page);
  await leave(page);
}, 180_000);

test('answered on a device that the caller has not met, nothing is said before the caller goes on', async () => {
  const { page } = olivia;
  await page.goto(`${product.origin}/people`);
  await page.fill('Name or email', 'hopp');
  await page.click('button', `Call ${grace.name}`);
  await callee.page.see('alertdialog', incoming);
  await callee.page.click('button', 'Accept');
  await textAppears(page, 'Answered on a device that this browser has not met.');
  expect(await inspect(page, 'calls-strange')).toEqual([]);
  await page.click('button', 'Go on');
  for (const one of [page, callee.page]) await one.see('button', 'Leave');
  await hear(page, [callee.person], { withinMs: 60_000 });
  await leave(callee.page);
  await leave(page);
}, 180_000);

test('who is not to be disturbed hears nothing, and finds the call among the missed ones', async () => {
  const { page } = callee;
  await page.goto(`${product.origin}/people/settings`);
  await page.click('button', 'Until I turn it off');
  await textAppears(page, 'No calls until you turn it off');
  expect(await inspect(page, 'calls-settings')).toEqual([]);

  await olivia.page.goto(`${product.origin}/people`);
  await olivia.page.fill('Name or email', grace.email);
  await olivia.page.click('button', `Call ${grace.name}`);
  await textAppears(olivia.page, 'Ringing…');
  await olivia.page.click('button', 'Cancel');
  await gone(olivia.page, `Calling ${grace.name}`, 'dialog');
  await page.click('link', 'Missed calls');
  await page.see('button', `Call back: ${owner.name}`);
  expect(await page.has('alertdialog', incoming)).toBe(false);
  expect(await inspect(page, 'calls-missed')).toEqual([]);
}, 120_000);

test('a contact from outside rings by their own link, and comes straight in', async () => {
  const { page } = olivia;
  await page.click('button', 'Add a contact');
  await page.fill('Name', ann);
  await page.fill('Email (may be left empty)', 'ann@outside.example');
  await page.click('button', 'Add');
  await page.evaluate(() => {
    window.__copied = null;
  }, null);
  await page.click('button', `Make link: ${ann}`);
  const link = await waitFor('the link', () => page.evaluate(() => window.__copied, null), {
    withinMs: patienceMs,
  });
  expect(await inspect(page, 'calls-contacts')).toEqual([]);

  const outside = await arrive('chromium', ann, 800);
  await outside.page.goto(link);
  await outside.page.see('heading', `Call ${owner.name}`);
  expect(await outside.page.url()).not.toContain('#');
  expect(await inspect(outside.page, 'calls-outside')).toEqual([]);
  await outside.page.click('button', 'Call');
  await page.see('alertdialog', `${ann} is calling`);
  await page.click('button', 'Accept');
  await outside.page.see('button', 'Leave');
  await page.see('button', 'Leave');
  await hear(page, [outside.person], { withinMs: 60_000 });
  await hear(outside.page, [olivia.person], { withinMs: 60_000 });
  await leave(outside.page);
  await leave(page);

  const stranger = await outside.person.openPage();
  await stranger.goto(`${product.origin}/call#${'A'.repeat(43)}`);
  await stranger.see('heading', 'This link is not good');
}, 180_000);
