import type { IncomingCall } from '@conclave/protocol';
import { BellOff, Phone, PhoneOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import { showToast } from '../../../ui/toasts.ts';
import type { CallCentre } from '../model/CallCentre.ts';
import styles from './CallDialog.module.css';
import { CallDialog } from './CallDialog.tsx';

/** Somebody rings. */
export function IncomingCallDialog(props: {
  readonly calls: CallCentre;
  readonly incoming: IncomingCall;
  /** It was answered here. */
  readonly connecting: boolean;
  /** That ring besides. */
  readonly others: number;
  readonly silent: boolean;
  readonly onSilence: () => void;
}) {
  const { calls, incoming, connecting, others } = props;
  const { caller } = incoming;
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { name } = caller;
  const accept = () => {
    calls.answer(incoming).catch((error: unknown) => showToast(errorText(error)));
  };
  const decline = () => {
    showToast(t('calls.incoming.declined', { name }));
    void calls.decline(incoming);
  };
  return (
    <CallDialog
      role="alertdialog"
      person={{ id: caller.kind === 'member' ? caller.accountId : caller.contactId, name }}
      title={t('calls.incoming.title', { name })}
      rings={!connecting && !props.silent}
      actions={
        connecting ? null : (
          <>
            <Button look="danger" icon={<PhoneOff size={20} aria-hidden="true" />} onPress={decline}>
              {t('calls.incoming.decline')}
            </Button>
            <Button look="primary" icon={<Phone size={20} aria-hidden="true" />} onPress={accept}>
              {t('calls.incoming.accept')}
            </Button>
          </>
        )
      }
    >
      <p>{t(`calls.incoming.${caller.kind}`)}</p>
      {connecting ? (
        <p className={styles.status} role="status">
          {t('calls.incoming.connecting')}
        </p>
      ) : (
        <>
          <p className={styles.note}>{t('calls.incoming.devices')}</p>
          {others > 0 && <p>{t('calls.incoming.more', { count: others })}</p>}
          {!props.silent && (
            <Button look="quiet" icon={<BellOff size={18} aria-hidden="true" />} onPress={props.onSilence}>
              {t('calls.incoming.silence')}
            </Button>
          )}
        </>
      )}
    </CallDialog>
  );
}
