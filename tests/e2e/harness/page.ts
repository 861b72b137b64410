import type { Host } from '../../net/host.ts';
import type { Portrait } from './portraitFile.ts';

/** Roles that specs press, read or wait for. Names are accessible names, whole and exact. */
export type Role =
  | 'button'
  | 'link'
  | 'textbox'
  | 'heading'
  | 'alert'
  | 'listitem'
  | 'menuitem'
  | 'dialog'
  | 'alertdialog'
  | 'radio'
  | 'checkbox'
  | 'switch';

export interface Viewport {
  readonly width: number;
  readonly height: number;
}

/**
 * One tab of one person, the same for every browser. Everything waits for what it needs, up to `patienceMs`.
 * Functions given to `evaluate` run in the page: they may use nothing from outside but their argument.
 */
export interface Page extends AsyncDisposable {
  readonly browser: 'chromium' | 'firefox';
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  url(): Promise<string>;
  click(role: Role, name: string): Promise<void>;
  fill(label: string, text: string): Promise<void>;
  press(key: string): Promise<void>;
  /** Resolves when there is such an element to be seen. */
  see(role: Role, name: string): Promise<void>;
  has(role: Role, name: string): Promise<boolean>;
  evaluate<A, T>(inPage: (argument: A) => T | Promise<T>, argument: A): Promise<T>;
  setViewport(viewport: Viewport): Promise<void>;
  setColorScheme(scheme: 'light' | 'dark'): Promise<void>;
  screenshot(path: string): Promise<void>;
  /** What the page complained of since it was opened: uncaught errors and console errors. */
  complaints(): readonly string[];
}

/** One person at one browser: own cookies, own devices, own tabs. */
export interface Person extends AsyncDisposable {
  readonly name: string;
  readonly browser: Page['browser'];
  /** Hz: what this person's microphone hears. */
  readonly tone: number;
  openPage(): Promise<Page>;
}

export interface PersonOptions {
  readonly name: string;
  readonly tone?: number;
  readonly viewport?: Viewport;
  /** Frames a second of the browser's test picture; without it, `cameraRate`. */
  readonly cameraRate?: number;
  /** What the camera sees in place of the browser's test picture. Chromium only. */
  readonly portrait?: Portrait;
  /** Public keys that TLS servers may show without a certificate from an authority: SHA-256, base64. Chromium only. */
  readonly trustedKeys?: readonly string[];
  /** A certificate in PEM of an authority that is trusted. Firefox only. */
  readonly authorityFile?: string;
  /** Where the browser runs; without it, where the tests do. Chromium only: Firefox's driver needs its loopback. */
  readonly host?: Host;
}

/**
 * Frames a second: enough to see that a picture moves. All browsers of a spec encode and decode on the same processors, so
 * that the rate of a camera is what decides how long a spec takes.
 */
export const cameraRate = 10;

/** How long a driver waits for an element, ms. The machine may be slow; bars are measured where they matter. */
export const patienceMs = 30_000;
