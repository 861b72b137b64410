import { afterAll, beforeAll, expect, test } from 'vitest';
import { Call, type Member } from './harness/call.ts';
import { asChromium, type ChromiumPage } from './harness/chromium.ts';
import { inspect, textAppears } from './harness/inspect.ts';
import { others } from './harness/media.ts';
import { waitFor } from './harness/waitFor.ts';

// An owner with the administration in another tab, a guest in the meeting. The tests follow each other.
let call: Call;
let olivia: Member;
let gus: Member;
let policy: ChromiumPage;

beforeAll(async () => {
  call = await Call.open();
  olivia = await call.joinAsOwner();
  gus = await call.joinAsGuest('chromium', { name: 'Gus', tone: 700 });
  policy = asChromium(await olivia.person.openPage());
}, 240_000);

afterAll(async () => {
  await call?.[Symbol.asyncDispose]();
});

async function choose(setting: string, value: string): Promise<void> {
  await policy.playwright
    .getByRole('combobox', { name: setting, exact: true })
    .selectOption({ label: value });
}

async function save(): Promise<void> {
  await policy.click('button', 'Save changes');
  await textAppears(policy, 'The policy is saved and holds now.');
}

test('the page with the policy can be read, and says what is about to change', async () => {
  await policy.goto(`${call.product.origin}/admin/policy`);
  await policy.see('heading', 'In meetings');
  expect(await inspect(policy, 'policy')).toEqual([]);
  await policy.click('button', 'See what changes: Strict');
  await textAppears(policy, 'Then: Must sign in (Hosts may change it)');
  await policy.click('button', 'Cancel');
}, 90_000);

test('a screen that somebody shares is gone as soon as the owner turns screen sharing off', async () => {
  await gus.page.click('button', 'Share screen');
  await gus.page.see('button', 'Stop sharing');
  await waitFor(
    'the shared screen',
    async () =>
      (await others(olivia.page, 'screen')).some(({ pixels, textured }) => pixels !== null && textured),
    { withinMs: 40_000 },
  );
  await choose('Screen sharing: for meetings', 'Off for the whole service');
  await save();
  await waitFor('the screen to go', async () => (await others(olivia.page, 'screen')).length === 0, {
    withinMs: 20_000,
  });
  await gus.page.see('button', 'Share screen');
  const disabled = await asChromium(gus.page)
    .playwright.getByRole('button', { name: 'Share screen', exact: true })
    .isDisabled();
  expect(disabled).toBe(true);
}, 120_000);

test('where only hosts write, a guest reads; where there are no private messages, none are offered', async () => {
  await gus.page.click('button', 'Chat');
  await gus.page.see('button', 'To: Everybody. Choose who can read it');
  await choose('Private messages: for meetings', 'Off for the whole service');
  await save();
  const picker = () => gus.page.has('button', 'To: Everybody. Choose who can read it');
  await waitFor('the end of the choice', async () => !(await picker()), { withinMs: 20_000 });
  await gus.page.see('button', 'Start a poll');
  await choose('Chat', 'Hosts write, everybody reads');
  await save();
  await textAppears(gus.page, 'In this meeting only the hosts write.');
  expect(await gus.page.has('button', 'Start a poll')).toBe(false);
  await olivia.page.click('button', 'Chat');
  await olivia.page.fill('Message', 'Welcome, all of you');
  await olivia.page.press('Enter');
  await textAppears(gus.page, 'Welcome, all of you', '[role="log"]');
  expect(await inspect(gus.page, 'room-hosts-only')).toEqual([]);
}, 120_000);

test('where there is neither chat nor files, neither is offered', async () => {
  await choose('Chat: for meetings', 'Off for the whole service');
  await choose('Files: for meetings', 'Off for the whole service');
  await save();
  await waitFor('the chat to go', async () => !(await gus.page.has('button', 'Chat')), { withinMs: 20_000 });
}, 60_000);

test('a guest who may not be in the meeting any more is let go, told why, and can sign in', async () => {
  await choose('Guests: for meetings', 'Off for the whole service');
  await save();
  await textAppears(gus.page, 'This meeting is now for people with an account here only.');
  await gus.page.see('button', 'Sign in');
  await gus.page.click('button', 'Return to the meeting');
  await gus.page.see('button', 'Join');
  await gus.page.fill('Your name', 'Gus');
  await gus.page.click('button', 'Join');
  await textAppears(gus.page, 'This meeting is for people with an account here.');
}, 90_000);

test('the posture leads to the setting, and everybody is told where data is', async () => {
  await policy.goto(`${call.product.origin}/admin/posture`);
  await policy.see('heading', 'People know whom to ask about their data');
  expect(await inspect(policy, 'posture')).toEqual([]);
  await policy.click('link', 'Change: People know whom to ask about their data');
  await policy.playwright.getByLabel('Whom to ask about data', { exact: true }).fill('privacy@example.org');
  await policy.playwright.getByLabel('Where data is stored', { exact: true }).fill('Uppsala, Sweden');
  await save();
  await gus.page.goto(`${call.product.origin}/about`);
  await textAppears(gus.page, 'Uppsala, Sweden');
  await textAppears(gus.page, 'privacy@example.org');
  expect(await inspect(gus.page, 'about')).toEqual([]);
}, 90_000);

test('the settings of a meeting name what the organisation has decided', async () => {
  await policy.goto(call.product.origin);
  await policy.click('button', 'More for Untitled meeting');
  await policy.click('menuitem', 'Meeting settings…');
  await textAppears(policy, 'Screen sharing: Off for the whole service');
  expect(await inspect(policy, 'meeting-settings')).toEqual([]);
  await choose('Largest meeting', '5 people');
  await policy.click('button', 'Save');
  await textAppears(policy, 'The settings of the meeting are saved and hold now.');
}, 60_000);

test('one’s own data can be fetched, and the account is erased only by its address', async () => {
  await policy.goto(`${call.product.origin}/account/data`);
  await policy.see('button', 'Download my data');
  expect(await inspect(policy, 'my-data')).toEqual([]);
  const download = policy.playwright.waitForEvent('download');
  await policy.click('button', 'Download my data');
  expect((await download).suggestedFilename()).toMatch(/^personal-data-\d{4}-\d\d-\d\d\.json$/);
  await policy.goto(`${call.product.origin}/admin/data`);
  await policy.fill('Name or email', 'Olivia');
  await policy.click('button', 'Erase Olivia Owner…');
  await policy.fill('Type owner@example.org to go on', 'owner@example.org');
  await policy.click('button', 'Erase');
  await textAppears(policy, 'There must be at least one owner.');
}, 90_000);
