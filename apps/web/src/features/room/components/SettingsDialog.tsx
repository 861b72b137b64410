import './settingsTexts.ts';
import type { Devices, Meeting } from '@conclave/client';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DevicePicker } from '../../visit/components/DevicePicker.tsx';
import { SHORTCUT_KEYS, type Shortcut } from '../model/shortcuts.ts';
import { Check } from './Check.tsx';
import { ConnectionFacts } from './ConnectionFacts.tsx';
import { DirectSetting } from './DirectSetting.tsx';
import styles from './SettingsDialog.module.css';

const shortcutNames = Object.keys(SHORTCUT_KEYS) as readonly Shortcut[];

export default function SettingsDialog(props: {
  readonly devices: Devices;
  readonly meeting: Meeting;
  readonly selfView: boolean;
  readonly onSelfView: (on: boolean) => void;
  readonly shortcuts: boolean;
  readonly onShortcuts: (on: boolean) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('room.settingsTitle')} onClose={props.onClose}>
      <section className={styles.section}>
        <h3>{t('room.devices')}</h3>
        <DevicePicker devices={props.devices} />
        <Check label={t('room.selfView')} on={props.selfView} onChange={props.onSelfView} />
      </section>
      <section className={styles.section}>
        <h3>{t('room.connection')}</h3>
        <ConnectionFacts meeting={props.meeting} />
        <DirectSetting meeting={props.meeting} />
      </section>
      <section className={styles.section}>
        <h3>{t('room.shortcuts')}</h3>
        <dl className={styles.keys}>
          {shortcutNames.map((name) => (
            <div key={name}>
              <dt>{t(`room.shortcut.${name}`)}</dt>
              <dd>
                <kbd>{SHORTCUT_KEYS[name]}</kbd>
              </dd>
            </div>
          ))}
        </dl>
        <Check label={t('room.shortcutsOn')} on={props.shortcuts} onChange={props.onShortcuts} />
      </section>
    </Dialog>
  );
}
