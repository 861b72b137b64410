import type { Meeting, MeetingState } from '@conclave/client';
import { useTranslation } from 'react-i18next';
import { Check } from './Check.tsx';

/** One's word on a direct path, to give and to take back at any time. Members agree unless they say no. */
export function DirectSetting({
  meeting,
  state,
}: {
  readonly meeting: Meeting;
  readonly state: MeetingState;
}) {
  const { t } = useTranslation();
  const me = state.participants.find(({ self }) => self);
  if (state.direct === null || me === undefined) return null;
  return (
    <Check
      label={t('room.direct.setting')}
      help={t('room.direct.settingHelp')}
      on={state.direct.agreed ?? me.role !== 'guest'}
      onChange={(agreed) => meeting.agreeToDirectPath(agreed)}
    />
  );
}
