import './texts.ts';
import { Upload } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './FileDrop.module.css';
import { useFileDrop } from './useFileDrop.ts';

const ignore = () => {};

/** Takes files that are dropped on what is in it, and says so while they are held over it. */
export function FileDrop(props: {
  /** Null where none may be sent: then nothing is taken. */
  readonly onFiles: ((files: readonly File[]) => void) | null;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const { over, drop } = useFileDrop(props.onFiles ?? ignore);
  return (
    <div className={styles.place} {...(props.onFiles === null ? {} : drop)}>
      {props.children}
      {over && (
        <div className={styles.over}>
          <Upload size={28} aria-hidden="true" />
          <p>{t('files.drop')}</p>
        </div>
      )}
    </div>
  );
}
