import type { Meeting } from '@conclave/client';
import { useTranslation } from 'react-i18next';
import { useObservable } from '../../../ui/useObservable.ts';
import { Banner } from './Banner.tsx';

/** Asks a guest whether the other person may see their address. The meeting goes on meanwhile. */
export function DirectPrompt({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTranslation();
  const direct = useObservable(meeting.state, (state) => state.direct);
  const other = useObservable(meeting.state, ({ participants }) => participants.find(({ self }) => !self));
  if (direct?.asks !== true || other === undefined) return null;
  return (
    <Banner
      action={{ name: t('room.direct.allow'), run: () => meeting.agreeToDirectPath(true) }}
      refusal={{ name: t('room.direct.refuse'), run: () => meeting.agreeToDirectPath(false) }}
    >
      {t('room.direct.ask', { name: other.name })}
    </Banner>
  );
}
