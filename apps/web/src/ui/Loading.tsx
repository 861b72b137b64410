import { useTranslation } from 'react-i18next';
import styles from './Loading.module.css';

/** For waits that may be long; it appears after a moment, so that short ones do not flicker. */
export function Loading() {
  const { t } = useTranslation();
  return (
    <div className={styles.loading} role="status">
      <span className={styles.ring} aria-hidden="true" />
      <span className="visually-hidden">{t('ui.loading')}</span>
    </div>
  );
}
