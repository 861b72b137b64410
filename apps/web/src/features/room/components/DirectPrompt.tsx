import type { Meeting, MeetingState } from '@conclave/client';
import { useTranslation } from 'react-i18next';
import { Banner } from './Banner.tsx';

/** Asks a guest whether the other person may see their address. The meeting goes on meanwhile. */
export function DirectPrompt({
  meeting,
  state,
}: {
  readonly meeting: Meeting;
  readonly state: MeetingState;
}) {
  const { t } = useTranslation();
  const other = state.participants.find(({ self }) => !self);
  if (state.direct?.asks !== true || other === undefined) return null;
  return (
    <Banner
      action={{ name: t('room.direct.allow'), run: () => meeting.agreeToDirectPath(true) }}
      refusal={{ name: t('room.direct.refuse'), run: () => meeting.agreeToDirectPath(false) }}
    >
      {t('room.direct.ask', { name: other.name })}
    </Banner>
  );
}
