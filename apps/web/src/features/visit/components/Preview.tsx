import type { Devices } from '@conclave/client';
import { VideoOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { TrackVideo } from '../../../ui/TrackVideo.tsx';
import { useObservable } from '../../../ui/useObservable.ts';
import { CameraToggle, MicrophoneToggle } from './DeviceToggles.tsx';
import styles from './Preview.module.css';

/** Own picture before anybody else sees it (D1), with the two switches. */
export function Preview({ devices }: { readonly devices: Devices }) {
  const { t } = useTranslation();
  const { camera } = useObservable(devices.state);
  return (
    <div className={styles.preview}>
      {camera.track === null ? (
        <div className={styles.none}>
          <VideoOff size={36} aria-hidden="true" />
          <p>{camera.starting ? t('visit.cameraStarting') : t('visit.cameraIsOff')}</p>
        </div>
      ) : (
        <TrackVideo
          track={camera.track}
          className={styles.video}
          data-self="true"
          data-source="camera"
          aria-label={t('visit.preview')}
        />
      )}
      <div className={styles.switches}>
        <MicrophoneToggle devices={devices} />
        <CameraToggle devices={devices} />
      </div>
    </div>
  );
}
