import type { Meeting } from '@conclave/client';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../../ui/Button.tsx';
import { useObservable } from '../../../../ui/useObservable.ts';
import styles from './RemovedSection.module.css';
import { useAct } from './useAct.ts';

/** Who may not come in again, for those who may let them. */
export function RemovedSection({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTranslation();
  const act = useAct();
  const removals = useObservable(meeting.state, (state) => state.removals);
  if (removals.length === 0) return null;
  return (
    <details className={styles.removed}>
      <summary className={styles.title}>
        {t('host.removed.title')} ({removals.length})
      </summary>
      <ul>
        {removals.map(({ participantId, name, lasting }) => (
          <li key={participantId} className={styles.row}>
            <p className={styles.words}>
              <span className={styles.name}>
                <bdi>{name}</bdi>
              </span>
              <span className={styles.how}>{t(lasting ? 'host.removed.lasting' : 'host.removed.now')}</span>
            </p>
            <Button
              aria-label={t('host.removed.letBackOf', { name })}
              onPress={() => act(() => meeting.moderation.letBack(participantId))}
            >
              {t('host.removed.letBack')}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
