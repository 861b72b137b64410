import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type ElementHandle, launch, type Page as PuppeteerPage } from 'puppeteer-core';
import { command } from '../../net/command.ts';
import { findField } from '../in-page/findField.ts';
import { record } from '../in-page/record.ts';
import { cameraRate, type Page, type Person, type PersonOptions, patienceMs, type Role } from './page.ts';
import { waitFor } from './waitFor.ts';

const executablePath = '/usr/bin/firefox-esr';

/** A stock Firefox of one's own, driven by WebDriver BiDi. Its microphone hears a sine, its camera colours. */
export async function openFirefox(options: PersonOptions): Promise<Person> {
  const { name, tone = 1_000, viewport = { width: 1280, height: 800 } } = options;
  const folder = await mkdtemp(join(tmpdir(), 'conclave-firefox-'));
  if (options.authorityFile !== undefined) await trust(folder, options.authorityFile);
  const browser = await launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    acceptInsecureCerts: true,
    userDataDir: folder,
    defaultViewport: viewport,
    protocolTimeout: 120_000,
    extraPrefsFirefox: {
      'media.navigator.streams.fake': true,
      'media.navigator.video.default_fps': options.cameraRate ?? cameraRate,
      'media.navigator.permission.disabled': true,
      'media.navigator.audio.fake_frequency': tone,
      'media.autoplay.default': 0,
      // It paints on the processor that everybody shares.
      'layout.frame_rate': 30,
      'datareporting.policy.dataSubmissionEnabled': false,
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
    },
  });
  return {
    name,
    browser: 'firefox',
    tone,
    openPage: () => openPage(browser),
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The driver's `acceptInsecureCerts` is for pages; TLS to a relay looks into the profile's database alone. */
async function trust(folder: string, authorityFile: string): Promise<void> {
  await command('certutil', '-N', '-d', `sql:${folder}`, '--empty-password');
  await command(
    ...(['certutil', '-A', '-d', `sql:${folder}`, '-n', 'tests', '-t', 'C,,'] as const),
    ...(['-i', authorityFile] as const),
  );
}

async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.evaluateOnNewDocument(record);
  const complaints: string[] = [];
  page.on('pageerror', (error) =>
    complaints.push(`uncaught: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
  );
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const find = (role: Role, name: string) => page.$(ariaSelector(role, name));
  const wait = (role: Role, name: string) =>
    waitFor(`${role} "${name}"`, () => find(role, name), { withinMs: patienceMs });
  return {
    browser: 'firefox',
    goto: async (url) => {
      await page.goto(url);
    },
    reload: async () => {
      await page.reload();
    },
    url: async () => page.url(),
    click: (role, name) =>
      // React may put a new element in the place of the one that was found.
      waitFor(`${role} "${name}" to click`, async () => pressed(await find(role, name)), {
        withinMs: patienceMs,
      }).then(() => undefined),
    fill: async (label, text) => {
      const field = await waitFor(
        `a field "${label}"`,
        async () => (await page.evaluateHandle(findField, label)).asElement(),
        { withinMs: patienceMs },
      );
      await fill(page, field as ElementHandle, text);
    },
    press: (key) => page.keyboard.press(key as 'Enter'),
    see: async (role, name) => {
      await wait(role, name);
    },
    has: async (role, name) => (await find(role, name)) !== null,
    evaluate: async (inPage, argument) => (await page.evaluate(inPage as never, argument as never)) as never,
    setViewport: (size) => page.setViewport(size),
    setColorScheme: (value) => page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]),
    screenshot: async (path) => {
      await page.screenshot({ path: path as `${string}.png` });
    },
    complaints: () => complaints,
    [Symbol.asyncDispose]: () => page.close(),
  };
}

function ariaSelector(role: Role, name: string): string {
  return `::-p-aria(${JSON.stringify(name).slice(1, -1)}[role="${role}"])`;
}

async function pressed(element: ElementHandle | null): Promise<boolean> {
  if (element === null) return false;
  try {
    await element.click();
    return true;
  } catch {
    return false;
  }
}

async function fill(page: PuppeteerPage, field: ElementHandle, text: string): Promise<void> {
  await field.click({ count: 3 });
  await page.keyboard.press('Backspace');
  await field.type(text);
}
