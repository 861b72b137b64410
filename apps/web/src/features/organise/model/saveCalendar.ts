/** Gives the browser an entry for calendars to save. @param calendar an iCalendar object */
export function saveCalendar(title: string | null, calendar: string): void {
  const name = (title ?? '').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
  const address = URL.createObjectURL(new Blob([calendar], { type: 'text/calendar;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${name === '' ? 'meeting' : name}.ics`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
