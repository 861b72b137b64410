import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { asChromium } from './chromium.ts';
import type { Page } from './page.ts';

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Checks a page against WCAG 2.2 A and AA with axe-core.
 * @returns one line for each fault: the rule, what is wrong, where
 */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const { playwright } = asChromium(page);
  // Through the debugger and not as a <script>: the page's content security policy stays as it is.
  await playwright.evaluate(await source);
  const results = await playwright.evaluate(
    () =>
      (
        globalThis as unknown as { axe: { run(context: object, options: object): Promise<AxeResults> } }
      ).axe.run(
        // react-aria's own announcements: for seconds they point at elements that have gone since.
        { exclude: [['[data-live-announcer]']] },
        { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
      ) as Promise<AxeResults>,
  );
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help}: ${target.join(' ')}`),
  );
}
