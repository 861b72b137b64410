import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page as PlaywrightPage } from 'playwright-core';
import type { Host } from '../../net/host.ts';
import { record } from '../in-page/record.ts';
import { cameraRate, type Page, type Person, type PersonOptions, patienceMs, type Role } from './page.ts';
import { writePortrait } from './portraitFile.ts';
import { toneFile } from './toneFile.ts';

const executablePath = '/usr/bin/chromium';
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--use-fake-ui-for-media-stream',
  // Several browsers share two cores and none of them has a window in front.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

/** A Chromium of one's own: its microphone hears a beeping tone, its camera sees Chromium's test picture. */
export async function openChromium(options: PersonOptions): Promise<Person> {
  const { name, tone = 440, viewport = { width: 1280, height: 800 } } = options;
  const folder = await mkdtemp(join(tmpdir(), 'conclave-chromium-'));
  const sound = join(folder, 'tone.wav');
  await writeFile(sound, toneFile(tone));
  const devices = [
    `--use-fake-device-for-media-stream=fps=${options.cameraRate ?? cameraRate}`,
    `--use-file-for-fake-audio-capture=${sound}`,
  ];
  if (options.portrait !== undefined) {
    const picture = join(folder, 'portrait.y4m');
    await writePortrait(picture, options.portrait);
    devices.push(`--use-file-for-fake-video-capture=${picture}`);
  }
  if (options.trustedKeys !== undefined)
    devices.push(`--ignore-certificate-errors-spki-list=${options.trustedKeys.join(',')}`);
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: options.host === undefined ? executablePath : await writeLauncher(folder, options.host),
    headless: true,
    args: [...flags, ...devices],
    ignoreHTTPSErrors: true,
    viewport,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(patienceMs);
  await context.addInitScript(record);
  return {
    name,
    browser: 'chromium',
    tone,
    openPage: () => openPage(context),
    [Symbol.asyncDispose]: async () => {
      await context.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A program that starts Chromium on another host. The driver talks to it through pipes, which pass. */
async function writeLauncher(folder: string, host: Host): Promise<string> {
  const file = join(folder, 'chromium');
  const script = `#!/bin/sh\nexec ip netns exec ${host.namespace} ${executablePath} "$@"\n`;
  await writeFile(file, script, { mode: 0o755 });
  return file;
}

/** What Playwright knows and other browsers' drivers do not: network responses, extra protocol commands. */
export interface ChromiumPage extends Page {
  readonly browser: 'chromium';
  readonly playwright: PlaywrightPage;
}

export function asChromium(page: Page): ChromiumPage {
  if (page.browser !== 'chromium' || !('playwright' in page)) throw new Error('not a Chromium page');
  return page as ChromiumPage;
}

async function openPage(context: BrowserContext): Promise<ChromiumPage> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const find = (role: Role, name: string) => page.getByRole(role, { name, exact: true });
  return {
    browser: 'chromium',
    playwright: page,
    goto: async (url) => {
      await page.goto(url);
    },
    reload: async () => {
      await page.reload();
    },
    url: async () => page.url(),
    click: (role, name) => find(role, name).click(),
    fill: (label, text) => page.getByLabel(label, { exact: true }).fill(text),
    press: (key) => page.keyboard.press(key),
    see: (role, name) => find(role, name).first().waitFor(),
    has: (role, name) => find(role, name).first().isVisible(),
    // Playwright's own types unwrap handles; values here are plain.
    evaluate: async (inPage, argument) => (await page.evaluate(inPage as never, argument)) as never,
    setViewport: (size) => page.setViewportSize(size),
    setColorScheme: (colorScheme) => page.emulateMedia({ colorScheme }),
    screenshot: async (path) => {
      await page.screenshot({ path });
    },
    complaints: () => complaints,
    [Symbol.asyncDispose]: () => page.close(),
  };
}
