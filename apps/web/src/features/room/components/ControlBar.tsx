import type { Meeting, MeetingState } from '@conclave/client';
import { MonitorUp, MonitorX, PhoneOff, Settings, Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { RoundButton } from '../../../ui/RoundButton.tsx';
import { CameraToggle, MicrophoneToggle } from '../../visit/components/DeviceToggles.tsx';
import type { Visit } from '../../visit/model/visit.ts';
import { SHORTCUT_KEYS, type Shortcut } from '../model/shortcuts.ts';
import { ConnectionMark } from './ConnectionMark.tsx';
import styles from './ControlBar.module.css';
import { useScreenShare } from './useScreenShare.ts';

export function ControlBar(props: {
  readonly visit: Visit;
  readonly meeting: Meeting;
  readonly state: MeetingState;
  readonly title: string;
  readonly people: boolean;
  readonly shortcuts: boolean;
  readonly onPeople: () => void;
  readonly onSettings: () => void;
}) {
  const { visit, meeting, state } = props;
  const { t } = useTranslation();
  const share = useScreenShare(meeting);
  const { allowed } = state;
  const key = (name: Shortcut) => (props.shortcuts ? { shortcut: SHORTCUT_KEYS[name] } : {});
  const icon = { size: 24, 'aria-hidden': true } as const;

  return (
    <footer className={styles.bar}>
      <p className={styles.title}>{props.title}</p>
      <section className={styles.controls} aria-label={t('room.controls')}>
        <MicrophoneToggle
          captioned
          devices={visit.devices}
          allowed={allowed.microphone}
          {...key('microphone')}
        />
        <CameraToggle captioned devices={visit.devices} allowed={allowed.camera} {...key('camera')} />
        <RoundButton
          name={share.sharing ? t('room.stopSharing') : t('room.shareScreen')}
          caption={share.sharing ? t('room.short.stop') : t('room.short.share')}
          look={share.sharing ? 'active' : 'plain'}
          busy={share.picking}
          isDisabled={!allowed.screen && !share.sharing}
          onPress={share.sharing ? share.stop : share.start}
        >
          {share.sharing ? <MonitorX {...icon} /> : <MonitorUp {...icon} />}
        </RoundButton>
        <RoundButton
          name={t('room.people')}
          caption={t('room.short.people')}
          look={props.people ? 'active' : 'plain'}
          badge={state.participants.length}
          aria-expanded={props.people}
          onPress={props.onPeople}
          {...key('people')}
        >
          <Users {...icon} />
        </RoundButton>
        <RoundButton
          name={t('room.settings')}
          caption={t('room.short.settings')}
          onPress={props.onSettings}
          {...key('help')}
        >
          <Settings {...icon} />
        </RoundButton>
        <RoundButton
          name={t('room.leave')}
          caption={t('room.short.leave')}
          look="danger"
          onPress={() => void visit.leave()}
        >
          <PhoneOff {...icon} />
        </RoundButton>
      </section>
      <div className={styles.end}>
        <ConnectionMark connection={state.connection} />
      </div>
    </footer>
  );
}
