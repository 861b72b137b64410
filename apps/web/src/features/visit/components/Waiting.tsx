import './doorTexts.ts';
import type { Meeting } from '@conclave/client';
import { Clock, DoorOpen, Hourglass, WifiOff } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { Page } from '../../../ui/Page.tsx';
import { useObservable } from '../../../ui/useObservable.ts';
import { loadRoom } from '../../room/load.ts';
import type { Visit } from '../model/visit.ts';
import { BesidePicture } from './BesidePicture.tsx';
import styles from './Waiting.module.css';

type Standing = 'told' | 'nobody' | 'interrupted' | 'beginning';
const icons = { beginning: Clock, told: DoorOpen, nobody: Hourglass, interrupted: WifiOff };

/** At the door: how it stands, as the server says it, and one's own picture, which nobody else sees. */
export default function Waiting({ visit, meeting }: { readonly visit: Visit; readonly meeting: Meeting }) {
  const { t } = useTranslation();
  const phase = useObservable(meeting.state, (state) => state.phase);
  const standing: Standing =
    phase.name !== 'waiting'
      ? 'told'
      : phase.interrupted
        ? 'interrupted'
        : phase.waitsFor === 'beginning'
          ? 'beginning'
          : phase.hostPresent
            ? 'told'
            : 'nobody';
  // An audience needs neither microphone nor camera.
  const watches = standing === 'beginning';
  useEffect(() => {
    if (watches) visit.devices.stopAll();
  }, [watches, visit]);
  const Icon = icons[standing];
  // There before it is wanted: whoever is let in is not to wait again.
  useEffect(() => {
    loadRoom().catch(() => {});
  }, []);
  const words = (
    <div className={styles.words}>
      <div className={styles.standing} role="status" data-standing={standing}>
        <Icon size={28} aria-hidden="true" />
        <p>{t(`door.${standing}`)}</p>
      </div>
      <p className={styles.quiet}>{t(watches ? 'door.beginningNothing' : 'door.nothing')}</p>
      <p className={styles.quiet}>
        {t('door.as')} <strong dir="auto">{visit.rememberedName}</strong>
      </p>
      <Button onPress={() => void visit.leave()}>{t('door.leave')}</Button>
    </div>
  );
  return (
    <Page width={watches ? 'narrow' : 'wide'} title={t(watches ? 'door.beginningTitle' : 'door.title')}>
      {watches ? words : <BesidePicture devices={visit.devices}>{words}</BesidePicture>}
    </Page>
  );
}
