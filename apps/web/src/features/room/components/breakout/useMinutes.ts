import { useState } from 'react';
import { useTranslation } from 'react-i18next';

const offered = [1, 5, 10, 15, 20, 30, 45, 60] as const;

/** A choice of how long. `value`: minutes; null without an end. */
export function useMinutes() {
  const { t } = useTranslation();
  const [minutes, setMinutes] = useState('');
  return {
    value: minutes === '' ? null : Number(minutes),
    select: {
      value: minutes,
      options: [
        { value: '', label: t('breakout.open.noTime') },
        ...offered.map((count) => ({ value: String(count), label: t('breakout.open.minutes', { count }) })),
      ],
      onChange: setMinutes,
    },
  };
}
