import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './CopyByHandDialog.module.css';
import { Dialog } from './Dialog.tsx';

/** Where the browser refuses to copy: the text, selected. */
export default function CopyByHandDialog({
  text,
  onClose,
}: {
  readonly text: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.select(), []);
  return (
    <Dialog title={t('home.copyByHandTitle')} onClose={onClose}>
      <label htmlFor={id}>{t('home.copyByHand')}</label>
      <textarea id={id} ref={field} className={styles.text} rows={3} readOnly value={text} />
    </Dialog>
  );
}
