import { afterAll, beforeAll, expect, test } from 'vitest';
import { Call, type Member } from './harness/call.ts';
import { asChromium } from './harness/chromium.ts';
import { textAppears } from './harness/inspect.ts';

// Parts of a page are fetched when they are wanted. A network that is away at that moment takes nobody out of a meeting.
let call: Call;
let olivia: Member;

beforeAll(async () => {
  call = await Call.open();
  olivia = await call.joinAsOwner();
}, 120_000);
afterAll(() => call?.[Symbol.asyncDispose]());

async function withoutAssets(member: Member, during: () => Promise<void>): Promise<void> {
  const { playwright } = asChromium(member.page);
  await playwright.route('**/assets/**', (route) => route.abort('internetdisconnected'));
  await during();
  await playwright.unroute('**/assets/**');
}

/** Runs in the page: the style sheets that are wanted and are not there. Rules of one that did not come cannot be read. */
const missingStyles = () =>
  [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')].flatMap(({ href, sheet }) => {
    try {
      return sheet !== null && sheet.cssRules.length > 0 ? [] : [href];
    } catch {
      return [href];
    }
  });

test('a panel that cannot be fetched is said to be late, and opens once the network is back; the meeting goes on', async () => {
  const { page } = olivia;
  await withoutAssets(olivia, async () => {
    await page.click('button', 'Chat');
    await textAppears(page, 'A part of this page could not be loaded. Trying again…');
    await page.see('button', 'Leave');
  });
  await page.see('textbox', 'Message');
  expect(await page.evaluate(missingStyles, null)).toEqual([]);
  await page.see('button', 'Leave');
}, 90_000);

test('so is the test call before joining', async () => {
  const guest = await call.arrive('chromium', { name: 'Gina', tone: 700 });
  const { page } = guest;
  await page.goto(call.link);
  await page.see('button', 'Make a test call');
  await withoutAssets(guest, async () => {
    await page.click('button', 'Make a test call');
    await textAppears(page, 'A part of this page could not be loaded. Trying again…');
    await page.see('button', 'Turn on microphone');
  });
  await textAppears(page, 'Say something now');
}, 90_000);
