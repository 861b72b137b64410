import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspect, textAppears } from './harness/inspect.ts';
import type { Page, Person } from './harness/page.ts';
import { type Product, startProduct } from './harness/product.ts';
import { copyLink, newMeeting, openPerson, owner, setUpOwner, signIn } from './harness/steps.ts';

// The way of an owner, from the link that the first start prints to a meeting's link, in order.
let open: AsyncDisposableStack;
let product: Product;
let person: Person;
let page: Page;

beforeAll(async () => {
  open = new AsyncDisposableStack();
  product = open.use(await startProduct());
  person = open.use(await openPerson('chromium', { name: owner.name }));
  page = await person.openPage();
}, 120_000);

afterAll(async () => {
  await open?.disposeAsync();
});

test('the one-time link opens the set-up page, without its token in the address bar', async () => {
  await page.goto(product.ownerLink);
  await page.see('button', 'Create the account');
  expect(new URL(await page.url()).hash).toBe('');
  expect(await inspect(page, 'set-up')).toEqual([]);
}, 60_000);

test('a common password is refused with the reason', async () => {
  await page.fill('Name', owner.name);
  await page.fill('Email', owner.email);
  await page.fill('Password', 'password');
  await page.click('button', 'Create the account');
  await textAppears(page, '15 characters');
  expect(await page.has('button', 'New meeting')).toBe(false);
}, 60_000);

test('a good one makes the account, and leads to one’s meetings', async () => {
  await page.goto('about:blank');
  await setUpOwner(page, product);
  expect(await inspect(page, 'home-empty')).toEqual([]);
}, 60_000);

test('a new meeting is one click; its link carries a passcode that is not in the address bar', async () => {
  const link = await newMeeting(page);
  expect(link).toMatch(new RegExp(`^${product.origin}/m/[2-9a-z]{5}(-[2-9a-z]{5}){3}#[2-9a-z-]{16,19}$`));
  expect(await page.url()).not.toContain(link.replace(/^.*#/, ''));
  expect(await inspect(page, 'new-meeting')).toEqual([]);
}, 60_000);

test('a new link made in another tab is what the open room copies from then on', async () => {
  await page.click('button', 'Join');
  await page.see('button', 'Leave');
  const before = await copyLink(page);
  await using other = await person.openPage();
  await other.goto(product.origin);
  await other.click('button', 'More for Untitled meeting');
  await other.click('menuitem', 'New link…');
  await other.click('button', 'Make a new link');
  await textAppears(other, 'Old links do not work any more.');
  const made = await copyLink(other);
  expect(made).not.toBe(before);
  expect(await copyLink(page)).toBe(made);
}, 90_000);

test('the list of signed-in devices', async () => {
  await page.goto(`${product.origin}/account/devices`);
  await textAppears(page, 'This browser');
  expect(await inspect(page, 'devices')).toEqual([]);
}, 60_000);

test('signing in from another browser, in Firefox', async () => {
  await using firefox = await openPerson('firefox', { name: owner.name });
  await using other = await firefox.openPage();
  await signIn(other, product);
  await page.reload();
  await textAppears(page, 'Firefox');
}, 90_000);
