import './texts.ts';
import type { Meeting } from '@conclave/protocol';
import { useTranslation } from 'react-i18next';
import { whenText } from '../model/whenText.ts';

/** "Mon 30 Nov, 09:00–10:00, every week"; with the time in its own zone where clocks there show another one. */
export function WhenLine({ meeting: { next, schedule } }: { readonly meeting: Meeting }) {
  const { t } = useTranslation();
  if (next === null || schedule === null) return null;
  const { here, there } = whenText(next, schedule, Date.now());
  const { recurrence } = schedule;
  const parts = [
    there === null ? here : `${here} (${t('home.inZone', there)})`,
    ...(recurrence === null ? [] : [t(`home.repeated.${recurrence.every}`, { count: recurrence.interval })]),
  ];
  return <span>{parts.join(', ')}</span>;
}
