import { i18next } from '../i18n/i18n.ts';
import { showToast } from './toasts.ts';

const firstPauseMs = 500;
const longestPauseMs = 8_000;

/**
 * Fetches a part of the page, again and again where it cannot be fetched: a network that is away for a moment takes nobody out
 * of a meeting. The first failure is told, and each one once it takes long.
 * @param tries after so many it rejects as the last one did
 */
export async function untilLoaded<T>(load: () => Promise<T>, tries = Number.POSITIVE_INFINITY): Promise<T> {
  let left = tries;
  for (let pause = firstPauseMs; ; pause = Math.min(2 * pause, longestPauseMs)) {
    try {
      return await load();
    } catch (error) {
      left -= 1;
      if (left <= 0) throw error;
      if (pause === firstPauseMs || pause === longestPauseMs) showToast(i18next.t('ui.notLoaded'));
      await new Promise((resolve) => setTimeout(resolve, pause));
      await fetchStylesAgain();
    }
  }
}

/** The bundler asks for each style sheet of a part once. What did not come is asked for with the part. */
async function fetchStylesAgain(): Promise<void> {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')];
  const missing = links.filter((link) => !isThere(link));
  await Promise.all(
    missing.map((link) => {
      const again = link.cloneNode() as HTMLLinkElement;
      const over = new Promise((resolve) => {
        again.onload = resolve;
        again.onerror = resolve;
      });
      link.replaceWith(again);
      return over;
    }),
  );
}

/** One that did not come has no sheet, or (Chromium) one whose rules cannot be read. Ours are all of this origin. */
function isThere({ sheet }: HTMLLinkElement): boolean {
  try {
    return sheet !== null && sheet.cssRules.length > 0;
  } catch {
    return false;
  }
}
