import './texts.ts';
import { Paperclip } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { useTranslation } from 'react-i18next';
import styles from './AttachButton.module.css';

/** Opens the browser's window for choosing files. */
export function AttachButton({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const { t } = useTranslation();
  return (
    <FileTrigger allowsMultiple onSelect={(chosen) => onFiles([...(chosen ?? [])])}>
      <Button className={styles.attach ?? ''} aria-label={t('files.attach')}>
        <Paperclip size={20} aria-hidden="true" />
      </Button>
    </FileTrigger>
  );
}
