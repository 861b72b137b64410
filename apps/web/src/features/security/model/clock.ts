const time = new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit' });
const date = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });

/** "10:42 AM". @param at ms since the epoch */
export function timeOf(at: number): string {
  return time.format(at);
}

/** "3 May 2026" in the order of the language. @param at ms since the epoch */
export function dateOf(at: number): string {
  return date.format(at);
}
