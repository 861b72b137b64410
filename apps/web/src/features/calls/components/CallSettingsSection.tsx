import { CALL_ROUTES, type CallSettings } from '@conclave/protocol';
import { BellOff, BellRing } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { useLoaded } from '../../../api/useLoaded.ts';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { Row, Rows, Section } from '../../../ui/Section.tsx';
import { Shown } from '../../../ui/Shown.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { type NotifyState, notifyState, setNotify } from '../model/notify.ts';
import { nextMorning, quietText } from '../model/quiet.ts';
import { BlockedList } from './BlockedList.tsx';
import styles from './CallSettings.module.css';
import { useCalls } from './useCalls.ts';

const load = () => call(CALL_ROUTES.readCallSettings);
const hourMs = 60 * 60_000;

/** How one wants to be called. Everything holds as soon as it is pressed. */
export default function CallSettingsSection() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { state, reload, set } = useLoaded(useCallback(load, []));
  const quiet = useCalls()?.quiet;
  // Changed on another page, or over.
  useEffect(() => {
    if (quiet !== undefined) void reload();
  }, [quiet, reload]);
  const save = async (settings: CallSettings) => {
    try {
      set(await call(CALL_ROUTES.changeCallSettings, { body: settings }));
      showToast(t('calls.settings.saved'));
    } catch (error) {
      showToast(errorText(error));
    }
  };
  return (
    <Shown state={state} reload={reload}>
      {(settings) => (
        <>
          <Quiet settings={settings} onSave={(changed) => void save(changed)} />
          <Section title={t('calls.settings.moreTitle')}>
            <div className={styles.boxes}>
              <div>
                <Checkbox checked={settings.listed} onChange={(listed) => void save({ ...settings, listed })}>
                  {t('calls.settings.listed')}
                </Checkbox>
              </div>
              <div>
                <Checkbox
                  checked={settings.mailMissed}
                  onChange={(mailMissed) => void save({ ...settings, mailMissed })}
                >
                  {t('calls.settings.mail')}
                </Checkbox>
              </div>
              <Notifications />
            </div>
          </Section>
          <BlockedList />
        </>
      )}
    </Shown>
  );
}

function Quiet(props: {
  readonly settings: CallSettings;
  readonly onSave: (settings: CallSettings) => void;
}) {
  const { settings } = props;
  const { t } = useTranslation();
  const { quiet } = settings;
  const set = (changed: CallSettings['quiet']) => props.onSave({ ...settings, quiet: changed });
  const until = (at: Date) => set({ until: at.toISOString() });
  const Icon = quiet === null ? BellRing : BellOff;
  return (
    <Section title={t('calls.settings.quietTitle')} lead={t('calls.settings.quietLead')}>
      <Rows>
        <Row
          icon={<Icon size={22} aria-hidden="true" />}
          title={<span role="status">{quietText(t, quiet)}</span>}
          end={quiet !== null && <Button onPress={() => set(null)}>{t('calls.settings.turnOff')}</Button>}
        />
      </Rows>
      {quiet === null && (
        <div className={styles.ways}>
          <Button onPress={() => until(new Date(Date.now() + hourMs))}>{t('calls.settings.hour')}</Button>
          <Button onPress={() => until(nextMorning(new Date()))}>{t('calls.settings.morning')}</Button>
          <Button onPress={() => set({ until: null })}>{t('calls.settings.open')}</Button>
        </div>
      )}
    </Section>
  );
}

function Notifications() {
  const { t } = useTranslation();
  const [state, setState] = useState<NotifyState>(notifyState);
  if (state === 'unavailable') return null;
  return (
    <div>
      <Checkbox
        checked={state === 'on'}
        disabled={state === 'denied'}
        onChange={(on) => void setNotify(on).then(setState)}
      >
        {t('calls.settings.notify')}
      </Checkbox>
      {state === 'denied' && <p className={styles.note}>{t('calls.settings.notifyDenied')}</p>}
    </div>
  );
}
