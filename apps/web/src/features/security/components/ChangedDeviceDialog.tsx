import { useTranslation } from 'react-i18next';
import { addTexts } from '../../../i18n/addTexts.ts';
import { securityPanel } from '../../../i18n/en/securityPanel.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import styles from './ChangedDeviceDialog.module.css';

addTexts('security', securityPanel);

/** Interrupts: somebody known came with a device that is not. */
export default function ChangedDeviceDialog(props: {
  readonly name: string;
  /** Under one's own account. */
  readonly own: boolean;
  readonly onCompare: () => void;
  readonly onAccept: () => void;
  readonly onLater: () => void;
}) {
  const { name, own } = props;
  const { t } = useTranslation();
  return (
    <Dialog
      title={own ? t('security.changed.ownTitle') : t('security.changed.title', { name })}
      role="alertdialog"
      onClose={props.onLater}
    >
      <Notice kind="warn">
        <p>{own ? t('security.changed.ownText') : t('security.changed.text', { name })}</p>
      </Notice>
      {!own && <p>{t('security.changed.ask', { name })}</p>}
      <div className={styles.answers}>
        <Button look="quiet" onPress={props.onLater}>
          {t('security.changed.later')}
        </Button>
        <Button onPress={props.onAccept}>
          {t(own ? 'security.changed.acceptOwn' : 'security.changed.accept')}
        </Button>
        <Button look="primary" onPress={props.onCompare}>
          {t('security.changed.compare')}
        </Button>
      </div>
    </Dialog>
  );
}
