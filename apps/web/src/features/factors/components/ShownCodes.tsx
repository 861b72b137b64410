import { Copy, Download, Printer } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { copyText } from '../../../ui/copyText.ts';
import { Dialog, DialogActions } from '../../../ui/Dialog.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { saveFile } from '../../room/model/saveFile.ts';
import styles from './ShownCodes.module.css';

/** Recovery codes, this once. It closes by its own button alone, so that a slip does not lose them. */
export function ShownCodes(props: {
  readonly codes: readonly string[];
  readonly email: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const text = () =>
    [t('factors.recovery.file', { email: props.email, host: location.host }), '', ...props.codes, ''].join(
      '\n',
    );
  const copy = async () => {
    if (await copyText(text())) showToast(t('factors.recovery.copied'));
  };
  return (
    <Dialog title={t('factors.recovery.shownTitle')} role="alertdialog" onClose={props.onClose}>
      <p>{t('factors.recovery.shownText')}</p>
      <ul className={styles.codes} aria-label={t('factors.recovery.listName')}>
        {props.codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles.ways}>
        <Button icon={<Copy size={18} aria-hidden="true" />} onPress={() => void copy()}>
          {t('factors.recovery.copy')}
        </Button>
        <Button
          icon={<Download size={18} aria-hidden="true" />}
          onPress={() => saveFile(new Blob([text()]), 'conclave-recovery-codes.txt')}
        >
          {t('factors.recovery.download')}
        </Button>
        <Button icon={<Printer size={18} aria-hidden="true" />} onPress={() => window.print()}>
          {t('factors.recovery.print')}
        </Button>
      </div>
      <DialogActions>
        <Button look="primary" onPress={props.onClose}>
          {t('factors.recovery.kept')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
