import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { about } from './en/about.ts';
import type { accountErrors } from './en/accountErrors.ts';
import type { admin } from './en/admin.ts';
import type { announcements } from './en/announcements.ts';
import type { breakout } from './en/breakout.ts';
import type { calls } from './en/calls.ts';
import type { choosePassword } from './en/choosePassword.ts';
import type { data } from './en/data.ts';
import type { deviceProblems } from './en/deviceProblems.ts';
import type { door } from './en/door.ts';
import type { errors } from './en/errors.ts';
import type { factors } from './en/factors.ts';
import type { files } from './en/files.ts';
import type { guards } from './en/guards.ts';
import type { homePage } from './en/homePage.ts';
import type { host } from './en/host.ts';
import type { organise } from './en/organise.ts';
import type { ownAccount } from './en/ownAccount.ts';
import type { password } from './en/password.ts';
import type { policy } from './en/policy.ts';
import type { posture } from './en/posture.ts';
import type { proof } from './en/proof.ts';
import type { securityPanel } from './en/securityPanel.ts';
import type { settings } from './en/settings.ts';
import type { setUp } from './en/setUp.ts';
import type { signOn } from './en/signOn.ts';
import type { signOnAdmin } from './en/signOnAdmin.ts';
import type { talk } from './en/talk.ts';
import type { testCall } from './en/testCall.ts';
import type { visitOver } from './en/visitOver.ts';
import type { webinar } from './en/webinar.ts';
import { en } from './en.ts';

/** What `addTexts` adds. */
interface LateTexts {
  readonly breakout: typeof breakout;
  readonly calls: typeof calls;
  readonly door: typeof door;
  readonly errors: typeof errors & typeof accountErrors;
  readonly factors: typeof factors;
  readonly files: typeof files;
  readonly guards: typeof guards;
  readonly home: typeof homePage;
  readonly host: typeof host;
  readonly proof: typeof proof;
  readonly room: typeof settings & typeof announcements.room;
  readonly security: typeof securityPanel & typeof announcements.security;
  readonly setUp: typeof setUp;
  readonly password: typeof password;
  readonly about: typeof about;
  readonly data: typeof data;
  readonly policy: typeof policy;
  readonly posture: typeof posture;
  readonly admin: typeof admin;
  readonly organise: typeof organise;
  readonly ownAccount: typeof ownAccount;
  readonly choosePassword: typeof choosePassword;
  readonly signOn: typeof signOn;
  readonly testCall: typeof testCall;
  readonly signOnAdmin: typeof signOnAdmin;
  readonly talk: typeof talk;
  readonly webinar: typeof webinar;
  readonly visit: typeof visitOver & typeof deviceProblems;
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
