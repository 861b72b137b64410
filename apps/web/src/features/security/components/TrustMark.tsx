import type { PersonVerification } from '@conclave/client';
import { BadgeCheck, ShieldAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './TrustMark.module.css';

/** Beside a name: that somebody is verified, or that their device or name changed. Everybody else has no mark. */
export function TrustMark({ trust }: { readonly trust: PersonVerification['trust'] | undefined }) {
  const { t } = useTranslation();
  if (trust === 'verified')
    return (
      <BadgeCheck size={16} className={styles.verified} role="img" aria-label={t('security.mark.verified')} />
    );
  if (trust === 'changed' || trust === 'renamed')
    return (
      <ShieldAlert size={16} className={styles.changed} role="img" aria-label={t(`security.mark.${trust}`)} />
    );
  return null;
}
