/** What a browser says it is; null where that is nothing we know. */
export interface Device {
  readonly browser: string | null;
  readonly system: string | null;
}

/** A name by which people know their own sessions again, made from a User-Agent header: "Firefox on Linux". */
export function describeDevice(userAgent: string | undefined): string {
  const { browser, system } = deviceOf(userAgent);
  return system === null ? (browser ?? 'A browser') : `${browser ?? 'A browser'} on ${system}`;
}

export function deviceOf(userAgent: string | undefined): Device {
  const text = (userAgent ?? '').slice(0, 512);
  const find = (table: typeof BROWSERS) => table.find(([pattern]) => pattern.test(text))?.[1] ?? null;
  return { browser: find(BROWSERS), system: find(SYSTEMS) };
}

// Order matters: nearly all of them also say that they are Chrome and Safari.
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:iPhone|iPad|iPod)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\b(?:Macintosh|Mac OS X)\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];
