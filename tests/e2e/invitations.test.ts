import { afterAll, beforeAll, expect, test } from 'vitest';
import { asChromium } from './harness/chromium.ts';
import { inspect, textAppears } from './harness/inspect.ts';
import { type Page, type Person, patienceMs } from './harness/page.ts';
import { type Product, startProduct } from './harness/product.ts';
import { openPerson, owner, setUpOwner } from './harness/steps.ts';
import { waitFor } from './harness/waitFor.ts';

// From making a meeting for a day to come to whoever opens an invitation, in order.
let open: AsyncDisposableStack;
let product: Product;
let page: Page;
let guest: Page;
let invited: Person;

const ann = 'Ann Lee';
const maryam = 'مريم الزهراء 👩🏽‍🔬';

beforeAll(async () => {
  open = new AsyncDisposableStack();
  product = open.use(await startProduct());
  const person = open.use(await openPerson('chromium', { name: owner.name }));
  page = await person.openPage();
  invited = open.use(await openPerson('chromium', { name: ann }));
  guest = await invited.openPage();
  await setUpOwner(page, product);
}, 180_000);

afterAll(async () => {
  await open?.disposeAsync();
});

/** @returns what the button puts on the clipboard */
async function copied(button: string): Promise<string> {
  await page.evaluate(() => {
    window.__copied = null;
  }, null);
  await page.click('button', button);
  return waitFor('a text on the clipboard', () => page.evaluate(() => window.__copied, null), {
    withinMs: patienceMs,
  });
}

const choose = (label: string, value: string) =>
  asChromium(page)
    .playwright.getByRole('combobox', { name: label, exact: true })
    .selectOption({ label: value });

test('a meeting is made for a day to come, every week', async () => {
  await page.click('button', 'Schedule a meeting');
  await page.fill('Title', 'Research seminar — with a title that says all that there is to say about it');
  await page.fill('Day', '2099-11-30');
  await page.fill('Begins', '09:00');
  await choose('Repeats', 'Every week');
  await choose('Time zone', 'America/New York');
  await page.click('button', 'Make the meeting');
  await page.see('heading', 'People');
  await textAppears(page, 'Research seminar');
  await textAppears(page, '09:00 in America/New York');
}, 90_000);

test('two people are invited at once, and the page says how far they are', async () => {
  await page.fill('Names, with addresses if you like', `${ann} <ann@example.org>, ${maryam}`);
  await textAppears(page, '2 people');
  await page.click('button', 'Invite');
  await page.see('button', `Copy link: ${maryam}`);
  await textAppears(page, 'Not sent');
  expect(await inspect(page, 'meeting-people')).toEqual([]);
}, 90_000);

test('whoever opens their link elsewhere is greeted by name and asked for the passcode', async () => {
  const link = await copied(`Copy link: ${maryam}`);
  expect(link).toMatch(new RegExp(`^${product.origin}/m/[2-9a-z-]{23}#i=[\\w-]{43}$`));
  await guest.goto(link);
  await textAppears(guest, 'You are invited as');
  await textAppears(guest, maryam);
  expect(await guest.url()).not.toContain('#');
  expect(await inspect(guest, 'invited-passcode')).toEqual([]);

  await guest.fill('Passcode', await copied('Copy passcode'));
  await guest.click('button', 'Continue');
  await guest.see('button', 'Join');
  await textAppears(guest, maryam);
  // The name is given: there is no field for another one.
  expect(await asChromium(guest).playwright.getByLabel('Your name').count()).toBe(0);
  expect(await inspect(guest, 'invited-before')).toEqual([]);

  await page.reload();
  await textAppears(page, 'Link opened');
}, 120_000);

test('an invitation that is taken back greets nobody any more', async () => {
  const link = await copied(`Copy link: ${ann}`);
  await page.click('button', `More for ${ann}`);
  await page.click('menuitem', 'Take back…');
  await page.click('button', 'Take back');
  await textAppears(page, 'The invitation is taken back.');
  const other = await invited.openPage();
  await other.goto(link);
  await textAppears(other, 'Your invitation is not good any more.');
  await other.see('button', 'Continue');
}, 90_000);

test('what strangers get is told point by point', async () => {
  await page.click('link', 'What strangers get');
  await textAppears(page, 'With link and passcode, and no account');
  await textAppears(page, 'Does not get in.');
  expect(await inspect(page, 'meeting-check')).toEqual([]);
}, 90_000);

test('time, co-hosts and the list of meetings can be read by everybody', async () => {
  await page.click('link', 'Time');
  await page.see('button', 'Download .ics');
  expect(await inspect(page, 'meeting-time')).toEqual([]);
  await page.click('link', 'Co-hosts');
  await page.fill('Email of their account', 'nobody@example.org');
  await page.click('button', 'Add co-host');
  await textAppears(page, 'There is no account here with this address.');
  expect(await inspect(page, 'meeting-cohosts')).toEqual([]);
  await page.click('link', 'Your meetings');
  await page.see('heading', 'Coming up');
  expect(await inspect(page, 'home-coming')).toEqual([]);
}, 120_000);
