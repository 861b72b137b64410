import type { Devices } from '@conclave/client';
import type { TestCallState } from '@conclave/client/test-call';
import { VideoOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { TrackVideo } from '../../../ui/TrackVideo.tsx';
import { useObservable } from '../../../ui/useObservable.ts';
import { MicrophoneLevel } from '../../visit/components/MicrophoneLevel.tsx';
import { Countdown } from './Countdown.tsx';
import styles from './Running.module.css';

type RunningState = Exclude<TestCallState, { name: 'over' | 'failed' }>;

/** What comes back, what to do now, and for how long. */
export function Running({ state, devices }: { readonly state: RunningState; readonly devices: Devices }) {
  const { t } = useTranslation();
  const hasSound = useObservable(devices.state, ({ microphone }) => microphone.on);
  const isSpeaking = state.name === 'speaking';
  return (
    <>
      <div className={styles.picture}>{'picture' in state && <Picture track={state.picture} />}</div>
      <p role="status" className={styles.step}>
        {t(`testCall.${isSpeaking && !hasSound ? 'measuring' : state.name}`)}
      </p>
      {isSpeaking && hasSound && <MicrophoneLevel devices={devices} />}
      <Countdown endsAt={'endsAt' in state ? state.endsAt : null} key={state.name} />
    </>
  );
}

function Picture({ track }: { readonly track: MediaStreamTrack | null }) {
  const { t } = useTranslation();
  if (track !== null)
    return <TrackVideo track={track} className={styles.video} aria-label={t('testCall.picture')} />;
  return (
    <p className={styles.none}>
      <VideoOff size={28} aria-hidden="true" />
      {t('testCall.noPicture')}
    </p>
  );
}
