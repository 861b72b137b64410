import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults } from './harness/axe.ts';
import { Call, type Member } from './harness/call.ts';
import { inspect, textAppears } from './harness/inspect.ts';
import { seeMoving } from './harness/media.ts';
import type { Page } from './harness/page.ts';
import { owner } from './harness/steps.ts';
import { waitFor } from './harness/waitFor.ts';
import { keepOffline } from './in-page/keepOffline.ts';
import { visibleText } from './in-page/visibleText.ts';

// Two Chromium and one Firefox talk to each other by writing. The tests follow each other.
const log = '[role="log"]';
/** Words that stand nowhere else. */
const words = {
  first: 'The heron stands in the reeds',
  second: 'A kestrel hovers over the meadow',
  offline: 'Written while the swallow was away',
  unseen: 'Nobody told the curlew about this',
  late: 'Only for those who are here by now: wren',
} as const;
let call: Call;
let olivia: Member;
let bob: Member;
let fay: Member;
let dan: Member;

beforeAll(async () => {
  call = await Call.open({ CONCLAVE_LOG_LEVEL: 'debug' });
  olivia = await call.joinAsOwner({ microphone: false });
  bob = await call.joinAsGuest('chromium', { name: 'Bob', microphone: false });
  fay = await call.joinAsGuest('firefox', { name: 'Fay', microphone: false });
  for (const { page } of [olivia, bob, fay]) await seeMoving(page, 'camera', 2, { withinMs: 60_000 });
}, 240_000);

afterAll(async () => {
  await call?.[Symbol.asyncDispose]();
});

test('a message comes to everybody at once, and whoever has the chat closed sees that there is one', async () => {
  for (const { page } of [bob, fay]) {
    await page.press('c');
    await textAppears(page, 'No messages yet', log);
  }
  await write(bob.page, words.first);
  await textAppears(fay.page, words.first, log);
  await olivia.page.see('button', 'Chat, 1 unread message');
  await textAppears(olivia.page, `Message from Bob: ${words.first}`);
  await olivia.page.press('c');
  await textAppears(olivia.page, words.first, log);
  await fay.page.click('button', 'Reply to Bob');
  await write(fay.page, words.second);
  await textAppears(olivia.page, words.second, log);
  await textAppears(olivia.page, `Bob: ${words.first}`, log);
  await waitFor('delivery', async () => !(await textOf(bob.page)).includes('Sending'), { withinMs: 10_000 });
  expect(await textOf(olivia.page)).toMatch(/Bob\s*Guest/);
}, 90_000);

test('Shift and Enter begin a new line; a link opens elsewhere and shows its real host', async () => {
  await bob.page.fill('Message', 'one');
  await bob.page.press('Shift+Enter');
  await bob.page.press('x');
  expect(await bob.page.evaluate(() => document.querySelector('textarea')?.value, null)).toBe('one\nx');
  await bob.page.fill('Message', 'one\nsee https://example.org.evil.test/login now');
  await bob.page.press('Enter');
  await textAppears(olivia.page, 'see https://example.org.evil.test/login', log);
  const link = await olivia.page.evaluate(() => {
    const element = document.querySelector<HTMLAnchorElement>('[role="log"] a');
    const { target, rel, href } = element ?? {};
    return { target, rel, href, host: element?.querySelector('strong')?.textContent };
  }, null);
  expect(link).toEqual({
    target: '_blank',
    rel: 'noopener noreferrer',
    href: 'https://example.org.evil.test/login',
    host: 'example.org.evil.test',
  });
}, 60_000);

test('a message that its author takes back is gone everywhere; of others there is nothing to take back', async () => {
  expect(await olivia.page.has('button', 'Delete this message')).toBe(false);
  await fay.page.click('button', 'Delete this message');
  for (const { page } of [olivia, bob, fay]) {
    await textAppears(page, 'Message deleted', log);
    expect(await textOf(page)).not.toContain(words.second);
  }
}, 60_000);

test('what is written without a socket is sent when it is back, and what was missed is said', async () => {
  await bob.page.evaluate(keepOffline, null);
  await textAppears(bob.page, 'The connection was lost');
  await write(bob.page, words.offline);
  await textAppears(bob.page, 'Sending…', log);
  await bob.page.screenshot('.test-output/pages/room-chat-offline.png');
  await write(olivia.page, words.unseen);
  await textAppears(fay.page, words.unseen, log);
  expect(await textOf(olivia.page)).not.toContain(words.offline);
  await bob.page.evaluate(() => window.__online(), null);
  for (const { page } of [olivia, fay]) await textAppears(page, words.offline, log);
  await waitFor('delivery', async () => !(await textOf(bob.page)).includes('Sending'), { withinMs: 20_000 });
  await textAppears(bob.page, 'You may have missed messages while you were away.', log);
  expect(await textOf(bob.page)).not.toContain(words.unseen);
  expect(await textOf(olivia.page)).not.toContain('You may have missed');
}, 120_000);

test('a raised hand is seen on the picture and at the top of the list', async () => {
  await fay.page.click('button', 'Raise hand');
  await fay.page.see('button', 'Lower hand');
  await textAppears(olivia.page, 'Fay raised a hand.');
  for (const { page } of [olivia, bob])
    await waitFor('the mark', () => handOn(page, 'Fay'), { withinMs: 10_000 });
}, 60_000);

test('who comes later sees whose hand is up, and nothing that was written before', async () => {
  dan = await call.joinAsGuest('chromium', { name: 'Dan', camera: false, microphone: false });
  await waitFor('the mark', () => handOn(dan.page, 'Fay'), { withinMs: 20_000 });
  await dan.page.press('c');
  await textAppears(dan.page, 'nothing from before', log);
  expect(await accessibilityFaults(dan.page)).toEqual([]);
  await dan.page.screenshot('.test-output/pages/room-chat-empty.png');
  await write(olivia.page, words.late);
  await textAppears(dan.page, words.late, log);
  const text = await textOf(dan.page);
  for (const former of [words.first, words.offline, words.unseen]) expect(text).not.toContain(former);
  expect(text).not.toContain('missed');
}, 90_000);

test('the host lowers a hand, and its owner is told', async () => {
  await olivia.page.press('Escape');
  await olivia.page.click('button', 'People');
  const first = await waitFor(
    'the list',
    () => olivia.page.evaluate(() => document.querySelector('aside ul li')?.textContent ?? '', null),
    { withinMs: 10_000 },
  );
  expect(first).toContain('Fay');
  expect(await inspect(olivia.page, 'room-hand')).toEqual([]);
  await olivia.page.click('button', 'Lower the hand of Fay');
  await textAppears(fay.page, 'The host has lowered your hand.');
  await fay.page.see('button', 'Raise hand');
  for (const { page } of [bob, dan])
    await waitFor('the end of the mark', async () => !(await handOn(page, 'Fay')), { withinMs: 10_000 });
  await olivia.page.click('button', 'People');
}, 120_000);

test('a reaction is shown over the picture of who reacts, is read out, and ends', async () => {
  await fay.page.click('button', 'React');
  await fay.page.click('button', 'Applause');
  await waitFor('the reaction', () => hasReaction(olivia.page, 'Fay', '👏'), {
    withinMs: 10_000,
    everyMs: 30,
  });
  await textAppears(olivia.page, 'Fay: Applause.');
  await waitFor('its end', async () => !(await hasReaction(olivia.page, 'Fay', '👏')), { withinMs: 10_000 });
}, 60_000);

test('everything is usable wide and narrow, in light and dark', async () => {
  await write(
    bob.page,
    'שלום, this is a longer message that wraps over several lines, and then some more of it.',
  );
  await write(bob.page, `A word without end: ${'abcdefghij'.repeat(12)}`);
  await olivia.page.press('c');
  await textAppears(olivia.page, 'A word without end', log);
  await olivia.page.fill('Message', 'a'.repeat(4_001));
  await textAppears(olivia.page, '1 character too many');
  await waitFor('the last message in sight', () => olivia.page.evaluate(isAtEnd, null), { withinMs: 5_000 });
  await olivia.page.screenshot('.test-output/pages/room-chat-long.png');
  expect(await accessibilityFaults(olivia.page)).toEqual([]);
  await olivia.page.fill('Message', '');
  expect(await inspect(olivia.page, 'room-chat')).toEqual([]);
  await olivia.page.press('Escape');
  await dan.page.press('Escape');
  await dan.page.setViewport({ width: 390, height: 844 });
  await dan.page.click('button', 'More');
  await dan.page.see('button', 'Settings');
  await dan.page.screenshot('.test-output/pages/room-more-390.png');
  await dan.page.click('button', 'Celebration');
  await waitFor('the reaction', () => hasReaction(olivia.page, 'Dan', '🎉'), {
    withinMs: 10_000,
    everyMs: 30,
  });
  await olivia.page.screenshot('.test-output/pages/room-reaction.png');
}, 180_000);

test('neither the server’s log at its most talkative nor its database holds a word of it', async () => {
  const output = call.product.output();
  const files = await contents(call.product.dataFolder);
  // What is looked for would be found: these are there.
  expect(output).toContain('"event":"participant.joined"');
  expect(files.some((file) => file.includes(owner.email))).toBe(true);
  for (const text of Object.values(words)) {
    for (const form of [text, Buffer.from(text).toString('base64').slice(0, 24), text.slice(0, 20)]) {
      expect(output).not.toContain(form);
      expect(files.some((file) => file.includes(form))).toBe(false);
    }
  }
}, 60_000);

test('no page complained', () => {
  for (const { page, person } of [olivia, fay, dan]) expect(page.complaints(), person.name).toEqual([]);
});

async function write(page: Page, text: string): Promise<void> {
  await page.fill('Message', text);
  await page.press('Enter');
  await textAppears(page, text, log);
}

function textOf(page: Page): Promise<string> {
  return page.evaluate(visibleText, log);
}

function isAtEnd(): boolean {
  const box = document.querySelector('[role="log"]');
  return box !== null && box.scrollHeight - box.scrollTop - box.clientHeight < 2;
}

function handOn(page: Page, name: string): Promise<boolean> {
  return page.evaluate(
    (who) => document.querySelector(`article[aria-label="${who}"] [aria-label="Raised hand"]`) !== null,
    name,
  );
}

function hasReaction(page: Page, name: string, reaction: string): Promise<boolean> {
  return page.evaluate(
    ([who, what]) =>
      document.querySelector(`article[aria-label="${who}"]`)?.textContent?.includes(what) ?? false,
    [name, reaction] as const,
  );
}

/** All files of the data folder as they are on the disk: tables, indexes, the write-ahead log. */
async function contents(folder: string): Promise<readonly Buffer[]> {
  const files: Buffer[] = [];
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name);
    // A file may go while the database works.
    const bytes = await stat(path).then(
      (entry) => (entry.isFile() ? readFile(path) : null),
      () => null,
    );
    if (bytes !== null) files.push(bytes);
  }
  return files;
}
