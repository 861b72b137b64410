import './texts.ts';
import type { Meeting } from '@conclave/client';
import {
  CircleOff,
  DoorClosed,
  Grid2x2,
  MicOff,
  MonitorOff,
  ShieldAlert,
  UserCheck,
  VideoOff,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { Select } from '../../../../ui/Select.tsx';
import { useObservable } from '../../../../ui/useObservable.ts';
import { isSecured, SOURCES } from '../../model/orderNews.ts';
import { SHORTCUT_KEYS } from '../../model/shortcuts.ts';
import { everybody, lift } from './everybody.ts';
import styles from './HostMenu.module.css';
import { Toggle } from './Toggle.tsx';
import { useAct } from './useAct.ts';

/** What hosts and co-hosts do to all at once, as far as their controls go. */
export default function HostMenu(props: {
  readonly meeting: Meeting;
  readonly shortcuts: boolean;
  readonly onBreakout: () => void;
  readonly onMuteOthers: () => void;
  readonly onEnd: () => void;
  readonly onClose: () => void;
}) {
  const { meeting, onClose } = props;
  const { moderation } = meeting;
  const { t } = useTranslation();
  const act = useAct();
  const controls = useObservable(meeting.state, (state) => state.controls);
  const orders = useObservable(meeting.state, (state) => state.orders);
  const rules = useObservable(meeting.state, (state) => state.rules);
  const may = (control: (typeof controls)[number]) => controls.includes(control);
  const secured = isSecured(orders);
  const icon = { size: 20, 'aria-hidden': true } as const;

  const action = (name: string, sign: ReactNode, run: () => void, key?: string) => (
    <li>
      <Button
        className={styles.action ?? ''}
        onPress={() => {
          onClose();
          run();
        }}
      >
        {sign}
        {name}
        {key !== undefined && props.shortcuts && (
          <span aria-hidden="true" className={styles.key}>
            <kbd>{key}</kbd>
          </span>
        )}
      </Button>
    </li>
  );

  return (
    <div className={styles.menu}>
      {may('lock') && may('media') && (
        <div className={styles.part}>
          <Button
            className={styles.secure ?? ''}
            onPress={() => {
              onClose();
              act(() => (secured ? lift(meeting) : moderation.secure()));
            }}
          >
            {secured ? <CircleOff {...icon} /> : <ShieldAlert {...icon} />}
            {t(secured ? 'host.lift' : 'host.secure')}
            {!secured && props.shortcuts && (
              <span aria-hidden="true" className={styles.key}>
                <kbd>{SHORTCUT_KEYS.secure}</kbd>
              </span>
            )}
          </Button>
          {!secured && <p className={styles.help}>{t('host.secureHelp')}</p>}
        </div>
      )}
      {may('media') && (
        <ul className={styles.part}>
          {action(
            t('host.muteAll'),
            <MicOff {...icon} />,
            () => act(() => moderation.stop(['microphone'], everybody), t('host.done')),
            SHORTCUT_KEYS.muteAll,
          )}
          {action(t('host.muteOthers'), <UserCheck {...icon} />, props.onMuteOthers)}
          {action(t('host.stopCameras'), <VideoOff {...icon} />, () =>
            act(() => moderation.stop(['camera'], everybody), t('host.done')),
          )}
          {action(t('host.stopScreens'), <MonitorOff {...icon} />, () =>
            act(() => moderation.stop(['screen'], everybody), t('host.done')),
          )}
        </ul>
      )}
      {(may('media') || may('lock') || may('chat')) && (
        <section className={styles.part} aria-label={t('host.toggles')}>
          {may('media') &&
            SOURCES.map((source) => (
              <Toggle
                key={source}
                on={orders.held[source]}
                onChange={(held) => act(() => moderation.hold([source], everybody, held))}
              >
                {t(`host.hold.${source}`)}
              </Toggle>
            ))}
          {may('lock') && (
            <Toggle on={orders.locked} onChange={(locked) => act(() => moderation.lock(locked))}>
              {t('host.lock')}
            </Toggle>
          )}
          {may('chat') && (rules.chat !== 'off' || orders.chat !== null) && (
            <div className={styles.chat}>
              <Select
                label={t('host.chat.title')}
                value={orders.chat ?? 'everybody'}
                options={[
                  { value: 'everybody', label: t('host.chat.asRules') },
                  { value: 'hosts', label: t('host.chat.hosts') },
                  { value: 'off', label: t('host.chat.off') },
                ]}
                onChange={(value) =>
                  act(() => moderation.chat(value === 'hosts' || value === 'off' ? value : null))
                }
              />
            </div>
          )}
        </section>
      )}
      {may('breakout') && rules.form !== 'webinar' && (
        <ul className={styles.part}>{action(t('host.breakout'), <Grid2x2 {...icon} />, props.onBreakout)}</ul>
      )}
      {may('end') && (
        <ul className={`${styles.part} ${styles.end}`}>
          {action(t('host.endAll'), <DoorClosed {...icon} />, props.onEnd)}
        </ul>
      )}
    </div>
  );
}
