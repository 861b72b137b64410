import { i18next } from './i18n.ts';

/** Adds the texts of something that is fetched when it is wanted. They are typed in `i18n.ts` like all others. */
export function addTexts(part: string, texts: object): void {
  i18next.addResourceBundle('en', 'translation', { [part]: texts }, true);
}
