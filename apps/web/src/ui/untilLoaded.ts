import { i18next } from '../i18n/i18n.ts';
import { showToast } from './toasts.ts';

const firstPauseMs = 500;
const longestPauseMs = 8_000;

/**
 * Fetches a part of the page, again and again where it cannot be fetched: a network that is away for a moment takes nobody out
 * of a meeting. The first failure is told.
 */
export async function untilLoaded<T>(load: () => Promise<T>): Promise<T> {
  for (let pause = firstPauseMs; ; pause = Math.min(2 * pause, longestPauseMs)) {
    try {
      return await load();
    } catch {
      if (pause === firstPauseMs) showToast(i18next.t('ui.notLoaded'));
      await new Promise((resolve) => setTimeout(resolve, pause));
      await fetchStylesAgain();
    }
  }
}

/** The bundler asks for each style sheet of a part once. What did not come is asked for with the part. */
async function fetchStylesAgain(): Promise<void> {
  const missing = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')].filter(
    ({ sheet }) => sheet === null,
  );
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
