import { afterAll, beforeAll, expect, test } from 'vitest';
import { Call, type Member } from './harness/call.ts';
import { inspect, textAppears } from './harness/inspect.ts';
import { seeMoving } from './harness/media.ts';
import { patienceMs } from './harness/page.ts';
import { join, prepareToJoin } from './harness/steps.ts';
import { recordTraffic } from './harness/traffic.ts';
import { waitFor } from './harness/waitFor.ts';
import { visibleText } from './in-page/visibleText.ts';

const scriptBudget = 260_000;
let call: Call;
let guest: Member;

beforeAll(async () => {
  call = await Call.open();
  guest = await call.arrive('chromium', { name: 'Gina', tone: 700 });
}, 180_000);

afterAll(async () => {
  await call?.[Symbol.asyncDispose]();
});

test('sign-in: a stranger is told in one way that the email or the password is wrong', async () => {
  const { page } = guest;
  await page.goto(`${call.product.origin}/sign-in`);
  await page.fill('Email', 'nobody@example.org');
  await page.fill('Password', 'not the password at all');
  await page.click('button', 'Sign in');
  await textAppears(page, 'The email or the password is wrong.');
  expect(await inspect(page, 'sign-in')).toEqual([]);
}, 90_000);

test('home: the meeting is there, with its link', async () => {
  const { page } = call.owner;
  await page.goto(`${call.product.origin}/`);
  await page.see('button', 'Copy link');
  expect(await inspect(page, 'home')).toEqual([]);
}, 90_000);

test('owner set-up: a used link says so', async () => {
  const { page } = guest;
  await page.goto(call.product.ownerLink);
  await textAppears(page, 'This link does not work any more');
  expect(await inspect(page, 'set-up-used')).toEqual([]);
}, 60_000);

test('joining: at most 260 kB of compressed scripts, and nothing from another origin', async () => {
  const { page } = guest;
  await page.goto('about:blank');
  const traffic = await recordTraffic(page);
  await prepareToJoin(page, call.link, { name: 'Gina' });
  const { scriptBytes, urls } = traffic();
  console.log(`joining page: ${Math.round(scriptBytes / 1000)} kB of compressed scripts`);
  expect(scriptBytes).toBeGreaterThan(10_000);
  expect(scriptBytes).toBeLessThanOrEqual(scriptBudget);
  await page.click('button', 'Join');
  await page.see('button', 'Leave');
  const { host } = new URL(call.product.origin);
  const foreign = urls.filter((url) => !/^(blob|data):/.test(url) && new URL(url).host !== host);
  expect(foreign).toEqual([]);
  await page.click('button', 'Leave');
  await textAppears(page, 'You have left the meeting.');
  expect(await inspect(page, 'left')).toEqual([]);
}, 120_000);

test('before joining: the passcode leaves the address bar, camera and microphone are off until turned on', async () => {
  const { page } = guest;
  await page.goto('about:blank');
  await page.goto(call.link);
  await page.see('button', 'Join');
  expect(new URL(await page.url()).hash).toBe('');
  await page.see('button', 'Turn on camera');
  await page.see('button', 'Turn on microphone');
  expect(await page.evaluate(() => window.__captured.length, null)).toBe(0);
  await page.fill('Your name', 'Gina');
  await page.click('button', 'Turn on camera');
  await page.see('button', 'Turn off camera');
  expect(await inspect(page, 'before-joining')).toEqual([]);
}, 90_000);

test('a wrong passcode is refused with words that help', async () => {
  const { page } = guest;
  const wrong = call.link.replace(/#.*$/, '#23456789abcdefgh');
  await page.goto('about:blank');
  await page.goto(wrong);
  await page.see('button', 'Join');
  await page.fill('Your name', 'Gina');
  await page.click('button', 'Join');
  await waitFor('the refusal', async () => /passcode/i.test(await page.evaluate(visibleText, null)), {
    withinMs: patienceMs,
  });
  expect(await page.has('button', 'Leave')).toBe(false);
  expect(await inspect(page, 'wrong-passcode')).toEqual([]);
}, 90_000);

test('a link without its passcode asks for it', async () => {
  const { page } = guest;
  await page.goto('about:blank');
  await page.goto(call.link.replace(/#.*$/, ''));
  await page.fill('Passcode', call.link.replace(/^.*#/, ''));
  await page.click('button', 'Continue');
  await page.see('button', 'Join');
}, 60_000);

test('the room, and the people in it', async () => {
  const host = await call.joinAsOwner({ microphone: false });
  await join(guest.page, call.link, { name: 'Gina', microphone: false });
  await seeMoving(host.page, 'camera', 1, { withinMs: 60_000 });
  expect(await inspect(host.page, 'room')).toEqual([]);
  await host.page.click('button', 'People');
  await textAppears(host.page, 'In this meeting (2)');
  expect(await inspect(host.page, 'room-people')).toEqual([]);
}, 150_000);

test('an address where nothing is', async () => {
  const { page } = guest;
  await page.goto(`${call.product.origin}/nothing-here`);
  await textAppears(page, 'There is nothing here');
  expect(await inspect(page, 'not-found')).toEqual([]);
}, 60_000);
