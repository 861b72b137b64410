import { mkdir } from 'node:fs/promises';
import { settle } from '../in-page/settle.ts';
import { visibleText } from '../in-page/visibleText.ts';
import { accessibilityFaults } from './axe.ts';
import { type Page, patienceMs } from './page.ts';
import { waitFor } from './waitFor.ts';

const pictures = '.test-output/pages';
const viewports = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const;

/**
 * Takes a picture of the page in light and dark, wide and narrow.
 * @returns faults of accessibility and of width in any of the four; none is what is wanted
 */
export async function inspect(page: Page, name: string): Promise<string[]> {
  await mkdir(pictures, { recursive: true });
  const faults: string[] = [];
  for (const scheme of ['light', 'dark'] as const) {
    await page.setColorScheme(scheme);
    for (const viewport of viewports) {
      await page.setViewport(viewport);
      // Half way from one colour to the other there is little contrast.
      await page.evaluate(settle, null);
      const where = `${name}, ${scheme}, ${viewport.width} wide`;
      await page.screenshot(`${pictures}/${name}-${scheme}-${viewport.width}.png`);
      const found = await accessibilityFaults(page, scheme !== 'light');
      faults.push(...found.map((fault) => `${where}: ${fault}`));
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        null,
      );
      if (overflow > 0) faults.push(`${where}: ${overflow} px too wide`);
    }
  }
  await page.setColorScheme('light');
  await page.setViewport(viewports[0]);
  return faults;
}

/** Waits for a text anywhere on the page, or in the element of the selector `within`. */
export async function textAppears(page: Page, text: string, within: string | null = null): Promise<void> {
  await waitFor(`"${text}"`, async () => (await page.evaluate(visibleText, within)).includes(text), {
    withinMs: patienceMs,
  });
}
