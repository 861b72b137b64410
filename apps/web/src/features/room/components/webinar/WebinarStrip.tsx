import './texts.ts';
import type { Meeting } from '@conclave/client';
import { Eye, Radio, Users } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../../ui/Button.tsx';
import { ConfirmDialog } from '../../../../ui/ConfirmDialog.tsx';
import { useObservable } from '../../../../ui/useObservable.ts';
import { isModerator } from '../../model/meetingRules.ts';
import { isAudience } from '../../model/webinar.ts';
import { useAct } from '../host/useAct.ts';
import { InvitedDialog } from './InvitedDialog.tsx';
import styles from './WebinarStrip.module.css';

/** How the webinar stands, above the stage: practice or live, how many watch, and what one can do about it. */
export default function WebinarStrip({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTranslation();
  const act = useAct();
  const live = useObservable(meeting.state, ({ orders }) => orders.live);
  const audience = useObservable(meeting.state, (state) => state.audience);
  const watching = useObservable(meeting.state, isAudience);
  const leads = useObservable(meeting.state, isModerator);
  const mayBegin = useObservable(meeting.state, ({ controls }) => controls.includes('admit'));
  const stage = useObservable(meeting.state, (state) => state.stage);
  const expected = useObservable(
    meeting.state,
    ({ lobby }) => lobby.filter(({ waitsFor }) => waitsFor === 'beginning').length,
  );
  const held = useObservable(
    meeting.state,
    ({ lobby }) => lobby.filter(({ waitsFor }) => waitsFor === 'host').length,
  );
  const [asking, setAsking] = useState(false);
  const small = { size: 16, 'aria-hidden': true } as const;

  const line = () => {
    if (live) return watching ? t('webinar.watching') : leads ? null : t('webinar.onStage');
    if (!leads) return t('webinar.practiceSpeaker');
    return expected > 0 ? t('webinar.practiceWaiting', { count: expected }) : t('webinar.practiceHelp');
  };
  return (
    <section className={styles.strip} aria-label={t('webinar.status')}>
      <p className={styles.mark} data-live={live ? '' : undefined} role="status">
        {live ? <Radio {...small} /> : <Eye {...small} />}
        {t(live ? 'webinar.live' : 'webinar.practice')}
      </p>
      {live && (
        <p className={styles.count}>
          <Users {...small} />
          {t('webinar.audience', { count: audience })}
        </p>
      )}
      <p className={styles.line}>{line()}</p>
      {!live && mayBegin && (
        <Button look="primary" onPress={() => setAsking(true)}>
          {t('webinar.goLive')}
        </Button>
      )}
      {stage === 'on' && !leads && (
        <Button onPress={() => act(() => meeting.takeStage(false))}>{t('webinar.stepDown')}</Button>
      )}
      {asking && (
        <ConfirmDialog
          title={t('webinar.goLiveTitle')}
          text={[
            t('webinar.goLiveText'),
            ...(held > 0 ? [t('webinar.goLiveHeld', { count: held })] : []),
          ].join(' ')}
          confirm={t('webinar.goLive')}
          onConfirm={() => meeting.moderation.goLive()}
          onClose={() => setAsking(false)}
        />
      )}
      {stage === 'asked' && <InvitedDialog meeting={meeting} />}
    </section>
  );
}
