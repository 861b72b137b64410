import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { files } from './en/files.ts';
import type { homePage } from './en/homePage.ts';
import type { securityPanel } from './en/securityPanel.ts';
import type { sessions } from './en/sessions.ts';
import type { settings } from './en/settings.ts';
import type { password, setUp } from './en/setUp.ts';
import { en } from './en.ts';

/** What `addTexts` adds. */
interface LateTexts {
  readonly files: typeof files;
  readonly home: typeof homePage;
  readonly room: typeof settings;
  readonly security: typeof securityPanel;
  readonly setUp: typeof setUp;
  readonly password: typeof password;
  readonly sessions: typeof sessions;
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en & LateTexts };
  }
}

// Texts come with the code that shows them, so nothing is waited for and the first render has them.
void i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: en } },
  initAsync: false,
  // React escapes what it renders.
  interpolation: { escapeValue: false },
  react: { useSuspense: false },
});

export { i18next };
