import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { asChromium } from './chromium.ts';
import type { Page } from './page.ts';

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules for which it matters in which colours a page is painted. */
const ofColours = ['color-contrast', 'link-in-text-block'];

/**
 * Checks a page against WCAG 2.2 A and AA with axe-core.
 * @param coloursOnly the same page was checked in other colours already
 * @returns one line for each fault: the rule, what is wrong, where
 */
export async function accessibilityFaults(page: Page, coloursOnly = false): Promise<string[]> {
  const { playwright } = asChromium(page);
  // Through the debugger and not as a <script>: the page's content security policy stays as it is.
  if (!(await playwright.evaluate(() => 'axe' in globalThis))) await playwright.evaluate(await source);
  const runOnly = coloursOnly ? { type: 'rule', values: ofColours } : { type: 'tag', values: levels };
  const results = await playwright.evaluate(
    (options) =>
      (
        globalThis as unknown as { axe: { run(context: object, options: object): Promise<AxeResults> } }
      ).axe.run(
        // react-aria's own announcements: for seconds they point at elements that have gone since.
        { exclude: [['[data-live-announcer]']] },
        options,
      ) as Promise<AxeResults>,
    { runOnly },
  );
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help}: ${target.join(' ')}`),
  );
}
