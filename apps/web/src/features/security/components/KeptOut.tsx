import type { GroupView } from '@conclave/client';
import { useTranslation } from 'react-i18next';
import { timeOf } from '../model/clock.ts';
import styles from './SecurityPanel.module.css';

/** Who wanted to come in without knowing the passcode. Nothing else is known of them. */
export function KeptOut({ refused }: { readonly refused: GroupView['refused'] }) {
  const { t } = useTranslation();
  if (refused.length === 0) return null;
  return (
    <section className={styles.section}>
      <h3>{t('security.refused.title')}</h3>
      <ul>
        {refused.map(({ participantId, at }) => (
          <li key={`${participantId} ${at}`} className={styles.soft}>
            {t('security.refused.entry', { time: timeOf(at) })}
          </li>
        ))}
      </ul>
    </section>
  );
}
