import type { QuietTime } from '@conclave/protocol';
import type { TFunction } from 'i18next';

const morningHour = 8;

/** Eight o'clock of the next day, by the clocks of the person. */
export function nextMorning(now: Date): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, morningHour);
}

export function quietText(t: TFunction, quiet: QuietTime): string {
  if (quiet === null) return t('calls.settings.quietOff');
  if (quiet.until === null) return t('calls.settings.quietOn');
  const when = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(quiet.until));
  return t('calls.settings.quietUntil', { when });
}
