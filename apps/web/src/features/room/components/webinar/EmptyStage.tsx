import './texts.ts';
import { Clapperboard } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './EmptyStage.module.css';

/** To an audience while nobody is there to be seen. */
export default function EmptyStage(): ReactNode {
  const { t } = useTranslation();
  return (
    <div className={styles.empty}>
      <Clapperboard size={32} aria-hidden="true" />
      <p className={styles.title}>{t('webinar.emptyStage')}</p>
      <p>{t('webinar.emptyStageHelp')}</p>
    </div>
  );
}
