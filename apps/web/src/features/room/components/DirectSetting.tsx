import type { Meeting } from '@conclave/client';
import { useTranslation } from 'react-i18next';
import { useObservable } from '../../../ui/useObservable.ts';
import { Check } from './Check.tsx';

/** One's word on a direct path, to give and to take back at any time. Members agree unless they say no. */
export function DirectSetting({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTranslation();
  const direct = useObservable(meeting.state, (state) => state.direct);
  const me = useObservable(meeting.state, ({ participants }) => participants.find(({ self }) => self));
  if (direct === null || me === undefined) return null;
  return (
    <Check
      label={t('room.direct.setting')}
      help={t('room.direct.settingHelp')}
      on={direct.agreed ?? me.role !== 'guest'}
      onChange={(agreed) => meeting.agreeToDirectPath(agreed)}
    />
  );
}
