import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromEnvironment } from '../net/environment.ts';
import { impair, impairBoth } from '../net/impairment.ts';
import { Call, type Member } from './harness/call.ts';
import { asChromium } from './harness/chromium.ts';
import { findInFolder } from './harness/findInFolder.ts';
import { inspect, textAppears } from './harness/inspect.ts';
import { patienceMs } from './harness/page.ts';
import { leave, owner } from './harness/steps.ts';
import { waitFor } from './harness/waitFor.ts';
import { chooseFile } from './in-page/chooseFile.ts';
import { savedFiles, watchSaving } from './in-page/savedFiles.ts';

const secretWords = 'The secret of the seven copper kettles.\n';
const large = { name: 'Kettles Ä 2026.log', text: secretWords, size: 5_000_000 };
const panel = 'aside';
let call: Call;
let olivia: Member;
let fay: Member;
let hash = '';

beforeAll(async () => {
  call = await Call.open({ CONCLAVE_LOG_LEVEL: 'debug' });
  const quiet = { camera: false, microphone: false };
  olivia = await call.joinAsOwner(quiet);
  fay = await call.joinAsGuest('firefox', { name: 'Fay', ...quiet });
  for (const { page } of [olivia, fay]) {
    await page.evaluate(watchSaving, null);
    await page.click('button', 'Chat');
    await page.see('button', 'Send files');
    await textAppears(page, 'No messages yet', panel);
  }
}, 240_000);

afterAll(async () => {
  await call?.[Symbol.asyncDispose]();
});

test('5 MB go up through a network that is cut in the middle', async () => {
  const { server, browsers } = fromEnvironment();
  await using _slow = await impair({ from: browsers, to: server }, { rateKbit: 8_000 });
  hash = await olivia.page.evaluate(chooseFile, large);
  await waitFor('some of it to go', async () => (await progressOf(olivia)) > 10, {
    withinMs: patienceMs,
    everyMs: 20,
  });
  {
    await using _cut = await impairBoth(server, browsers, { lossPercent: 100 });
    await textAppears(olivia.page, 'Waiting for the network. It goes on by itself.', panel);
    expect(await inspectOne(olivia, 'room-files-paused')).toBeGreaterThan(5);
  }
  await textAppears(olivia.page, 'Sent to everybody', panel);
}, 150_000);

test('the server has the bytes, and neither the content nor the name', async () => {
  const files = join(call.product.dataFolder, 'files');
  const kept = await readdir(files);
  expect(kept).toHaveLength(1);
  const [only = ''] = kept;
  const sizes = await Promise.all(
    (await readdir(join(files, only))).map(async (part) => (await readFile(join(files, only, part))).length),
  );
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(large.size + Math.ceil(large.size / 65_536) * 16);
  // What is there is found, too.
  expect(await findInFolder(call.product.dataFolder, [owner.email])).not.toEqual([]);
  const words = ['seven copper kettles', 'Kettles', 'text/plain'];
  expect(await findInFolder(call.product.dataFolder, words)).toEqual([]);
  for (const word of words) expect(call.product.output()).not.toContain(word);
});

test('the other one is told whom it comes from, and gets the same bytes', async () => {
  const { page } = fay;
  await textAppears(page, large.name, panel);
  await textAppears(page, 'This file comes from Olivia Owner.', panel);
  expect(await page.evaluate(savedFiles, null)).toEqual([]);
  await page.click('button', `Save ${large.name}`);
  const saved = await waitFor(
    'the file to be saved',
    async () => {
      const [file] = await page.evaluate(savedFiles, null);
      return file ?? null;
    },
    { withinMs: 60_000 },
  );
  expect(saved).toEqual({ name: large.name, type: 'application/octet-stream', size: large.size, hash });
}, 90_000);

test('a guest’s file comes with a warning, and is saved under its name', async () => {
  const text = 'From Fay, with thanks.';
  const name = 'a fairly long name of a picture that nobody has ever seen.txt';
  await fay.page.evaluate(chooseFile, { name, text, size: text.length });
  await textAppears(
    olivia.page,
    'This file comes from Fay (guest). Treat it like a mail attachment from a stranger.',
    panel,
  );
  await inspectOne(olivia, 'room-files-offered');
  const coming = asChromium(olivia.page).playwright.waitForEvent('download');
  await olivia.page.click('button', `Save ${name}`);
  const download = await coming;
  expect(download.suggestedFilename()).toBe(name);
  expect(await readFile(await download.path(), 'utf8')).toBe(text);
}, 60_000);

test('a program is not sent, whatever its name says, nor a web page', async () => {
  await olivia.page.evaluate(chooseFile, { name: 'report.pdf', text: 'MZ\u0090\u0000', size: 5_000 });
  await textAppears(olivia.page, 'Refused: it is a program', panel);
  await olivia.page.evaluate(chooseFile, { name: 'page.txt', text: '<html><body>', size: 5_000 });
  await textAppears(olivia.page, 'Refused: web pages', panel);
  expect(await inspect(olivia.page, 'room-files')).toEqual([]);
  await olivia.page.click('button', 'Remove report.pdf from the list');
  await olivia.page.click('button', 'Remove page.txt from the list');
}, 120_000);

test('what is taken back is gone', async () => {
  await olivia.page.click('button', `Take ${large.name} back`);
  await textAppears(fay.page, 'Taken back by Olivia Owner', panel);
  await waitFor('the bytes to go', async () => (await keptFiles()).length === 1, { withinMs: 10_000 });
  expect(await fay.page.has('button', `Save ${large.name}`)).toBe(false);
}, 60_000);

test('nothing is left when the last one has gone, and no page complained', async () => {
  for (const { page } of [olivia, fay]) await leave(page);
  await waitFor('the files to go', async () => (await keptFiles()).length === 0, { withinMs: 20_000 });
  for (const { page, person } of [olivia, fay]) {
    const complaints = page.complaints().filter((complaint) => !isOfLostNetwork(complaint));
    expect(complaints, person.name).toEqual([]);
  }
}, 60_000);

async function keptFiles(): Promise<string[]> {
  return await readdir(join(call.product.dataFolder, 'files')).catch(() => []);
}

/** In percent; 0 while there is none. */
function progressOf({ page }: Member): Promise<number> {
  return page.evaluate(
    () => Number(document.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow') ?? 0),
    null,
  );
}

/** A picture, while something goes on. @returns the progress that is shown */
async function inspectOne(member: Member, name: string): Promise<number> {
  await member.page.screenshot(`.test-output/pages/${name}.png`);
  return await progressOf(member);
}

/** Browsers complain of requests that a cut has ended. */
function isOfLostNetwork(complaint: string): boolean {
  return /ERR_|NetworkError|net::|WebSocket|Failed to load resource/.test(complaint);
}
