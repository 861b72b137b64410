const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];
const justNowSeconds = 45;

/**
 * "3 days ago", "just now", in the largest unit that fits.
 * @param instant ISO 8601 @param now in ms since the epoch
 */
export function timeAgo(instant: string, now: number, locale = 'en'): string {
  const seconds = Math.round((Date.parse(instant) - now) / 1000);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  if (Math.abs(seconds) < justNowSeconds) return format.format(0, 'second');
  for (const [unit, size] of units) {
    const value = Math.round(seconds / size);
    if (Math.abs(value) >= 1) return format.format(value, unit);
  }
  return format.format(0, 'second');
}
