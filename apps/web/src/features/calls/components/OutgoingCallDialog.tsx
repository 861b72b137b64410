import { Phone, PhoneOff } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import type { CallCentre, Outgoing } from '../model/CallCentre.ts';
import { Ringer } from '../model/Ringer.ts';
import styles from './CallDialog.module.css';
import { CallDialog } from './CallDialog.tsx';

/** Somebody is being called, or was in vain. */
export function OutgoingCallDialog(props: { readonly calls: CallCentre; readonly outgoing: Outgoing }) {
  const { calls, outgoing } = props;
  const { to, state, error } = outgoing;
  const { t } = useTranslation();
  const errorText = useErrorText();
  const going = state === 'ringing' || state === 'connecting' || state === 'strange';
  const rings = state === 'ringing';
  useEffect(() => {
    if (!rings) return;
    const ringer = new Ringer('outgoing');
    return () => ringer[Symbol.dispose]();
  }, [rings]);
  return (
    <CallDialog
      role="dialog"
      person={{ id: to.accountId, name: to.name }}
      title={t('calls.outgoing.title', { name: to.name })}
      rings={rings}
      actions={
        going ? (
          <>
            {state === 'strange' && (
              <Button onPress={() => calls.trust()}>{t('calls.outgoing.trust')}</Button>
            )}
            <Button
              look="danger"
              icon={<PhoneOff size={20} aria-hidden="true" />}
              onPress={() => calls.hangUp()}
            >
              {t('calls.outgoing.cancel')}
            </Button>
          </>
        ) : (
          <>
            <Button onPress={() => calls.hangUp()}>{t('calls.outgoing.close')}</Button>
            <Button
              look="primary"
              icon={<Phone size={20} aria-hidden="true" />}
              onPress={() => void calls.ring(to)}
            >
              {t('calls.outgoing.again')}
            </Button>
          </>
        )
      }
    >
      <p className={styles.status} role="status" dir="auto">
        {error !== null ? errorText(error) : t(`calls.outgoing.${state}`, { name: to.name })}
      </p>
      {state === 'strange' && <p dir="auto">{t('calls.outgoing.strangeHelp', { name: to.name })}</p>}
      {state === 'unanswered' && <p>{t('calls.outgoing.unansweredHelp')}</p>}
    </CallDialog>
  );
}
