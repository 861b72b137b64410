import { expect, test } from 'vitest';
import { preferredLanguage } from './preferredLanguage.ts';

test.each([
  ['de', 'de'],
  ['de-CH', 'de'],
  ['DE-at', 'de'],
  ['zh-Hant, fr-CA;q=0.8, en;q=0.7', 'fr'],
  ['sv, en;q=0.5, es;q=0.9', 'es'],
  ['en;q=0.8, fr;q=0.8', 'en'],
  ['de;q=0, en;q=0.1', 'en'],
  ['de;q=2, en;q=0.1', 'en'],
  ['den, esperanto, free', null],
  ['de;q=0', null],
  ['*', null],
  ['', null],
  [undefined, null],
  [';;,,;q=', null],
])('%s asks for %s', (header, language) => {
  expect(preferredLanguage(header)).toBe(language);
});
